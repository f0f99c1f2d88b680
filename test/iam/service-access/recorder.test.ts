// What the recorder of service access keeps, and that it keeps little.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServiceAccessRecorder } from '../../../src/iam/service-access/recorder.ts'
import type { ServiceAccess } from '../../../src/store/records.ts'
import { openIamFixture } from '../fixture.ts'

const accountId = '111122223333'
const ada = { id: 'AIDAADA', accountId }

test('only users and roles, and only names of actions, are recorded', async (t) => {
  const { store } = await openIamFixture(t)
  const recorder = new ServiceAccessRecorder(store)
  const noted = [
    [ada, 'docs:Get'],
    [{ id: 'AROAROLE', accountId }, 'docs:Get'],
    [ada, 'no colon'],
    [ada, `docs:${'x'.repeat(200)}`],
    [{ id: accountId, accountId }, 'docs:Get'],
  ] as const
  for (const [principal, action] of noted) recorder.note(principal, { action, at: 1_750_000_000 })
  await recorder.settled()
  const actionsOf = async (id: string) =>
    (await store.get('serviceAccess', id))?.actions.map(({ action }) => action)
  assert.deepEqual(await actionsOf('AIDAADA'), ['docs:Get'])
  assert.deepEqual(await actionsOf('AROAROLE'), ['docs:Get'])
  assert.equal(await actionsOf(accountId), undefined)
})

test('an action is stored once in ten minutes, and again after the store has failed', async (t) => {
  const { store } = await openIamFixture(t)
  let writes = 0
  let broken = false
  const recorder = new ServiceAccessRecorder({
    create: (kind, record) => store.create(kind, record),
    update: async (kind, id, change) => {
      if (broken) throw new Error('the disk is full')
      writes++
      return store.update(kind, id, change)
    },
  })
  const noteAt = async (at: number) => {
    recorder.note(ada, { action: 'docs:Get', at })
    await recorder.settled()
    return (await store.get('serviceAccess', 'AIDAADA'))?.actions[0]?.at
  }
  const start = 1_750_000_000
  assert.equal(await noteAt(start), start)
  assert.equal(await noteAt(start + 599), start)
  assert.equal(writes, 1)
  broken = true
  assert.equal(await noteAt(start + 600), start)
  broken = false
  assert.equal(await noteAt(start + 601), start + 601)
})

test('of two processes the later attempt counts, and 500 actions are kept', async (t) => {
  const { store } = await openIamFixture(t)
  const start = 1_750_000_000
  const noteWith = async (from: number) => {
    const recorder = new ServiceAccessRecorder(store)
    for (let n = from; n < from + 400; n++) recorder.note(ada, { action: `docs:A${n}`, at: start + n })
    await recorder.settled()
  }
  await Promise.all([noteWith(0), noteWith(300)])
  const known: ServiceAccess | undefined = await store.get('serviceAccess', 'AIDAADA')
  const names = known?.actions.map(({ action }) => action) ?? []
  assert.equal(names.length, 500)
  assert.deepEqual([names[0], names.at(-1)], ['docs:A699', 'docs:A200'])
  assert.equal(known?.expiresAt, start + 699 + 400 * 86_400)
})
