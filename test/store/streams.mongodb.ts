// Hearing of another process's change by a change stream, and by another one when it has ended. On mongo-java-server, which
// has an oplog; the contract suite runs on it too.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { openMongo } from '../../src/store/mongo/mongo.ts'
import type { Store } from '../../src/store/store.ts'
import { javaServer } from '../support/mongo-server.ts'
import type { Fault } from '../support/stand-in-set.ts'
import { storeContract } from './contract.ts'
import { mongoPlace, open } from './mongo-place.ts'
import { user } from './sample.ts'

const server = await javaServer()
if (server) test.after(() => server.stop())
// Without Maven, or where it cannot fetch: said by name.
else test('change streams, on mongo-java-server', { skip: 'needs java and mvn, which fetches the server' })

const nothing = () => undefined

/** One process that looks at the revisions when it opens and when a stream tells it to, and another that changes. */
async function listener(t: TestContext) {
  assert.ok(server)
  const { url, keys, remove } = await mongoPlace(server)
  const apart = await server.another()
  const one = await openMongo(url, { masterKey: (found) => openMasterKey(keys, found), pollEvery: 1_000_000 })
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
  /** Milliseconds until `one` has heard of a change of `other`. */
  const change = async (store: Store = other): Promise<number> => {
    const before = heard
    await store.create('user', user(`AIDA${++named}`))
    const began = performance.now()
    while (heard === before && performance.now() - began < 6000) await wait(5)
    return performance.now() - began
  }
  /** Until a stream is open: changes are made until one is heard. */
  const listening = async () => {
    for (let tries = 0; tries < 5; tries++) if ((await change()) < 1000) return
    assert.fail('no stream was opened')
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
    for (let n = 0; n < 5; n++) {
      const after = await change()
      assert.ok(after < 500, `heard after ${after} ms`)
    }
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
      const until = performance.now() + 3000
      while (ended === 0 && performance.now() < until) await wait(5)
      assert.equal(ended, 1)
      const meanwhile = await change()
      assert.ok(meanwhile < 5500, `heard after ${meanwhile} ms`)
      for (let n = 0; n < 3; n++) {
        const after = await change()
        assert.ok(after < 500, `heard after ${after} ms`)
      }
    })

  test('a stream that cannot be opened is tried again', async (t) => {
    const { change, listening } = await listener(t)
    let refused = 0
    server.set.fault = ({ name }) => {
      if (name !== 'getMore' && name !== 'aggregate') return undefined
      refused++
      return { carriedOut: false, answer: error(280, 'ChangeStreamFatalError') }
    }
    const until = performance.now() + 8000
    while (refused < 3 && performance.now() < until) await wait(20)
    assert.ok(refused >= 3, 'it was tried again')
    server.set.fault = nothing
    await listening()
    assert.ok((await change()) < 500)
  })

  // Java compares by UTF-16 units: `\uffff` above all that is not in the basic plane.
  storeContract('mongodb with change streams', () => mongoPlace(server), false)
}
