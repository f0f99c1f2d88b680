import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openTicket, sealTicket } from '../../src/secure/ticket.ts'

const key = randomBytes(32)
const now = 1_700_000_000

test('a ticket opens at its step until its time', () => {
  for (const subject of ['AIDAX', '', 'a.b.c', '{"x":"ü\u0000"}', 'x'.repeat(3000)]) {
    const ticket = sealTicket(key, 'totp', subject, now + 60)
    assert.equal(openTicket(key, 'totp', ticket, now + 59), subject)
    assert.throws(() => openTicket(key, 'totp', ticket, now + 60), { code: 'expired_token' })
  }
})

test('a ticket of one step is none at another, nor under another key', () => {
  const ticket = sealTicket(key, 'totp', 'AIDAX', now + 60)
  assert.throws(() => openTicket(key, 'password', ticket, now), { code: 'invalid_input' })
  assert.throws(() => openTicket(randomBytes(32), 'totp', ticket, now), { code: 'invalid_input' })
})

test('step and body cannot be shifted into each other', () => {
  const [body, mac] = sealTicket(key, 'a', 'b', now + 60).split('.') as [string, string]
  assert.throws(() => openTicket(key, `a:${body}`, `.${mac}`, now), { code: 'invalid_input' })
  assert.throws(() => openTicket(key, '', `a:${body}.${mac}`, now), { code: 'invalid_input' })
})

test('every changed character is noticed', () => {
  const ticket = sealTicket(key, 'totp', 'AIDAX', now + 60)
  for (let at = 0; at < ticket.length; at++) {
    const other = ticket[at] === 'A' ? 'B' : 'A'
    const changed = ticket.slice(0, at) + other + ticket.slice(at + 1)
    assert.throws(() => openTicket(key, 'totp', changed, now), { code: 'invalid_input' })
  }
})

test('what was never a ticket is refused', () => {
  for (const text of ['', '.', '..', 'x', '.x', 'x.', `${'A'.repeat(9000)}.x`, '\u0000', '__proto__'])
    assert.throws(() => openTicket(key, 'totp', text, now), { code: 'invalid_input' })
})
