// Verifies tokens that workloads present: a JWT of a registered issuer becomes its claims, or an error. What an identity may
// assume is decided by sts/. Processing: parse (secure/jws.ts) → the account's provider for its `iss` → claims → key
// (issuer-keys.ts) → signature. Provider records are looked up by the caller.

import { Problem } from '../../problem.ts'
import { issuerClockSkew } from '../../secure/clock-skew.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { isSignatureValid, type ParsedJws, parseJws } from '../../secure/jws.ts'
import type { IssuerKeys, KeySource } from './issuer-keys.ts'
import type { NamedKey } from './jwks.ts'
import { checkSpiffeSubject, trustDomainOf } from './spiffe.ts'

/** AWS STS API, AssumeRoleWithWebIdentity: WebIdentityToken. Characters. */
export const outsideTokenLength = { min: 4, max: 20_000 } as const

/** Seconds. A longer lifetime is refused. Kubernetes issues tokens for one year. */
const maxLifetime = 366 * 86_400

/** A registered issuer; OpenIdProvider records have this shape. */
export interface WorkloadProvider extends KeySource {
  readonly clientIds: readonly string[]
  readonly once: boolean
  readonly disabled: boolean
}

export interface OutsideIdentity {
  /** The provider's ARN. */
  readonly provider: string
  readonly issuer: string
  readonly subject: string
  /** The provider's client id for which the token was issued: its `azp`, or its `aud` without `azp`. */
  readonly audience: string
  readonly issuedAt: number
  readonly expiresAt: number
  readonly claims: Readonly<Record<string, unknown>>
  /** Set when the provider's tokens may be used once: the id to spend, and until when it must be remembered. */
  readonly spend: { readonly id: string; readonly until: number } | undefined
}

/** A parsed token that has not been verified. */
export interface UnverifiedToken {
  readonly issuer: string
  readonly jws: ParsedJws
}

/**
 * Parses a token and reads its `iss`, or the trust domain of a JWT-SVID without one, without verifying it.
 * @throws Problem('invalid_identity_token')
 */
export function readOutsideToken(token: string): UnverifiedToken {
  if (token.length < outsideTokenLength.min || token.length > outsideTokenLength.max) throw notJwt('length')
  let jws: ParsedJws
  try {
    jws = parseJws(token, outsideTokenLength.max)
  } catch (cause) {
    throw notJwt(cause instanceof Problem ? (cause.detail ?? '') : String(cause))
  }
  // A JWT-SVID without `iss` is of the trust domain of its subject.
  const issuer = jws.claims['iss'] ?? trustDomainOf(jws.claims['sub'])
  if (typeof issuer !== 'string' || issuer === '') throw missing('iss')
  return { issuer, jws }
}

/**
 * Verifies a token: first the claims, because that is cheap, then the signature. No claim is used by the caller before the
 * signature is verified.
 * @throws Problem('invalid_identity_token') · Problem('expired_token') · Problem('idp_communication_error')
 */
export async function verifyOutsideToken(
  { issuer, jws }: UnverifiedToken,
  provider: WorkloadProvider,
  keys: IssuerKeys,
  now: number,
): Promise<OutsideIdentity> {
  if (provider.disabled || provider.url !== issuer) throw unknownIssuer(issuer)
  const subject = subjectOf(jws.claims)
  const times = readTimes(jws.claims, now)
  const audience = audienceFor(jws.claims, provider.clientIds)
  await checkWorkloadSignature(jws, provider, keys)
  return {
    provider: provider.id,
    issuer,
    subject,
    audience,
    ...times,
    claims: jws.claims,
    spend: provider.once ? spendOf(issuer, jws, times.expiresAt) : undefined,
  }
}

/** @throws Problem('invalid_identity_token') */
export function subjectOf(claims: Readonly<Record<string, unknown>>): string {
  // RFC 7800: a token bound to a key is not a bearer token. Our own signed sessions are such tokens.
  if (claims['cnf'] !== undefined) throw invalid('the token is bound to a key, so it is not a bearer token')
  const subject = claims['sub']
  if (typeof subject !== 'string' || subject === '') throw missing('sub')
  return subject
}

/** For ID tokens of a sign-in, whose issuer may publish a single key without `kid` (OIDC Core §10.1). */
export const checkSignature = (jws: ParsedJws, provider: KeySource, keys: IssuerKeys): Promise<void> =>
  checkSignedBy(jws, provider, keys, () => true)

/** For workload tokens: as at AWS, a key published without `kid` is not used. */
export const checkWorkloadSignature = (
  jws: ParsedJws,
  provider: KeySource,
  keys: IssuerKeys,
): Promise<void> => checkSignedBy(jws, provider, keys, ({ kid }) => kid !== undefined)

async function checkSignedBy(
  jws: ParsedJws,
  provider: KeySource,
  keys: IssuerKeys,
  counts: (key: NamedKey) => boolean,
): Promise<void> {
  checkSpiffeSubject(jws.claims, provider)
  for (const key of await keys.find(provider, jws.header.kid, jws.header.alg)) {
    if (counts(key) && (await isSignatureValid(jws, key, keys.thread))) return
  }
  throw invalid('the token is not signed by a key of its issuer')
}

/** `iat` and `exp` are required and `nbf` is checked when present: a missing claim never means "no limit" (attacks.md 10). */
export function readTimes(
  claims: Readonly<Record<string, unknown>>,
  now: number,
): { issuedAt: number; expiresAt: number } {
  const issuedAt = instant(claims, 'iat')
  const expiresAt = instant(claims, 'exp')
  if (expiresAt <= now) {
    throw new Problem(
      'expired_token',
      `Token expired: current date/time ${now} must be before the expiration date/time ${Math.floor(expiresAt)}`,
    )
  }
  if (issuedAt > now + issuerClockSkew) throw invalid('the token was issued in the future')
  if (claims['nbf'] !== undefined && instant(claims, 'nbf') > now + issuerClockSkew)
    throw invalid('the token is not valid yet')
  if (expiresAt <= issuedAt) throw invalid('the token expires before it was issued')
  if (expiresAt - issuedAt > maxLifetime || expiresAt - now > maxLifetime)
    throw invalid('the token lives too long')
  return { issuedAt, expiresAt }
}

/** A NumericDate (RFC 7519 §2): seconds, possibly with a fraction, not negative. */
function instant(claims: Readonly<Record<string, unknown>>, name: 'iat' | 'exp' | 'nbf'): number {
  const value = claims[name]
  if (value === undefined) throw missing(name)
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw invalid(`\`${name}\` is not a time`)
  return value
}

/**
 * Which of the provider's client ids a token is for: `azp` where there is one, else the one `aud` (IAM User Guide,
 * "Available keys for AWS OIDC federation": `aud` and `oaud`). Without `azp`, a token for several is for none of them.
 * @throws Problem('invalid_identity_token')
 */
export function audienceFor(
  { aud, azp }: Readonly<Record<string, unknown>>,
  clientIds: readonly string[],
): string {
  if (aud === undefined) throw missing('aud')
  const stated: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!stated.every((one) => typeof one === 'string'))
    throw invalid('`aud` is not a string or a list of strings')
  if (azp !== undefined && typeof azp !== 'string') throw invalid('`azp` is not a string')
  if (azp === undefined && stated.length > 1)
    throw invalid('Incorrect token audience: a token with several `aud` must have an `azp`')
  const meant = azp ?? stated[0]
  const ours = clientIds.find((id) => id === meant)
  if (ours === undefined) throw invalid('Incorrect token audience')
  return ours
}

/** The id to spend for a token that may be used once, and until when it must be remembered. */
export const spendOf = (issuer: string, jws: ParsedJws, expiresAt: number) => ({
  id: spentId(issuer, jws),
  until: Math.ceil(expiresAt) + issuerClockSkew,
})

/** The token's `jti`, or a hash of its content. The signature is not included, because ECDSA signatures are malleable. */
function spentId(issuer: string, jws: ParsedJws): string {
  const jti = jws.claims['jti']
  const what =
    typeof jti === 'string' && jti !== ''
      ? ['jti', issuer, jti]
      : ['text', issuer, jws.signed.toString('latin1')]
  return sha256base64url(JSON.stringify(what))
}

/** The same error for an unknown and for a disabled provider (attacks.md 11). */
export const unknownIssuer = (issuer: string): Problem =>
  new Problem(
    'invalid_identity_token',
    `No OpenIDConnect provider found in your account for ${printable(issuer)}`,
  )

/** Unauthenticated input as printable ASCII, at most 255 characters. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 255)

const invalid = (message: string): Problem => new Problem('invalid_identity_token', message)
const missing = (name: string): Problem =>
  new Problem('invalid_identity_token', `Missing a required claim: ${name}`)
const notJwt = (detail: string): Problem =>
  new Problem(
    'invalid_identity_token',
    'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    { detail },
  )
