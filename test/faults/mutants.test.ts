// The harness can fail: servers with a store that lets two win are found out, by the load alone, without any fault.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from './harness.ts'

/** What is broken, and what of it the histories must show. */
const mutants: readonly (readonly [string, readonly string[]])[] = [
  ['of two changes both win', ['code', 'refresh token', 'TOTP step']],
  ['of two creations both win', ['client assertion']],
]
for (const [mutant, spentTwice] of mutants) {
  test(`a store in which ${mutant} is caught`, async (t) => {
    const report = await run({ seed: 1, engine: 'sqlite', lasts: 6_000, long: false, only: [], mutant })
    const violations = report?.violations ?? []
    t.diagnostic(JSON.stringify(report?.counts))
    for (const what of spentTwice) {
      const found = violations.filter((one) => one.startsWith(`${what}: `))
      assert.ok(found.length > 0, `${what}: ${violations.join('\n')}`)
      t.diagnostic(`${what}: ${found.length} impossible histories`)
    }
  })
}
