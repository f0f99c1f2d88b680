import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sweepAll } from '../../src/store/sweeping.ts'
import { epoch, spent } from './sample.ts'
import { sqlitePlace } from './sqlite-place.ts'

test('all that has expired goes, in goes of a bounded size, but for what has just expired: other clocks may be behind', async (t) => {
  const { open, remove } = await sqlitePlace()
  let now = epoch
  const store = await open({ clock: () => now })
  t.after(async () => {
    await store.close()
    await remove()
  })
  const many = Array.from({ length: 12_000 }, (_, n) => store.create('spent', spent(`old-${n}`, epoch + 10)))
  await Promise.all([...many, store.create('spent', spent('young', epoch + 600))])
  now += 1000
  const goes: number[] = []
  const sweep = async (before: number, limit?: number) => {
    goes.push(await store.sweep(before, limit))
    return goes.at(-1) ?? 0
  }
  await sweepAll({ sweep }, () => now)
  assert.deepEqual(goes, [5000, 5000, 2000])
  // As seen by a process whose clock is right.
  now = epoch + 30
  await assert.rejects(store.create('spent', spent('young')), { code: 'conflict' })
  await store.create('spent', spent('old-7'))
})
