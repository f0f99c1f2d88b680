import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Refreshed,
  StaleWhileRevalidate,
} from '../../../src/federation/outbound/stale-while-revalidate.ts'

const hour = 3600

/** What is published, by a server that can be down or hang, and a clock. */
function stage() {
  const at = { now: 1000, asked: 0, published: 'one', age: 600, state: 'up' as 'up' | 'down' | 'hangs' }
  const kept = new StaleWhileRevalidate<string>(
    () => at.now,
    async (): Promise<Refreshed<string>> => {
      at.asked++
      if (at.state === 'hangs') return new Promise(() => undefined)
      if (at.state === 'down') throw new Error(`down at ${at.now}`)
      return { value: at.published, age: at.age }
    },
  )
  return { at, kept }
}

test('twenty that ask at once are one fetch, and none while it is fresh', async () => {
  const { at, kept } = stage()
  const all = await Promise.all(Array.from({ length: 20 }, () => kept.value()))
  assert.deepEqual(new Set(all), new Set(['one']))
  at.published = 'two'
  at.now += at.age - 1
  assert.equal(await kept.value(), 'one')
  assert.equal(at.asked, 1)
  at.now += 1
  assert.equal(await kept.value(), 'two')
})

test('while the server fails the last answer serves an hour more, then the failure is told', async () => {
  const { at, kept } = stage()
  await kept.value()
  at.state = 'down'
  at.now += at.age + hour - 1
  assert.equal(await kept.value(), 'one')
  at.now += 1
  await assert.rejects(kept.value(), /down/)
  at.state = 'up'
  await assert.rejects(kept.value(), /down/)
  at.now += 15
  assert.equal(await kept.value(), 'one')
})

test('a server that failed and now hangs holds nobody up while the last answer serves', async () => {
  const { at, kept } = stage()
  await kept.value()
  at.state = 'down'
  at.now += at.age
  assert.equal(await kept.value(), 'one')
  at.state = 'hangs'
  at.now += 15
  assert.equal(await kept.value(), 'one')
  assert.equal(kept.isFetching, true)
  assert.equal(at.asked, 3)
})

test('looking again before its time happens once in fifteen seconds', async () => {
  const { at, kept } = stage()
  await kept.value()
  await kept.refresh()
  assert.equal(at.asked, 1)
  at.now += 15
  at.published = 'two'
  await kept.refresh()
  assert.equal(await kept.value(), 'two')
})
