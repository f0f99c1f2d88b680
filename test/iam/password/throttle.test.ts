import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openThrottle } from '../../../src/iam/password/throttle.ts'
import { sqlitePlace } from '../../store/sqlite-place.ts'

test('a clock that is set back causes no pause and resets no counter', async (t) => {
  const { open, remove } = await sqlitePlace()
  let now = 2_000_000_000
  const store = await open({ clock: () => now })
  t.after(async () => {
    await store.close()
    await remove()
  })
  const throttle = openThrottle(store)
  const tryIt = () => throttle.begin('totp', 'AIDA1', '192.0.2.1', now)
  for (let n = 0; n < 5; n++) await tryIt()
  await assert.rejects(tryIt, { code: 'throttled', retryAfter: 2 })
  now -= 600
  await tryIt()
  await assert.rejects(tryIt, { code: 'throttled', retryAfter: 4 }, 'the sixth try counts as the sixth')
})
