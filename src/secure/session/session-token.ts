// The session token of a role session. `sts+jwt` comes with an access key id and a secret, and requests are signed with
// SigV4; `at+jwt` (RFC 9068) is a bearer or DPoP token. This file defines, creates and verifies it; sts/ decides who may
// have one, and callers check for revocation.
import { hash, type KeyObject } from 'node:crypto'
import { Problem } from '../../problem.ts'
import { hmacSha256 } from '../digest.ts'
import { isSignatureValid, type ParsedJws, parseJws, type SigningKey, signJws } from '../jws.ts'
import { randomToken } from '../random.ts'
import { Secret } from '../secret.ts'
import type { SessionClaims } from './session-claims.ts'
import { readClaims } from './session-claims.ts'

export type { SessionClaims } from './session-claims.ts'

/** In characters. A token is sent in a header field, which proxies limit to 8 kB or less. */
export const maxTokenLength = 4096

export type SessionTokenType = 'sts+jwt' | 'at+jwt'

/** The claims that the caller provides; mintSession adds the others. */
export type SessionGrant = Omit<SessionClaims, 'jti' | 'cnf' | 'sk'>

/** A `session-secret` key of the key ring. */
export interface SecretKey {
  readonly kid: string
  readonly secret?: Buffer | undefined
}

export interface SessionSigners {
  readonly token: SigningKey
  readonly secret: SecretKey
}

export interface SessionCredentials {
  readonly token: string
  /** `ASIA…`, 20 characters, derived from `jti`. */
  readonly accessKeyId: string
  readonly secretAccessKey: Secret
  readonly expiration: number
}

/**
 * Creates temporary AWS credentials. The secret is not stored: deriveSecret computes it again from the key ring.
 * @throws Problem('packed_policy_too_large') when the token is longer than `maxTokenLength`
 */
export async function mintSession(
  grant: SessionGrant,
  by: SessionSigners,
  jti = newSessionId(),
): Promise<SessionCredentials> {
  const accessKeyId = accessKeyIdOf(jti)
  const secretAccessKey = deriveSecret(by.secret, { jti, sub: grant.sub, exp: grant.exp })
  const claims: Omit<SessionClaims, 'cnf'> = { ...grant, jti, sk: by.secret.kid }
  const holder = { accessKeyId, secret: secretAccessKey.reveal() }
  const token = bounded(await signJws('sts+jwt', claims, by.token, holder))
  return { token, accessKeyId, secretAccessKey, expiration: grant.exp }
}

/**
 * Creates an access token for the same kind of session; `jkt` (RFC 9449 §6.1) binds it to a DPoP key.
 * @throws Problem('packed_policy_too_large')
 */
export async function mintBearer(
  grant: SessionGrant,
  by: Pick<SessionSigners, 'token'>,
  binding: { readonly jkt?: string | undefined; readonly jti?: string } = {},
): Promise<{ readonly token: string; readonly claims: SessionClaims }> {
  const jti = binding.jti ?? newSessionId()
  const cnf = binding.jkt === undefined ? {} : { cnf: { jkt: binding.jkt } }
  const claims: SessionClaims = { ...grant, jti, ...cnf }
  return { token: bounded(await signJws('at+jwt', claims, by.token)), claims }
}

function bounded(token: string): string {
  if (token.length <= maxTokenLength) return token
  throw new Problem('packed_policy_too_large', 'the session token would be longer than 4096 characters')
}

/** 128 random bits, base64url. */
const newSessionId = (): string => randomToken(16)

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * The access key id that belongs to a session id: 80 bits of its hash, so that access key id and token of different
 * sessions do not match.
 */
export function accessKeyIdOf(jti: string): string {
  const digest = hash('sha256', `chancery access key id\n${jti}`, 'binary')
  let id = 'ASIA'
  for (let i = 0; i < 16; i++) id += base32[digest.charCodeAt(i) & 31]
  return id
}

/** The claims from which a session's secret is derived. */
export type SecretInput = Pick<SessionClaims, 'jti' | 'sub' | 'exp'>

/**
 * The secret access key, 40 characters: an HMAC with a key that never leaves the key ring, so that reading a token does not
 * reveal the secret (docs/attacks.md 14).
 */
export function deriveSecret(key: SecretKey, of: SecretInput): Secret {
  if (!key.secret) throw new TypeError(`key ${key.kid} derives no secrets`)
  // JSON, so that different inputs never have the same encoding.
  const mac = hmacSha256(key.secret, JSON.stringify(['chancery session secret', of.jti, of.sub, of.exp]))
  return new Secret(mac.subarray(0, 30).toString('base64'))
}

/** A published `token` key: a `KeyHandle`, or a JWK that a verifier imported. */
export interface TokenKey {
  readonly alg: string
  readonly publicKey?: KeyObject | undefined
}

export interface SessionVerification {
  /** Required type of the token, so that a session token is never accepted as an access token or vice versa. */
  readonly type: SessionTokenType
  readonly issuer: string
  /** Epoch seconds. */
  readonly now: number
  /** Finds a published key of the issuer by its `kid`. */
  readonly findKey: (kid: string) => TokenKey | undefined
  /** Seconds by which a verifier's clock may differ from ours; 0 on the server. */
  readonly leeway?: number
  /** Reads the claims; default those of a session. */
  readonly read?: (jws: ParsedJws) => SessionClaims | undefined
}

/**
 * Verifies a session token: type, signature by a published key, issuer, times, and the type of every claim. Does not check
 * revocation.
 * @throws Problem('expired_token') · Problem('unauthenticated') for everything else, with the reason in `detail`
 */
export async function verifySessionToken(
  token: string,
  options: SessionVerification,
): Promise<SessionClaims> {
  const jws = takeApart(token)
  if (jws.header.typ !== options.type) throw invalid(`typ is not ${options.type}`)
  const key = jws.header.kid === undefined ? undefined : options.findKey(jws.header.kid)
  if (!key?.publicKey) throw invalid('no key of this kid')
  const by = { key: key.publicKey, algorithms: [key.alg] }
  if (!(await isSignatureValid(jws, by))) throw invalid('the signature does not hold')
  const claims = options.read === undefined ? readClaims(jws.claims) : options.read(jws)
  if (!claims) throw invalid('claims are not those of a session')
  if (claims.iss !== options.issuer) throw invalid(anotherIssuer)
  checkBinding(claims, options.type)
  checkTimes(claims, options.now, options.leeway ?? 0)
  return claims
}

function takeApart(token: string): ParsedJws {
  try {
    return parseJws(token, maxTokenLength)
  } catch (cause) {
    throw invalid(cause instanceof Problem ? (cause.detail ?? cause.message) : 'unreadable', cause)
  }
}

/**
 * `cnf.jwk` must be present exactly in signed sessions: a second mark, besides the type, that the token is not a bearer
 * token.
 */
function checkBinding(claims: SessionClaims, type: SessionTokenType): void {
  const signs = claims.cnf !== undefined && 'jwk' in claims.cnf
  if (signs !== (type === 'sts+jwt')) throw invalid('cnf does not fit the type')
  if (signs && claims.sk === undefined) throw invalid('the signed session names no secret key')
}

function checkTimes(claims: SessionClaims, now: number, leeway: number): void {
  if (claims.nbf > now + leeway || claims.iat > now + leeway) throw invalid('not valid yet')
  if (claims.exp <= now - leeway) {
    throw new Problem('expired_token', 'The security token included in the request is expired')
  }
}

/** The detail of the refusal of a genuine token whose `iss` is another. */
export const anotherIssuer = 'another issuer'

const invalid = (detail: string, cause?: unknown): Problem =>
  new Problem('unauthenticated', 'The security token included in the request is invalid.', { detail, cause })
