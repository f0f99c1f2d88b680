// Requests signed with session credentials: SigV4 with a key that the issuer derived for this service only, and SigV4A with
// the public key in the token, without a request to the issuer.
import { Problem } from '../problem.ts'
import {
  bodyHash,
  checkSignature,
  checkTime,
  readSignature,
  type Signature,
  unsignedPayload,
} from '../secure/sigv4/sigv4.ts'
import { signedIdentity, verifySigV4A } from '../secure/sigv4/sigv4a.ts'
import type { IssuerClient } from './issuer/issuer-client.ts'
import type { LiveSession, Sessions } from './issuer/sessions.ts'
import { SingleFlight } from './issuer/single-flight.ts'
import type { Settings } from './options.ts'
import type { ReplayGuard } from './replay.ts'
import type { IncomingRequest } from './request.ts'

export interface AuthenticatedRequest {
  readonly session: LiveSession
  readonly scheme: 'sigv4' | 'sigv4a' | 'bearer' | 'dpop'
  /** The body that the signature covers; undefined when it was not read. */
  readonly body: Buffer | undefined
  /** A body that was read to detect replays although no signature covers it. */
  readonly unsignedBody?: Buffer | undefined
}

interface Checked {
  readonly body: Buffer | undefined
  readonly unsignedBody?: Buffer | undefined
  /** The body hash of the signature. */
  readonly hash: string
}

/** Seconds for which the issuer's refusal of a signing key is cached. */
const refusalHeld = 10

export class SignedRequests {
  readonly #settings: Settings
  readonly #issuer: IssuerClient
  readonly #sessions: Sessions
  readonly #replays: ReplayGuard
  readonly #flight = new SingleFlight<Buffer>()
  readonly #refused = new WeakMap<LiveSession, { readonly problem: Problem; readonly until: number }>()

  constructor(settings: Settings, issuerClient: IssuerClient, sessions: Sessions, replays: ReplayGuard) {
    this.#settings = settings
    this.#issuer = issuerClient
    this.#sessions = sessions
    this.#replays = replays
  }

  /** Authenticates a signed request. @throws Problem naming the part of the signature that is not valid */
  async authenticate(request: IncomingRequest): Promise<AuthenticatedRequest> {
    const now = this.#settings.clock()
    const signature = readSignature(request)
    checkTime(signature, now, this.#settings.window)
    this.#checkScope(signature)
    const session = await this.#sessionOf(signature)
    const checked = await this.#check(request, signature, session)
    await this.#markUsed(request, signature, checked, now)
    const { body, unsignedBody } = checked
    return { session, scheme: signature.region === undefined ? 'sigv4a' : 'sigv4', body, unsignedBody }
  }

  /**
   * Records what was signed rather than the signature, because every ECDSA signature has a second valid form. An unsigned
   * payload is not part of what was signed, so its hash is added: writes that differ only in their bodies are different
   * requests.
   */
  async #markUsed(
    request: IncomingRequest,
    signature: Signature,
    checked: Checked,
    now: number,
  ): Promise<void> {
    const { hash, unsignedBody } = checked
    if (!this.#replays.guards(request.method)) return
    if (hash === unsignedPayload && unsignedBody === undefined) return
    const signed = signedIdentity(request, signature, hash, this.#settings.pathEncoding)
    const id = unsignedBody === undefined ? signed : `${signed} ${bodyHash(unsignedBody)}`
    await this.#replays.markUsed(id, signature.at + (signature.expiresIn ?? this.#settings.window) + 1, now)
  }

  #checkScope({ service, region, regionSet }: Signature): void {
    const wanted = this.#settings
    if (service !== wanted.service)
      throw new Problem('bad_signature', `the credential must be scoped to service \`${wanted.service}\``)
    const admits =
      region === undefined ? inRegionSet(regionSet ?? '', wanted.region) : region === wanted.region
    if (!admits)
      throw new Problem('bad_signature', `the credential must be scoped to region \`${wanted.region}\``)
  }

  async #sessionOf({ securityToken, accessKeyId }: Signature): Promise<LiveSession> {
    if (securityToken === undefined || securityToken === '')
      throw new Problem(
        'unauthenticated',
        'this service accepts only temporary credentials: the session token is missing',
      )
    const session = await this.#sessions.of(securityToken, 'sts+jwt')
    // Access key id and token belong to different sessions.
    if (session.accessKeyId !== accessKeyId)
      throw new Problem('unauthenticated', 'the access key id does not belong to the session token')
    return session
  }

  /** With a signed body hash, or an unsigned body, the signature is verified before the body is read. */
  async #check(request: IncomingRequest, signature: Signature, session: LiveSession): Promise<Checked> {
    const { unsignedPayload: unsigned, bodyLimit } = this.#settings
    // S3 clients presign with UNSIGNED-PAYLOAD without stating so in the request.
    const likeS3 = this.#settings.pathEncoding === 's3' && signature.expiresIn !== undefined
    const claimed = signature.contentHash ?? (likeS3 ? unsignedPayload : undefined)
    if (claimed === undefined) {
      const body = await request.body(bodyLimit)
      const hash = bodyHash(body)
      await this.#checkProof(request, signature, session, hash)
      return { body, hash }
    }
    if (claimed === unsignedPayload && unsigned === false && !likeS3)
      throw new Problem('bad_signature', 'this service does not accept unsigned payloads')
    await this.#checkProof(request, signature, session, claimed)
    if (claimed === unsignedPayload) {
      const compares = unsigned !== 'stream' && this.#replays.guards(request.method)
      const unsignedBody = compares ? await request.body(bodyLimit) : undefined
      return { body: undefined, unsignedBody, hash: claimed }
    }
    const body = await request.body(bodyLimit)
    if (bodyHash(body) !== claimed)
      throw new Problem('bad_signature', 'the body is not the one that was signed')
    return { body, hash: claimed }
  }

  /** `hash` is the body hash to verify with; #check has decided whether it may be UNSIGNED-PAYLOAD. */
  async #checkProof(
    request: IncomingRequest,
    signature: Signature,
    session: LiveSession,
    hash: string,
  ): Promise<void> {
    const { pathEncoding } = this.#settings
    const rule = { bodyHash: hash, allowUnsigned: hash === unsignedPayload, pathEncoding }
    if (signature.region === undefined) {
      const { cnf } = session.claims
      if (cnf === undefined || !('jwk' in cnf))
        throw new Problem('unauthenticated', 'the session has no signing key')
      await verifySigV4A(request, signature, rule, cnf.jwk)
      return
    }
    checkSignature(request, signature, rule, await this.#signingKey(session, signature.date))
  }

  async #signingKey(session: LiveSession, date: string): Promise<Buffer> {
    const now = this.#settings.clock()
    const held = session.signingKeys.get(date)
    if (held !== undefined && held.expiresAt > now) return held.key
    const refusal = this.#refused.get(session)
    if (refusal !== undefined && refusal.until > now) throw refusal.problem
    return this.#flight.run(`${date} ${session.claims.jti}`, () => this.#fetchKey(session, date, now))
  }

  async #fetchKey(session: LiveSession, date: string, now: number): Promise<Buffer> {
    try {
      const fetched = await this.#issuer.signingKey(session.token, date)
      for (const [day, { expiresAt }] of session.signingKeys)
        if (expiresAt <= now) session.signingKeys.delete(day)
      session.signingKeys.set(date, fetched)
      return fetched.key
    } catch (problem) {
      if (problem instanceof Problem && problem.code !== 'unavailable')
        this.#refused.set(session, { problem, until: now + refusalHeld })
      throw problem
    }
  }
}

/** SigV4A signs a set of regions; each may be `*` or end with `*`. */
const inRegionSet = (set: string, region: string): boolean =>
  set.split(',').some((pattern) => {
    const name = pattern.trim()
    return name === region || (name.endsWith('*') && region.startsWith(name.slice(0, -1)))
  })
