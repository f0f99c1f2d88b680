// 36 (docs/attacks.md): the roles of the account page in an account of 5,000 roles, of which half can be asked for. A page decides
// at most a thousand roles, twenty in one turn of the event loop, whether or not the person may become any of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAuthorizer } from '../../../src/iam/authorization/authorize.ts'
import { openMarkers } from '../../../src/iam/paging.ts'
import { openStsRepositories } from '../../../src/iam/sts-repositories.ts'
import type { Store } from '../../../src/store/store.ts'
import { ownRole, ownRoles } from '../../../src/sts/operation/own-roles.ts'
import type { UserCaller } from '../../../src/sts/ports.ts'
import { accountId, openIamFixture } from '../../iam/fixture.ts'
import { fillAccount } from '../../support/data/big-account.ts'
import { ReadMeter } from '../../support/reads-per-turn.ts'
import { onMongo } from '../../support/store.ts'

const many = 5000

/** Every second role of `fillAccount`, which trust another person. */
async function mark(store: Store): Promise<void> {
  const lookup = { by: 'account', value: accountId } as const
  let at = 0
  for await (const { id } of store.each('role', lookup, { page: 1000 }))
    if (at++ % 2 === 1)
      await store.update('role', id, (role) => ({
        ...role,
        tags: [{ key: 'chancery:requestable', value: 'true' }],
      }))
}

test('36: what the list of roles reads and decides is bounded', {
  timeout: 240_000,
  skip: onMongo && 'counted on SQLite',
}, async (t) => {
  const { store, userWho } = await openIamFixture(t)
  await fillAccount(store, accountId, { users: 1, roles: many, policies: 0 })
  await mark(store)
  const { caller, circumstances } = await userWho('nobody')
  const person = caller as UserCaller
  const meter = new ReadMeter(store)
  const authorizer = openAuthorizer(meter.store)
  const { roles, close } = openStsRepositories(meter.store, authorizer)
  t.after(() => {
    close()
    authorizer.close()
  })
  const markers = openMarkers(() => Buffer.alloc(32, 7))
  const deps = { markers, callers: authorizer, roles }
  const list = ownRoles(deps)

  await t.test('of roles that can be asked for, page by page', async () => {
    let marker: string | undefined
    const names = new Set<string>()
    for (let page = 0; page < 3; page++) {
      const spent = await meter.during(async () => {
        const found = await list(person, circumstances, { search: '', denied: false, marker, maxItems: 50 })
        marker = found.marker
        assert.equal(found.items.length, 50)
        for (const { role, standing, askable } of found.items) {
          names.add(role.name)
          assert.deepEqual([standing.is, askable], ['denied', true])
        }
      })
      assert.ok(spent.total <= 130, String(spent.total))
      assert.ok(spent.mostPerTurn <= 30, String(spent.mostPerTurn))
    }
    assert.equal(names.size, 150)
  })

  await t.test('where nothing is found, a page ends after a thousand roles', async () => {
    for await (const { id } of store.each('role', { by: 'account', value: accountId }, { page: 1000 }))
      await store.update('role', id, (role) => ({ ...role, tags: [] }))
    let marker: string | undefined
    let pages = 0
    do {
      const spent = await meter.during(async () => {
        const found = await list(person, circumstances, { search: '', denied: false, marker, maxItems: 50 })
        marker = found.marker
        assert.deepEqual(found.items, [])
      })
      assert.ok(spent.total <= 1030, String(spent.total))
      assert.ok(spent.mostPerTurn <= 30, String(spent.mostPerTurn))
      pages++
    } while (marker !== undefined)
    assert.ok(pages >= 5 && pages <= 6, String(pages))
  })

  await t.test('one role costs one role', async () => {
    const spent = await meter.during(async () => {
      const arn = `arn:aws:iam::${accountId}:role/r0002500`
      assert.equal((await ownRole(deps)(person, circumstances, arn))?.askable, false)
    })
    assert.ok(spent.total <= 10, String(spent.total))
  })
})
