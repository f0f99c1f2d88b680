// Session tokens: verified once with the issuer's public key, then cached by SHA-256 of the token until they expire.
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { parseJws } from '../../secure/jws.ts'
import { accessTokenClaims } from '../../secure/session/person-token.ts'
import type { SessionClaims } from '../../secure/session/session-claims.ts'
import {
  accessKeyIdOf,
  anotherIssuer,
  maxTokenLength,
  type SessionTokenType,
  verifySessionToken,
} from '../../secure/session/session-token.ts'
import type { Settings } from '../options.ts'
import { BoundedCache } from './bounded-cache.ts'
import type { IssuerKeys } from './issuer-keys.ts'
import { SingleFlight } from './single-flight.ts'

/** A verified token with what was fetched for it since. Requests do not modify it. */
export interface LiveSession {
  readonly type: SessionTokenType
  readonly token: string
  /** Id of the issuer's key that signed the token. */
  readonly kid: string
  readonly claims: SessionClaims
  /** The access key id that belongs to the token; undefined for bearer tokens. */
  readonly accessKeyId: string | undefined
  /** Signing keys by day (`YYYYMMDD`); at most two are valid at a time. */
  readonly signingKeys: Map<string, { readonly key: Buffer; readonly expiresAt: number }>
}

/** Seconds by which the local clock may differ from the issuer's. */
const leeway = 5

export class Sessions {
  readonly #keys: IssuerKeys
  readonly #settings: Settings
  readonly #live: BoundedCache<LiveSession>
  readonly #flight = new SingleFlight<LiveSession>()

  constructor(keys: IssuerKeys, settings: Settings) {
    this.#keys = keys
    this.#settings = settings
    this.#live = new BoundedCache(settings.cacheLimits.sessions)
  }

  /**
   * The session of a token.
   * @throws Problem('expired_token'), Problem('unauthenticated') when it is not a token of this type from our issuer for
   * this service, Problem('unavailable') when the issuer's keys cannot be obtained
   */
  async of(token: string, type: SessionTokenType): Promise<LiveSession> {
    const now = this.#settings.clock()
    if (token.length > maxTokenLength) throw new Problem('unauthenticated', 'the session token is too long')
    // The type is part of the cache key, so that a token verified as one type is never found as the other.
    const name = `${type} ${sha256base64url(token)}`
    const live = this.#live.get(name, now)
    if (live !== undefined && !this.#keys.isWithdrawn(live.kid)) return live
    return this.#flight.run(name, () => this.#check(token, type, name, now))
  }

  async #check(token: string, type: SessionTokenType, name: string, now: number): Promise<LiveSession> {
    const { header } = readHeader(token)
    if (header.typ !== type) throw new Problem('unauthenticated', wrongType(type))
    const { key, algorithms } = await this.#keys.find(header.kid ?? '')
    const findKey = () => ({ publicKey: key, alg: algorithms[0] ?? '' })
    const claims = await verifySessionToken(token, {
      type,
      issuer: this.#settings.issuer,
      now,
      findKey,
      leeway,
      ...(type === 'at+jwt' && { read: accessTokenClaims }),
    }).catch((error: unknown) => {
      // Its keys signed it, so it is the issuer under another URL, as a service in another network may name it.
      if (!(error instanceof Problem) || error.detail !== anotherIssuer) throw error
      throw new Problem(
        'unauthenticated',
        `the token's \`iss\` is not \`${this.#settings.issuer}\`, the issuer of this service's verifier`,
        { detail: anotherIssuer },
      )
    })
    // The clock difference is tolerated for `iat` only, not for `exp`.
    if (claims.exp <= now) throw new Problem('expired_token', 'the session token has expired')
    this.#checkAudience(claims, type)
    const accessKeyId = type === 'sts+jwt' ? accessKeyIdOf(claims.jti) : undefined
    const live = { type, token, kid: header.kid ?? '', claims, accessKeyId, signingKeys: new Map() }
    this.#live.set(name, live, claims.exp)
    return live
  }

  /**
   * A signed session is for any service (`*`) or for the ones it names; an access token must name this service (RFC 9068
   * §4).
   */
  #checkAudience(claims: SessionClaims, type: SessionTokenType): void {
    const { audience, service } = this.#settings
    const named = typeof claims.aud === 'string' ? [claims.aud] : claims.aud
    const admits = (name: string) =>
      type === 'at+jwt' ? name === audience : name === '*' || name === service
    if (!named.some(admits)) throw new Problem('unauthenticated', `the token is not for \`${audience}\``)
  }
}

const wrongType = (type: SessionTokenType): string =>
  type === 'at+jwt'
    ? 'this is not an access token; credentials with a secret are used by signing the request'
    : 'this is not a session token'

function readHeader(token: string) {
  try {
    return parseJws(token, maxTokenLength)
  } catch (cause) {
    throw new Problem('unauthenticated', 'the session token is not well-formed', { cause })
  }
}
