// Verifies an ID token (OIDC Core §3.1.3.7). openid-client has verified it too; these checks do not depend on it: a strict JWS
// parser, only the keys and algorithms of the record, and no missing claim read as "no limit".
import { issuerClockSkew } from '../../secure/clock-skew.ts'
import { equals } from '../../secure/digest.ts'
import { leftHalfHash, type ParsedJws, parseJws } from '../../secure/jws.ts'
import type { EpochSeconds } from '../../store/records.ts'
import { readIdTokenClaims } from '../id-token-claims.ts'
import { invalidResponse } from '../oauth2/provider-errors.ts'
import type { IssuerKeys, KeySource } from '../workload/issuer-keys.ts'
import { checkSignature, spendOf } from '../workload/outside-token.ts'

const maxLength = 20_000

export interface IdTokenExpectation {
  readonly source: KeySource
  readonly clientId: string
  readonly algorithms: readonly string[]
  readonly nonce: string
  readonly accessToken: string
  /** The earliest acceptable `auth_time`, epoch seconds; undefined for any. */
  readonly provedSince: EpochSeconds | undefined
}

export interface VerifiedIdToken {
  readonly subject: string
  readonly claims: Readonly<Record<string, unknown>>
  readonly spend: { readonly id: string; readonly until: EpochSeconds }
}

/**
 * @param now epoch seconds
 * @throws Problem('invalid_identity_token' | 'expired_token' | 'idp_communication_error')
 */
export async function verifyIdToken(
  token: string,
  expected: IdTokenExpectation,
  keys: IssuerKeys,
  now: EpochSeconds,
): Promise<VerifiedIdToken> {
  const jws = parseJws(token, maxLength)
  const { claims } = jws
  // `alg` must be one that the record allows (attacks.md 10).
  if (!expected.algorithms.includes(jws.header.alg))
    throw invalidResponse(`alg ${jws.header.alg} is not allowed`)
  const { source, clientId, nonce, provedSince } = expected
  if (claims['iss'] !== source.url) throw invalidResponse('the ID token is of another issuer')
  const { subject, expiresAt } = readIdTokenClaims(claims, clientId, now)
  if (typeof claims['nonce'] !== 'string' || !equals(claims['nonce'], nonce))
    throw invalidResponse('the ID token belongs to another sign-in: `nonce` differs')
  if (provedSince !== undefined) checkAuthTime(claims['auth_time'], provedSince, now)
  checkAccessToken(jws, expected.accessToken)
  await checkSignature(jws, source, keys)
  return { subject, claims, spend: spendOf(source.url, jws, expiresAt) }
}

/** OIDC Core §3.1.2.1, max_age. */
function checkAuthTime(authTime: unknown, since: EpochSeconds, now: EpochSeconds): void {
  if (typeof authTime !== 'number' || !Number.isFinite(authTime))
    throw invalidResponse('the ID token has no `auth_time`')
  if (authTime < since - issuerClockSkew)
    throw invalidResponse('the user did not authenticate again: `auth_time` is too old')
  if (authTime > now + issuerClockSkew) throw invalidResponse('`auth_time` is in the future')
}

/** OIDC Core §3.1.3.8: `at_hash` is optional in this flow and is checked when present. */
function checkAccessToken({ header, claims }: ParsedJws, accessToken: string): void {
  const stated = claims['at_hash']
  if (stated === undefined) return
  if (typeof stated !== 'string' || !equals(stated, leftHalfHash(header.alg, accessToken)))
    throw invalidResponse('the access token does not belong to the ID token: `at_hash` differs')
}
