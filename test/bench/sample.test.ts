import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFlat, measure } from './sample.ts'

const cases: readonly (readonly [costs: readonly number[], flat: boolean, why: string])[] = [
  [[], false, 'nothing is known'],
  [[400, 400, 400], false, 'there is nothing to compare with'],
  [[900, 700, 500, 420, 380], false, 'it still falls'],
  [[900, 500, 400, 398, 397, 401], true, 'three windows gained nothing'],
  [[900, 500, 400, 600, 800, 700], true, 'a busy machine makes windows dearer, and they gain nothing'],
  [[900, 500, 400, 600, 800, 380], false, 'the last window gained'],
]

for (const [costs, flat, why] of cases)
  test(`costs of ${costs.join(', ') || 'no window'} are ${flat ? '' : 'not '}flat: ${why}`, () => {
    assert.equal(isFlat(costs), flat)
  })

test('the processor time of a window is that of all threads, each under its name', async () => {
  const spent = () => {
    const { user, system } = process.threadCpuUsage()
    return user + system
  }
  const burn = () => {
    const until = spent() + 200_000
    while (spent() < until) Math.sqrt(until)
  }
  const sample = await measure(process.pid, 10, async () => {
    burn()
    return 50
  })
  assert.equal(sample.perSecond, 50)
  const main = sample.threads.get('main') ?? 0
  assert.ok(main > 10_000, `${main} µs`)
  assert.ok(sample.cost >= main)
})
