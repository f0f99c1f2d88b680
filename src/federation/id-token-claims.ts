// The claims of an ID token that do not depend on one sign-in, for a sign-in and for the command that tries a token.
import type { EpochSeconds } from '../store/records.ts'
import { invalidResponse } from './oauth2/provider-errors.ts'
import { readTimes } from './workload/outside-token.ts'

/** OIDC Core §2: `sub` has at most 255 characters. Characters other than ASCII are accepted, as some providers send them. */
const maxSubject = 255

type Claims = Readonly<Record<string, unknown>>

/**
 * Checks whom the token is for, when it is valid, and whom it is about (OIDC Core §3.1.3.7).
 * @param now epoch seconds
 * @throws Problem('invalid_identity_token' | 'expired_token')
 */
export function readIdTokenClaims(
  claims: Claims,
  clientId: string,
  now: EpochSeconds,
): { readonly subject: string; readonly expiresAt: EpochSeconds } {
  checkAudience(claims, clientId)
  const { expiresAt } = readTimes(claims, now)
  return { subject: subjectOf(claims), expiresAt }
}

function subjectOf({ sub }: Claims): string {
  if (typeof sub === 'string' && sub !== '' && sub.length <= maxSubject) return sub
  throw invalidResponse('`sub` is missing, empty or too long')
}

/** OIDC Core §3.1.3.7, steps 3 to 5. */
function checkAudience({ aud, azp }: Claims, clientId: string): void {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!audiences.includes(clientId)) throw invalidResponse('the ID token is for another client')
  if (azp === undefined ? audiences.length > 1 : azp !== clientId)
    throw invalidResponse('the ID token was issued to another client: `azp`')
}
