import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { AuditEvent } from '../../src/audit/event.ts'
import { writeEvent } from '../../src/audit/event.ts'
import { limitRefusal, truncateBytes } from '../../src/audit/refused-event.ts'

const huge = '\u{1F600}"\\\u0001'.repeat(20_000)
const event: AuditEvent = {
  at: 1,
  accountId: '123456789012',
  action: 'sts:ExchangeToken',
  who: huge,
  actor: { kind: 'outside', id: huge },
  resource: huge,
  outcome: 'refused',
  reason: huge,
  requestId: 'r',
  sourceIp: '192.0.2.1',
  userAgent: huge,
  details: { policy: huge, audience: Array(100).fill(huge), nested: { deep: huge }, check: 'sizes' },
}

for (const outcome of ['denied', 'refused', 'failed'] as const)
  test(`35: an entry of an unauthenticated request that was ${outcome} is small whatever was sent`, () => {
    const bytes = Buffer.byteLength(writeEvent(limitRefusal({ ...event, outcome })).text)
    assert.ok(bytes < 6_000, String(bytes))
  })

for (const [what, change] of [
  ['what was done', { outcome: 'done' }],
  ['a refusal of a user', { actor: { kind: 'user', id: 'AIDA1' } }],
  ['a refusal of a session', { actor: { kind: 'session', id: 'AROA1' } }],
] as const) {
  test(`${what} is kept as it is`, () => {
    const kept = { ...event, ...change }
    assert.equal(limitRefusal(kept), kept)
  })
}

test('a text that is cut is the beginning of what it was, in whole characters and within its bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 64 }), (text, most) => {
      const cut = truncateBytes(text, most)
      assert.ok(Buffer.byteLength(cut) <= most)
      const clean = text.replace(/\p{Cc}/gu, '?')
      if (cut !== clean) assert.ok(clean.startsWith(cut.slice(0, -1)))
    }),
  )
})
