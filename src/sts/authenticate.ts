// Authenticates a signed request. Long-term keys are looked up. The secret of a session is derived from its token, which must be
// issued by this server, live, and for this access key id (docs/attacks.md 14). The access key id decides which: `ASIA…` is a
// session and needs its token; any other id must come without one.
import type { Caller } from '../iam/caller.ts'
import type { LongTermKey } from '../iam/long-term-keys.ts'
import { Problem } from '../problem.ts'
import { sha256base64url } from '../secure/digest.ts'
import {
  accessKeyIdOf,
  deriveSecret,
  type SecretKey,
  type SessionClaims,
  type TokenKey,
  verifySessionToken,
} from '../secure/session-token.ts'
import {
  bodyHash,
  checkSignature,
  checkTime,
  type HttpMessage,
  readSignature,
  type Signature,
  SigningKeyCache,
} from '../secure/sigv4.ts'
import { type PublicJwk, publicKeyOf, verifySigV4A } from '../secure/sigv4a.ts'
import { KeyUse, type KeyUseNotes } from './key-use.ts'
import type { OwnService } from './own-services.ts'
import type { CallerFacts, Now } from './ports.ts'
import { callerOfClaims, type LongPolicyReader, withMfaAge } from './session-caller.ts'
import { proveForHosts } from './signed-host.ts'

/** A request with its whole body. */
export interface SignedRequest {
  readonly message: HttpMessage
  readonly body: Uint8Array
  /** The service that the credential must be scoped to. */
  readonly service: OwnService
}

export interface Authenticated {
  readonly caller: Exclude<Caller, { kind: 'anonymous' }>
  /** Region of the credential scope; undefined for SigV4A. */
  readonly region: string | undefined
  /** The signature is in the query, so everybody who sees the URL has it. */
  readonly presigned: boolean
}

export interface LongTermKeys extends KeyUseNotes {
  /** From a cache; undefined also when the user was deleted. */
  byId(accessKeyId: string): Promise<LongTermKey | undefined>
}

export interface SessionKeys {
  /** A published `token` key. */
  tokenKey(kid: string): TokenKey | undefined
  /** A `session-secret` key, current or past. */
  secretKey(kid: string): SecretKey | undefined
}

export interface AuthenticatorParts {
  readonly longTermKeys: LongTermKeys
  readonly sessionKeys: SessionKeys
  readonly longPolicies: LongPolicyReader
  readonly callers: Pick<CallerFacts, 'ensureLive'>
  readonly issuer: string
  readonly now: Now
}

export type Authenticate = (request: SignedRequest) => Promise<Authenticated>

const invalid = (detail: string): Problem =>
  new Problem('unauthenticated', 'The security token included in the request is invalid.', { detail })

/**
 * @throws Problem: `missing_credentials`, `incomplete_signature`, `bad_signature`, `request_expired`, `expired_token`;
 * `unauthenticated` for keys, tokens and users that are unknown, inactive, disabled, revoked or do not belong together
 */
export function authenticator(parts: AuthenticatorParts): Authenticate {
  const sessions = new OpenSessions(parts)
  const signingKeys = new SigningKeyCache()
  const keyUse = new KeyUse(parts.longTermKeys)
  const issuerHost = new URL(parts.issuer).host
  return async (request) => {
    const signature = readSignature(request.message)
    checkTime(signature, parts.now())
    checkService(signature, request.service)
    const credential = signature.accessKeyId.startsWith('ASIA')
      ? await sessions.credential(signature)
      : await longTermCredential(parts.longTermKeys, signature)
    await proveForHosts(signature, issuerHost, (spelt) => prove(request, spelt, credential, signingKeys))
    await parts.callers.ensureLive(credential.caller)
    const { region, accessKeyId, service } = signature
    if (!credential.session) keyUse.note(accessKeyId, { at: parts.now(), service, region: region ?? '*' })
    const caller = withMfaAge(credential.caller, parts.now())
    return { caller, region, presigned: signature.expiresIn !== undefined }
  }
}

function checkService({ service }: Signature, expected: OwnService): void {
  if (service !== expected)
    throw new Problem('bad_signature', `Credential should be scoped to correct service: '${expected}'. `)
}

interface Credential {
  readonly secret: string
  readonly session: boolean
  readonly jwk: PublicJwk | undefined
  readonly caller: Authenticated['caller']
}

async function longTermCredential(keys: LongTermKeys, signature: Signature): Promise<Credential> {
  const { accessKeyId, securityToken } = signature
  if (securityToken !== undefined) throw invalid('a long-term key was sent with a session token')
  const key = await keys.byId(accessKeyId)
  if (!key) throw invalid('no such access key')
  // Only the log distinguishes these: the caller must not learn which keys exist.
  if (!key.active) throw invalid('the access key is inactive')
  if (key.user?.disabled) throw invalid('the user is disabled')
  return { secret: key.secret.reveal(), session: false, jwk: undefined, caller: longTermCaller(key) }
}

function longTermCaller({ id, accountId, user }: LongTermKey): Authenticated['caller'] {
  if (!user) return { kind: 'root', accountId, arn: `arn:aws:iam::${accountId}:root`, accessKeyId: id }
  return {
    kind: 'user',
    accountId,
    arn: user.arn,
    userId: user.id,
    userName: user.name,
    accessKeyId: id,
    mfaAge: undefined,
    temporary: false,
    issuedAt: undefined,
  }
}

async function prove(
  { message, body }: SignedRequest,
  signature: Signature,
  { secret, jwk }: Credential,
  signingKeys: SigningKeyCache,
): Promise<void> {
  const rule = { bodyHash: bodyHash(body) }
  const { accessKeyId, date, region, service } = signature
  if (region === undefined)
    return verifySigV4A(message, signature, rule, jwk ?? publicKeyOf(accessKeyId, secret))
  checkSignature(message, signature, rule, signingKeys.get(secret, accessKeyId, date, region, service))
}

interface OpenSession extends Credential {
  readonly expiresAt: number
  readonly secretKey: SecretKey
}

/** A bounded cache of verified tokens by their SHA-256, so that a second request needs an HMAC and no signature check. */
class OpenSessions {
  readonly #parts: AuthenticatorParts
  readonly #open = new Map<string, OpenSession>()

  constructor(parts: AuthenticatorParts) {
    this.#parts = parts
  }

  async credential({ accessKeyId, securityToken }: Signature): Promise<Credential> {
    if (securityToken === undefined) throw invalid('a session key was sent without its token')
    const id = sha256base64url(securityToken)
    const known = this.#open.get(id)
    const session = known && this.#usable(known) ? known : await this.#read(id, securityToken)
    if (session.caller.accessKeyId !== accessKeyId) throw invalid('the token is of another access key id')
    return session
  }

  #usable({ expiresAt, secretKey }: OpenSession): boolean {
    const { now, sessionKeys } = this.#parts
    return now() < expiresAt && sessionKeys.secretKey(secretKey.kid) === secretKey
  }

  async #read(id: string, token: string): Promise<OpenSession> {
    const { issuer, now, sessionKeys } = this.#parts
    this.#open.delete(id)
    const findKey = (kid: string) => sessionKeys.tokenKey(kid)
    const claims = await verifySessionToken(token, { type: 'sts+jwt', issuer, now: now(), findKey })
    const session = await this.#opened(claims)
    if (this.#open.size >= 10_000) this.#open.delete(this.#open.keys().next().value as string)
    this.#open.set(id, session)
    return session
  }

  async #opened(claims: SessionClaims): Promise<OpenSession> {
    const secretKey = this.#parts.sessionKeys.secretKey(claims.sk ?? '')
    if (!secretKey) throw invalid('the key of the session secret is gone')
    const { cnf } = claims
    return {
      secret: deriveSecret(secretKey, claims).reveal(),
      session: true,
      jwk: cnf && 'jwk' in cnf ? cnf.jwk : undefined,
      caller: await callerOfClaims(claims, this.#parts.longPolicies, accessKeyIdOf(claims.jti)),
      expiresAt: claims.exp,
      secretKey,
    }
  }
}
