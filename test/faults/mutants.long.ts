// The harness can fail: servers with a store that lets two win are found out, by the load alone, without any fault.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from './harness.ts'

/** What the histories must show as spent twice. */
const spentTwice = ['code', 'refresh token', 'TOTP step', 'client assertion']

test('a store in which of two changes or creations both win is caught', async (t) => {
  const mutant = 'of two changes both win, of two creations both win'
  const violations: string[] = []
  const of = (what: string) => violations.filter((one) => one.startsWith(`${what}: `))
  // A slow machine races less in the same time.
  for (let seed = 1; seed <= 6 && spentTwice.some((what) => of(what).length === 0); seed++) {
    const report = await run({ seed, engine: 'sqlite', lasts: 5_000, long: false, only: [], mutant })
    violations.push(...(report?.violations ?? []))
    t.diagnostic(JSON.stringify(report?.counts))
  }
  for (const what of spentTwice) {
    assert.ok(of(what).length > 0, `${what}: ${violations.join('\n')}`)
    t.diagnostic(`${what}: ${of(what).length} impossible histories`)
  }
})
