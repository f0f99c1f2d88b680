import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Stored } from '../../../src/store/mongo/layout.ts'
import { type Documents, MongoStore } from '../../../src/store/mongo/store.ts'
import { type Revisions, Watching } from '../../../src/store/mongo/watching.ts'
import { recordToText } from '../../../src/store/sealing.ts'
import { epoch, user } from '../sample.ts'

const sealer = { seal: (plain: string) => plain, open: (sealed: string) => sealed }

test('a change that timed out stays announced until the server has responded', async () => {
  const under = new Set<string>()
  let number = 0
  const revisions: Revisions = {
    read: async () => [{ kind: 'user', number, open: [...under] }],
    open: async (_, change) => void under.add(change),
    async close(_, change, done) {
      under.delete(change)
      if (done) number++
      return number
    },
  }
  const ann: Stored = { _id: 'AIDA1', version: 1, body: recordToText('user', user('AIDA1'), sealer) }
  const slow = Promise.withResolvers<'done'>()
  const server = {
    one: async () => ann,
    replace: () => slow.promise,
    refusalOf: () => undefined,
    end: async () => undefined,
  } as unknown as Documents
  const watching = await Watching.start(revisions, { pollEvery: 1_000_000 })
  const store = new MongoStore(server, sealer, () => epoch, watching, 20)
  const told: unknown[] = []
  store.watch((_, changes) => told.push(changes))

  const change = store.update('user', 'AIDA1', (old) => ({ ...old, email: 'a@example.org' }))
  await assert.rejects(change, { code: 'unavailable' })
  await turn()
  assert.deepEqual([under.size, number, told], [1, 0, []])
  slow.resolve('done')
  await turn()
  assert.deepEqual([under.size, number, told], [0, 1, [[{ kind: 'user', id: 'AIDA1' }]]])
  await store.close()
})
