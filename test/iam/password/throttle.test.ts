import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openThrottle } from '../../../src/iam/password/throttle.ts'
import type { Store } from '../../../src/store/store.ts'
import { sqlitePlace } from '../../store/sqlite-place.ts'

async function storeFor(t: TestContext, clock: () => number): Promise<Store> {
  const { open, remove } = await sqlitePlace()
  const store = await open({ clock })
  t.after(async () => {
    await store.close()
    await remove()
  })
  return store
}

test('a clock that is set back causes no pause and resets no counter', async (t) => {
  let now = 2_000_000_000
  const store = await storeFor(t, () => now)
  const throttle = openThrottle(store)
  const tryIt = () => throttle.begin('totp', 'AIDA1', '192.0.2.1', now)
  for (let n = 0; n < 5; n++) await tryIt()
  await assert.rejects(tryIt, { code: 'throttled', retryAfter: 2 })
  now -= 600
  await tryIt()
  await assert.rejects(tryIt, { code: 'throttled', retryAfter: 4 }, 'the sixth try counts as the sixth')
})

test('a right try is forgotten for the user and for the address in one commit', async (t) => {
  const now = 2_000_000_000
  const store = await storeFor(t, () => now)
  const seen: string[] = []
  const noted = (name: 'delete' | 'update') => async (kind: 'counter', id: string, change: never) => {
    seen.push(`${name} asked`)
    await store[name](kind, id, change)
    seen.push(`${name} durable`)
  }
  const watched = new Proxy(store, {
    get(_, name) {
      if (seen.length > 0 || name === 'delete') return noted(name as 'delete' | 'update')
      const value: unknown = Reflect.get(store, name, store)
      return typeof value === 'function' ? value.bind(store) : value
    },
  })
  const attempt = await openThrottle(watched).begin('password', 'AIDA1', '192.0.2.1', now)
  await attempt.succeeded()
  assert.deepEqual(seen.slice(0, 2), ['delete asked', 'update asked'])
  assert.equal(seen.length, 4)
})

test('tries from an address that must wait are not counted for the users, also of many at once', async (t) => {
  const now = 2_000_000_000
  const throttle = openThrottle(await storeFor(t, () => now))
  const tryAt = (address: string, user: string) => throttle.begin('password', user, address, now)
  const names = Array.from({ length: 60 }, (_, n) => `AIDA${n}`)
  const tried = await Promise.allSettled(names.map((name) => tryAt('192.0.2.1', name)))
  const refused = names.filter((_, n) => tried[n]?.status === 'rejected')
  assert.equal(refused.length, 10)
  for (const [n, name] of refused.slice(0, 5).entries()) {
    const address = `192.0.2.${2 + n}`
    for (let time = 0; time < 5; time++) await tryAt(address, name)
    await assert.rejects(tryAt(address, name), { code: 'throttled' }, 'the sixth try is the first refused')
  }
})
