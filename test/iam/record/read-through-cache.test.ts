import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ReadThroughCache } from '../../../src/iam/record/read-through-cache.ts'
import type { Kind } from '../../../src/store/records.ts'
import type { Change, RevisionListener } from '../../../src/store/store.ts'

function stage() {
  let tell: RevisionListener = () => undefined
  const watch = (listener: RevisionListener) => {
    tell = listener
    return () => {
      tell = () => undefined
    }
  }
  const fresh = new ReadThroughCache<number>({ watch }, ['policy'], ['user'])
  let loads = 0
  return {
    fresh,
    ask: (key: string) => fresh.get(key, async () => ++loads),
    changed: (kind: Kind, changes?: readonly Change[]) => tell(new Set([kind]), changes),
  }
}

test('a value is cached until it changes', async () => {
  const { ask, changed } = stage()
  assert.deepEqual([await ask('user:a'), await ask('user:a'), await ask('user:b')], [1, 1, 2])
  changed('user', [{ kind: 'user', id: 'a' }])
  assert.deepEqual([await ask('user:a'), await ask('user:b')], [3, 2])
  changed('role', [{ kind: 'role', id: 'a' }])
  assert.equal(await ask('user:a'), 3)
  changed('user') // another process: which ones is not known
  assert.deepEqual([await ask('user:a'), await ask('user:b')], [4, 5])
  changed('policy', [{ kind: 'policy', id: 'p' }])
  assert.equal(await ask('user:a'), 6)
})

test('a load that a change has outdated is not cached', async () => {
  const { fresh, changed } = stage()
  let finish: (value: number) => void = () => undefined
  const slow = fresh.get('user:a', () => new Promise((done) => (finish = done)))
  changed('user', [{ kind: 'user', id: 'a' }])
  const after = fresh.get('user:a', async () => 2)
  finish(1)
  assert.deepEqual([await slow, await after, await fresh.get('user:a', async () => 3)], [1, 2, 2])
})

test('a load that failed is not cached', async () => {
  const { fresh } = stage()
  await assert.rejects(
    fresh.get('user:a', async () => {
      throw new Error('store down')
    }),
  )
  assert.equal(await fresh.get('user:a', async () => 1), 1)
})

test('reading through a large account does not evict values in use', async () => {
  const { ask } = stage()
  const first = await ask('user:often')
  for (let n = 0; n < 50_000; n++) {
    await ask(`user:${n}`)
    if (n % 1000 === 0) assert.equal(await ask('user:often'), first)
  }
})
