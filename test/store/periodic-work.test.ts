import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PeriodicWork } from '../../src/store/periodic-work.ts'

const settled = () => new Promise((done) => setImmediate(done))

test('periodic work runs at once and an interval after each end, also after a failure, until it is stopped', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const errors: unknown[] = []
  let runs = 0
  const fault = new Error('the store is down')
  const periodic = new PeriodicWork({
    work: async () => {
      runs += 1
      if (runs === 2) throw fault
    },
    interval: () => 1000,
    onError: (error) => errors.push(error),
  })
  periodic.start()
  await settled()
  assert.equal(runs, 1)
  t.mock.timers.tick(999)
  assert.equal(runs, 1)
  t.mock.timers.tick(1)
  await settled()
  assert.deepEqual([runs, errors], [2, [fault]])
  t.mock.timers.tick(1000)
  await settled()
  assert.equal(runs, 3)
  periodic.stop()
  t.mock.timers.tick(10_000)
  await settled()
  assert.deepEqual([runs, periodic.stopped], [3, true])
})
