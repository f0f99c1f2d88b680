// An ID token → its claims, or the reason why not (OIDC Core §3.1.3.7). openid-client has looked at it before; this is
// what we stand for ourselves: a strict reader, the keys the record names, and nothing read as "no limit".
import { issuerClockSkew } from '../../secure/clock-skew.ts'
import { equals } from '../../secure/digest.ts'
import { leftHalfHash, type ParsedJws, parseJws } from '../../secure/jws.ts'
import type { EpochSeconds } from '../../store/records.ts'
import { unbelievable } from '../oauth2/provider-errors.ts'
import type { IssuerKeys, KeySource } from '../workload/issuer-keys.ts'
import { checkSignature, readTimes, spendOf } from '../workload/outside-token.ts'

const maxLength = 20_000
/** OIDC Core §2: `sub` is at most 255 ASCII characters; some send others, none longer ones. */
const maxSubject = 255

export interface IdTokenExpectation {
  readonly source: KeySource
  readonly clientId: string
  readonly algorithms: readonly string[]
  readonly nonce: string
  readonly accessToken: string
  /** They must have proved themselves there since; undefined: whenever. */
  readonly provedSince: EpochSeconds | undefined
}

export interface BelievedIdToken {
  readonly subject: string
  readonly claims: Readonly<Record<string, unknown>>
  readonly spend: { readonly id: string; readonly until: EpochSeconds }
}

type Claims = Readonly<Record<string, unknown>>

/** @throws Problem('invalid_identity_token' | 'expired_token' | 'idp_communication_error') */
export async function believeIdToken(
  token: string,
  expected: IdTokenExpectation,
  keys: IssuerKeys,
  now: EpochSeconds,
): Promise<BelievedIdToken> {
  const jws = parseJws(token, maxLength)
  const { claims } = jws
  // The header chooses among what the record allows, and nothing else (attacks.md 10).
  if (!expected.algorithms.includes(jws.header.alg))
    throw unbelievable(`alg ${jws.header.alg} is not allowed`)
  const { source, clientId, nonce, provedSince } = expected
  if (claims['iss'] !== source.url) throw unbelievable('the ID token is of another issuer')
  checkAudience(claims, clientId)
  const { expiresAt } = readTimes(claims, now)
  if (typeof claims['nonce'] !== 'string' || !equals(claims['nonce'], nonce))
    throw unbelievable('the ID token is for another sign-in: `nonce` differs')
  if (provedSince !== undefined) checkAuthTime(claims['auth_time'], provedSince, now)
  checkAccessToken(jws, expected.accessToken)
  await checkSignature(jws, source, keys)
  return {
    subject: subjectOf(claims),
    claims,
    spend: spendOf(source.url, jws, expiresAt),
  }
}

function subjectOf({ sub }: Claims): string {
  if (typeof sub === 'string' && sub !== '' && sub.length <= maxSubject) return sub
  throw unbelievable('`sub` is missing, empty or too long')
}

/** OIDC Core §3.1.3.7, 3 to 5. */
function checkAudience({ aud, azp }: Claims, clientId: string): void {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!audiences.includes(clientId)) throw unbelievable('the ID token is for another client')
  if (azp === undefined ? audiences.length > 1 : azp !== clientId)
    throw unbelievable('the ID token was issued to another client: `azp`')
}

/** OIDC Core §3.1.2.1, max_age. */
function checkAuthTime(authTime: unknown, since: EpochSeconds, now: EpochSeconds): void {
  if (typeof authTime !== 'number' || !Number.isFinite(authTime))
    throw unbelievable('the ID token does not say when they signed in: `auth_time`')
  if (authTime < since - issuerClockSkew) throw unbelievable('they did not sign in anew there')
  if (authTime > now + issuerClockSkew) throw unbelievable('`auth_time` is in the future')
}

/** OIDC Core §3.1.3.8: optional in this flow, and binding when it is there. */
function checkAccessToken({ header, claims }: ParsedJws, accessToken: string): void {
  const stated = claims['at_hash']
  if (stated === undefined) return
  if (typeof stated !== 'string' || !equals(stated, leftHalfHash(header.alg, accessToken)))
    throw unbelievable('the access token is not the one the ID token was made with: `at_hash`')
}
