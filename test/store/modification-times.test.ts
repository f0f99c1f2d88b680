// `modifiedAt` of users and groups, whoever writes them.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { modifiedAtOf, withModificationTimes } from '../../src/store/modification-times.ts'
import type { User } from '../../src/store/records.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../support/store.ts'
import { epoch, group, user } from './sample.ts'

const timeout = 60_000

interface Here {
  readonly store: Store
  /** One second later than ever before. */
  readonly later: () => number
  readonly ofUser: (id: string) => Promise<number>
  readonly ofGroup: (id: string) => Promise<number>
}

const withStore = (title: string, check: (here: Here) => Promise<void>) =>
  test(title, { timeout }, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'chancery-modified-'))
    const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
    let now = epoch
    const clock = () => now
    const store = withModificationTimes(await openStore(join(dir, 'store.db'), { masterKey, clock }), clock)
    try {
      await store.create('group', group('staff'))
      await store.create('group', group('sales'))
      await store.create('user', user('ada', { groups: ['staff'] }))
      const of = async (kind: 'user' | 'group', id: string) => {
        const record = await store.get(kind, id)
        assert.ok(record, id)
        return modifiedAtOf(record)
      }
      await check({
        store,
        later: () => ++now,
        ofUser: (id) => of('user', id),
        ofGroup: (id) => of('group', id),
      })
    } finally {
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    }
  })

const changes: Readonly<Record<string, Partial<User>>> = {
  name: { name: 'ada.l' },
  path: { path: '/people/' },
  'display name': { displayName: 'Ada' },
  address: { email: 'ada@example.com' },
  'verified address': { emailVerified: true },
  attribute: { attributes: { locale: 'en' } },
  groups: { groups: ['staff', 'sales'] },
  state: { disabled: true },
  password: { login: { hash: 'h', mustChange: false, createdAt: epoch, changedAt: epoch } },
  'external id': { externalIds: [{ owner: 'o', id: '1' }] },
}
for (const [what, change] of Object.entries(changes))
  withStore(`a user is modified with its ${what}`, async ({ store, later, ofUser }) => {
    assert.equal(await ofUser('ada'), epoch)
    const now = later()
    await store.update('user', 'ada', (old) => ({ ...old, ...change }))
    assert.equal(await ofUser('ada'), now)
    later()
    await store.update('user', 'ada', (old) => ({ ...old, ...change }))
    assert.equal(await ofUser('ada'), now, 'the same again is no change')
  })

withStore('a sign-in is no change', async ({ store, later, ofUser, ofGroup }) => {
  const at = later()
  await store.update('user', 'ada', (old) => ({ ...old, passwordLastUsed: at, recoveryCodes: ['x'] }))
  assert.deepEqual([await ofUser('ada'), await ofGroup('staff')], [epoch, epoch])
})

withStore('a group is modified with its own members and with who is in it', async (here) => {
  const { store, later, ofGroup } = here
  const expect = async (staff: number, sales: number, what: string) =>
    assert.deepEqual([await ofGroup('staff'), await ofGroup('sales')], [staff, sales], what)
  await expect(epoch, epoch, 'created')
  const renamed = later()
  await store.update('group', 'staff', (old) => ({ ...old, displayName: 'Staff' }))
  await expect(renamed, epoch, 'display name')
  const joined = later()
  await store.update('user', 'ada', (old) => ({ ...old, groups: ['staff', 'sales'] }))
  await expect(renamed, joined, 'joined')
  const left = later()
  await store.update('user', 'ada', (old) => ({ ...old, groups: ['sales'] }))
  await expect(left, joined, 'left')
  const named = later()
  await store.update('user', 'ada', (old) => ({ ...old, name: 'ada.l' }))
  await expect(left, named, 'a member has another name')
  later()
  await store.update('user', 'ada', (old) => ({ ...old, disabled: true }))
  await expect(left, named, 'a member is disabled')
  const born = later()
  await store.create('user', user('ben', { groups: ['staff'] }))
  await expect(born, named, 'created as a member')
  const deleted = later()
  assert.equal(await store.delete('user', 'ada'), true)
  assert.equal(await store.delete('user', 'ada'), false)
  await expect(born, deleted, 'deleted')
  const taken = later()
  assert.equal((await store.take('user', 'ben'))?.id, 'ben')
  await expect(taken, deleted, 'taken')
})

withStore('a member may leave a group that is gone', async ({ store, later, ofUser }) => {
  await store.delete('group', 'staff')
  const now = later()
  await store.update('user', 'ada', (old) => ({ ...old, groups: [] }))
  assert.equal(await ofUser('ada'), now)
})

withStore('a clock that goes back takes no time back', async ({ store, later, ofUser }) => {
  const ahead = epoch + 1000
  const clocks = [ahead, later()]
  for (const clock of clocks)
    await withModificationTimes(store, () => clock).update('user', 'ada', (old) => ({
      ...old,
      displayName: `at ${clock}`,
    }))
  assert.ok((await ofUser('ada')) >= ahead)
})
