// The short form of `npm run faults`: each kind of fault briefly, as many as half a minute holds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutServer } from '../support/mongo-server.ts'
import { run } from './harness.ts'

const seed = 1
for (const engine of ['sqlite', 'mongodb'] as const) {
  test(`under faults on ${engine} what was acknowledged stays, what may happen once does so once, and nobody gets what is not theirs`, async (t) => {
    if (engine === 'mongodb') {
      const why = await withoutServer()
      if (why) return t.skip(why)
    }
    const report = await run({ seed, engine, lasts: 6_000, long: false })
    if (!report) return t.skip('no server that can be stopped and cut off')
    t.diagnostic(JSON.stringify(report))
    assert.deepEqual(report.violations, [], `seed ${seed}`)
    assert.ok(report.faults.length >= 2)
    for (const what of [
      'code won',
      'refresh token won',
      'client assertion won',
      'AssumeRole done',
      'verified',
    ])
      assert.ok((report.counts[what] ?? 0) > 0, `${what}: none`)
  })
}
