// Caches that take memory as they fill.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LRUCache } from 'lru-cache'
import { atMost } from '../../../src/iam/record/at-most.ts'

test('a cache holds so many entries, and the least recently used is removed', () => {
  const cache = new LRUCache<string, number>(atMost(3))
  for (const key of ['a', 'b', 'c']) cache.set(key, 1)
  cache.get('a')
  cache.set('d', 1)
  assert.deepEqual([...cache.keys()].toSorted(), ['a', 'c', 'd'])
  cache.set('d', 2)
  cache.delete('c')
  cache.set('e', 1)
  assert.deepEqual([...cache.keys()].toSorted(), ['a', 'd', 'e'])
})

test('entries end after their time to live', () => {
  const clock = { now: 1 }
  const cache = new LRUCache<string, number>({
    ...atMost(3),
    ttl: 50,
    ttlResolution: 0,
    perf: { now: () => clock.now },
  })
  cache.set('a', 1)
  clock.now += 50
  assert.equal(cache.get('a'), 1)
  clock.now += 1
  assert.equal(cache.get('a'), undefined)
})

test('an empty cache takes no memory for its entries', () => {
  // One that allocated them would take gigabytes.
  const before = process.memoryUsage()
  const cache = new LRUCache<string, number>(atMost(100_000_000))
  const after = process.memoryUsage()
  assert.ok(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers < 50_000_000)
  assert.equal(cache.size, 0)
})
