// A run of six seconds with each kind of fault, and what its report must show.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { run } from './harness.ts'

const seed = 1
/** Each must have happened at least once, so that the run shows something. */
const counted = ['code won', 'refresh token won', 'client assertion won', 'AssumeRole done', 'verified']

export async function assertFaultsHold(t: TestContext, engine: 'sqlite' | 'mongodb'): Promise<void> {
  const report = await run({ seed, engine, lasts: 6_000, long: false, counted })
  if (!report) return t.skip('no server that can be stopped and cut off')
  t.diagnostic(JSON.stringify(report))
  assert.deepEqual(report.violations, [], `seed ${seed}`)
  assert.ok(report.faults.length >= 2)
  for (const what of counted) assert.ok((report.counts[what] ?? 0) > 0, `${what}: none`)
}
