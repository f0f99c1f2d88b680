// A signed ticket that a user carries from one step to the next: readable, not forgeable, and valid only for one named
// step, because the step's name is part of the MAC.
import { Problem } from '../problem.ts'
import { equals, hmacSha256 } from './digest.ts'

/** Longer than any ticket issued here; longer ones are refused unread. */
const maxLength = 8192

/** The length prefix makes (step, body) unambiguous. */
const mac = (key: Buffer, step: string, body: string): string =>
  hmacSha256(key, `${step.length}:${step}:${body}`).toString('base64url')

/**
 * Creates a ticket for `step` that carries `subject` until `expiresAt` (epoch seconds). The holder can read the subject.
 * List cursors use steps named `cursor:…`.
 */
export function sealTicket(key: Buffer, step: string, subject: string, expiresAt: number): string {
  const body = Buffer.from(`${expiresAt}.${subject}`).toString('base64url')
  return `${body}.${mac(key, step, body)}`
}

/**
 * The subject of a ticket issued for this step with this key.
 * @throws Problem('invalid_input') when it is not valid, Problem('expired_token') when it has expired
 */
export function openTicket(key: Buffer, step: string, ticket: string, now: number): string {
  const dot = ticket.length <= maxLength ? ticket.indexOf('.') : -1
  const body = ticket.slice(0, Math.max(0, dot))
  // Compares the encoded text rather than the bytes: base64 with different padding bits is a different ticket.
  if (dot < 1 || !equals(mac(key, step, body), ticket.slice(dot + 1)))
    throw new Problem('invalid_input', 'this is not a ticket for this step; start again')
  const text = Buffer.from(body, 'base64url').toString()
  const end = text.indexOf('.')
  if (Number(text.slice(0, end)) <= now)
    throw new Problem('expired_token', 'the time for this step is over; start again')
  return text.slice(end + 1)
}
