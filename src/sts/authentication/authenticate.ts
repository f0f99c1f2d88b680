// Authenticates a request signed with SigV4 or SigV4A. An access key id that begins with `ASIA` belongs to a session: its session
// token is required, must be valid and issued by this server for this key id, and yields the secret (docs/attacks.md 14). Any other
// id is a long-term key, which is looked up and must come without a session token.
import { LRUCache } from 'lru-cache'
import type { Caller } from '../../iam/caller.ts'
import { atMost } from '../../iam/record/at-most.ts'
import type { LongTermKey } from '../../iam/user-credential/long-term-keys.ts'
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import {
  accessKeyIdOf,
  deriveSecret,
  type SecretKey,
  type SessionClaims,
  type TokenKey,
  verifySessionToken,
} from '../../secure/session/session-token.ts'
import {
  bodyHash,
  checkSignature,
  checkTime,
  type HttpMessage,
  readSignature,
  type Signature,
  SigningKeyCache,
} from '../../secure/sigv4/sigv4.ts'
import { verifySigV4A } from '../../secure/sigv4/sigv4a.ts'
import { type PublicJwk, publicKeyOf } from '../../secure/sigv4/sigv4a-key.ts'
import type { CallerFacts, Now } from '../ports.ts'
import { callerOfClaims, type LongPolicyReader, withMfaAge } from '../session/session-caller.ts'
import { KeyUseRecorder, type KeyUseStore } from './key-use.ts'
import type { OwnService } from './own-services.ts'
import { checkSignatureForHosts } from './signed-host.ts'

/** A received request with its complete body. */
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
  /** The signature is in the query string, so anyone who sees the URL can send the request. */
  readonly presigned: boolean
}

export interface LongTermKeys extends KeyUseStore {
  /** From a cache; undefined also when the user was deleted. */
  byId(accessKeyId: string): Promise<LongTermKey | undefined>
}

export interface SessionKeys {
  /** A published `token` key. */
  tokenKey(kid: string): TokenKey | undefined
  /** A `session-secret` key, current or past. */
  secretKey(kid: string): SecretKey | undefined
}

export interface AuthenticatorDependencies {
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
export function authenticator(deps: AuthenticatorDependencies): Authenticate {
  const sessions = new VerifiedSessions(deps)
  const signingKeys = new SigningKeyCache()
  const keyUse = new KeyUseRecorder(deps.longTermKeys)
  const issuerHost = new URL(deps.issuer).host
  return async (request) => {
    const signature = readSignature(request.message)
    checkTime(signature, deps.now())
    checkService(signature, request.service)
    const credential = signature.accessKeyId.startsWith('ASIA')
      ? await sessions.credential(signature)
      : await longTermCredential(deps.longTermKeys, signature)
    await checkSignatureForHosts(signature, issuerHost, (forHost) =>
      checkWithSecret(request, forHost, credential, signingKeys),
    )
    await deps.callers.ensureLive(credential.caller)
    const { region, accessKeyId, service } = signature
    if (!credential.session) keyUse.note(accessKeyId, { at: deps.now(), service, region: region ?? '*' })
    const caller = withMfaAge(credential.caller, deps.now())
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
  // The response is the same for all of these, so callers cannot probe which keys exist; only the log has the reason.
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

async function checkWithSecret(
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

interface VerifiedSession extends Credential {
  readonly expiresAt: number
  readonly secretKey: SecretKey
  /** The `kid` of the token: when that key has ended, so has the session (docs/ends.md). */
  readonly tokenKey: string
}

/** A bounded cache of verified tokens by their SHA-256: later requests with a token need an HMAC and no signature check. */
class VerifiedSessions {
  readonly #deps: AuthenticatorDependencies
  readonly #byTokenHash = new LRUCache<string, VerifiedSession>(atMost(10_000))

  constructor(deps: AuthenticatorDependencies) {
    this.#deps = deps
  }

  async credential({ accessKeyId, securityToken }: Signature): Promise<Credential> {
    if (securityToken === undefined) throw invalid('a session key was sent without its token')
    const id = sha256base64url(securityToken)
    const known = this.#byTokenHash.get(id)
    const session = known && this.#usable(known) ? known : await this.#read(id, securityToken)
    if (session.caller.accessKeyId !== accessKeyId) throw invalid('the token is of another access key id')
    return session
  }

  #usable({ expiresAt, secretKey, tokenKey }: VerifiedSession): boolean {
    const { now, sessionKeys } = this.#deps
    if (now() >= expiresAt || sessionKeys.tokenKey(tokenKey) === undefined) return false
    return sessionKeys.secretKey(secretKey.kid) === secretKey
  }

  async #read(id: string, token: string): Promise<VerifiedSession> {
    const { issuer, now, sessionKeys } = this.#deps
    this.#byTokenHash.delete(id)
    let tokenKey = ''
    const findKey = (kid: string) => {
      tokenKey = kid
      return sessionKeys.tokenKey(kid)
    }
    const claims = await verifySessionToken(token, { type: 'sts+jwt', issuer, now: now(), findKey })
    const session = { ...(await this.#sessionOf(claims)), tokenKey }
    this.#byTokenHash.set(id, session)
    return session
  }

  async #sessionOf(claims: SessionClaims): Promise<Omit<VerifiedSession, 'tokenKey'>> {
    const secretKey = this.#deps.sessionKeys.secretKey(claims.sk ?? '')
    if (!secretKey) throw invalid('the key that the session secret is derived from was deleted')
    const { cnf } = claims
    return {
      secret: deriveSecret(secretKey, claims).reveal(),
      session: true,
      jwk: cnf && 'jwk' in cnf ? cnf.jwk : undefined,
      caller: await callerOfClaims(claims, this.#deps.longPolicies, accessKeyIdOf(claims.jti)),
      expiresAt: claims.exp,
      secretKey,
    }
  }
}
