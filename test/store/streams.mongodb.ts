// Hearing of another process's change by a change stream, and by another one when it has ended. On mongo-java-server, which
// has an oplog; the contract suite runs on it too.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { openMongo } from '../../src/store/mongo/mongo.ts'
import { javaServer } from '../support/databases/mongo-server.ts'
import type { Fault } from '../support/databases/stand-in-set.ts'
import { until } from '../support/waiting.ts'
import { storeContract } from './contract.ts'
import { mongoPlace, open } from './mongo-place.ts'
import { user } from './sample.ts'

const server = await javaServer()
if (server) test.after(() => server.stop())
// Without Maven, or where it cannot fetch: said by name.
else test('change streams, on mongo-java-server', { skip: 'needs java and mvn, which fetches the server' })

const nothing = () => undefined

/** One process that looks at the revisions when it opens and when a stream tells it to, never by itself, and another that changes. */
async function listener(t: TestContext) {
  assert.ok(server)
  const { url, keys, remove } = await mongoPlace(server)
  const apart = await server.another()
  const { store: one } = await openMongo(url, {
    masterKey: (found) => openMasterKey(keys, found),
    pollEvery: 1_000_000,
  })
  const other = await open(apart.url(new URL(url).pathname.slice(1)), keys)
  t.after(async () => {
    server.set.fault = nothing
    await Promise.all([one.close(), other.close()])
    await apart.stop()
    await remove()
  })
  let heard = 0
  one.watch(() => heard++)
  let named = 0
  /** A change of `other`, of which `one` hears. */
  const change = async (probes = 20_000): Promise<void> => {
    const before = heard
    await other.create('user', user(`AIDA${++named}`))
    await until('the change is heard', () => heard > before, { probes, every: 5 })
  }
  /** Until a stream is open: what changed before is not heard, so changes are made until one is. */
  const listening = async () => {
    const isHeard = () =>
      change(200).then(
        () => true,
        () => false,
      )
    await until('a stream is open', isHeard, { probes: 60 })
  }
  await listening()
  return { change, listening }
}

const error = (code: number, codeName: string, labels: readonly string[] = []): Fault['answer'] => ({
  instead: { code, codeName, errmsg: codeName, errorLabels: labels },
})
const invalidated: Fault['answer'] = {
  instead: {
    ok: 1,
    cursor: {
      id: 0n,
      ns: 'any.store_revision',
      nextBatch: [{ _id: { _data: '82' }, operationType: 'invalidate' }],
    },
  },
}

/** How a stream ends, and whether the driver resumes it. */
const ends = [
  ['a cut connection', 'cut'],
  ['a step-down, resumable', error(189, 'PrimarySteppedDown', ['ResumableChangeStreamError'])],
  ['a cursor that was killed, resumable', error(43, 'CursorNotFound')],
  [
    'a resume token that has left the oplog',
    error(286, 'ChangeStreamHistoryLost', ['NonResumableChangeStreamError']),
  ],
  ['an error that is not resumable', error(280, 'ChangeStreamFatalError')],
  ['an invalidation', invalidated],
] as const

if (server) {
  test('a change of another process is heard by a change stream, without looking', async (t) => {
    const { change } = await listener(t)
    for (let n = 0; n < 5; n++) await change()
  })

  for (const [what, answer] of ends)
    test(`a stream that ends with ${what} is followed by another, and no change is missed`, async (t) => {
      const { change } = await listener(t)
      let ended = 0
      server.set.fault = ({ name }) => {
        if (name !== 'getMore' || ended > 0) return undefined
        ended++
        return { carriedOut: false, answer }
      }
      await until('the stream has ended', () => ended === 1)
      for (let n = 0; n < 4; n++) await change()
    })

  test('a stream that cannot be opened is tried again', async (t) => {
    const { change, listening } = await listener(t)
    let refused = 0
    server.set.fault = ({ name }) => {
      if (name !== 'getMore' && name !== 'aggregate') return undefined
      refused++
      return { carriedOut: false, answer: error(280, 'ChangeStreamFatalError') }
    }
    await until('it was tried again', () => refused >= 3)
    server.set.fault = nothing
    await listening()
    await change()
  })

  // Java compares by UTF-16 units: `\uffff` above all that is not in the basic plane.
  storeContract('mongodb with change streams', () => mongoPlace(server), { randomly: false })
}
