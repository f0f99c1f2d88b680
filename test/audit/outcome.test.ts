import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventOf } from '../../src/audit/event.ts'
import { outcomeOf, outcomes, parseOutcome, reasonOf } from '../../src/audit/outcome.ts'
import { withAudit } from '../../src/audit/with-audit.ts'
import { Problem } from '../../src/problem.ts'

for (const [error, outcome, reason] of [
  [new Problem('denied', 'no'), 'denied', 'denied: no'],
  [new Problem('not_found', 'no such role'), 'refused', 'not_found: no such role'],
  [new Problem('throttled', 'slower', { detail: '5 s' }), 'refused', 'throttled: slower (5 s)'],
  [new Problem('unavailable', 'try again'), 'failed', 'unavailable: try again'],
  [new Problem('idp_communication_error', 'no answer'), 'failed', 'idp_communication_error: no answer'],
  [new TypeError('a secret'), 'failed', 'internal error'],
] as const)
  test(`work that throws ${error} is ${outcome}`, async () => {
    assert.equal(outcomeOf(error), outcome)
    assert.equal(reasonOf(error), reason)
    const entries: unknown[] = []
    const work = withAudit(
      {
        entry: () => ({ at: 1, accountId: '', action: 'a:B', who: '', requestId: '', sourceIp: '' }),
        write: async (entry, thrown) => void entries.push([entry.outcome, entry.reason, thrown]),
      },
      () => Promise.reject(error),
    )
    await assert.rejects(work, error)
    assert.deepEqual(entries, [[outcome, reason, error]])
  })

for (const [stored, outcome] of [
  ...outcomes.map((one) => [one, one] as const),
  ['begun', 'failed'],
  ['denied', 'denied'],
  ['not_found', 'refused'],
  ['unavailable', 'failed'],
  ['constructor', 'failed'],
  [undefined, 'failed'],
] as const)
  test(`a stored outcome ${stored} is read as ${outcome}`, () => {
    assert.equal(parseOutcome(stored), outcome)
    assert.equal(eventOf(JSON.stringify({ at: 1, outcome: stored })).outcome, outcome)
  })
