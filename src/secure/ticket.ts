// What a person carries from one step to the next: readable, not forgeable, good for one named step alone.
// The step's name is inside the MAC, so that a ticket of one step is none at another (dex `flowstep.go`).
import { Problem } from '../problem.ts'
import { equals, hmacSha256 } from './digest.ts'

/** Longer than any ticket of ours; a longer one is refused unread. */
const longest = 8192

/** The length in front makes (step, body) readable in one way only. */
const mac = (key: Buffer, step: string, body: string): string =>
  hmacSha256(key, `${step.length}:${step}:${body}`).toString('base64url')

/**
 * A ticket for `step` that carries `subject` until `expiresAt` (seconds). The subject can be read by whoever holds
 * the ticket. List cursors use steps named `cursor:…`.
 */
export function sealTicket(key: Buffer, step: string, subject: string, expiresAt: number): string {
  const body = Buffer.from(`${expiresAt}.${subject}`).toString('base64url')
  return `${body}.${mac(key, step, body)}`
}

/**
 * The subject of a ticket made for this step under this key.
 * @throws Problem('invalid_input') when it is not one, Problem('expired_token') when its time is over.
 */
export function openTicket(key: Buffer, step: string, ticket: string, now: number): string {
  const dot = ticket.length <= longest ? ticket.indexOf('.') : -1
  const body = ticket.slice(0, Math.max(0, dot))
  // The encoded text is compared, not its bytes: base64 with other padding bits is another ticket.
  if (dot < 1 || !equals(mac(key, step, body), ticket.slice(dot + 1)))
    throw new Problem('invalid_input', 'this is not a ticket for this step; start again')
  const text = Buffer.from(body, 'base64url').toString()
  const end = text.indexOf('.')
  if (Number(text.slice(0, end)) <= now)
    throw new Problem('expired_token', 'the time for this step is over; start again')
  return text.slice(end + 1)
}
