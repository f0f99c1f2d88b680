import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoundedCache } from '../../src/verify/issuer/bounded-cache.ts'
import { SingleFlight } from '../../src/verify/issuer/single-flight.ts'

test('above its limit the least recently used entry leaves', () => {
  const cache = new BoundedCache<number>(2)
  cache.set('a', 1, 100)
  cache.set('b', 2, 100)
  assert.equal(cache.get('a', 0), 1)
  cache.set('c', 3, 100)
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => cache.get(key, 0)),
    [1, undefined, 3],
  )
  assert.equal(cache.size, 2)
})

test('an entry ends at its end, and names like `__proto__` are names', () => {
  const cache = new BoundedCache<number>(10)
  cache.set('__proto__', 1, 100)
  assert.equal(cache.get('__proto__', 99), 1)
  assert.equal(cache.get('constructor', 99), undefined)
  assert.equal(cache.get('__proto__', 100), undefined)
  assert.equal(cache.size, 0)
  cache.set('x', 1, 100)
  cache.delete('x')
  assert.equal(cache.get('x', 0), undefined)
})

test('a flight is shared while it lasts, and its failure is not kept', async () => {
  const flights = new SingleFlight<number>()
  let started = 0
  const work = async () => {
    started++
    await new Promise((done) => setTimeout(done, 10))
    if (started === 1) throw new Error('first')
    return started
  }
  const both = await Promise.allSettled([flights.run('k', work), flights.run('k', work)])
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(await flights.run('k', work), 2)
})
