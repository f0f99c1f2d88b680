// Challenges of passkeys (WebAuthn Level 3 section 13.4.3). A challenge names what it was issued for under a MAC, so showing a
// page that offers passkeys stores nothing; the caller remembers which challenges were used.
import { equals, hmacSha256 } from './digest.ts'
import { randomToken } from './random.ts'

const challengeForm = /^([\w-]{22})([0-9a-z]{7})([\w-]{43})$/

const mac = (key: Buffer, purpose: string, body: string): string =>
  hmacSha256(key, `passkey:${purpose.length}:${purpose}:${body}`).toString('base64url')

/**
 * A new challenge, base64url.
 * @param purpose what it is for and to which session it is bound, such as `sign-in <uid>`
 * @param expiresAt epoch seconds
 */
export function sealChallenge(key: Buffer, purpose: string, expiresAt: number): string {
  const body = `${randomToken(16)}${expiresAt.toString(36).padStart(7, '0')}`
  return Buffer.from(`${body}${mac(key, purpose, body)}`).toString('base64url')
}

/** When a challenge that was issued for `purpose` expires, epoch seconds; undefined when it was not issued, or has expired. */
export function openChallenge(
  keys: readonly Buffer[],
  purpose: string,
  challenge: string,
  now: number,
): number | undefined {
  const text = challenge.length <= 128 ? Buffer.from(challenge, 'base64url').toString() : ''
  const [, nonce = '', expiry = '', given = ''] = challengeForm.exec(text) ?? []
  const isOurs = given !== '' && keys.some((key) => equals(mac(key, purpose, nonce + expiry), given))
  const expiresAt = Number.parseInt(expiry, 36)
  return isOurs && expiresAt > now ? expiresAt : undefined
}
