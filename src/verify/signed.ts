// Requests signed with the credentials of a session: SigV4 with a key the issuer derived for this service alone,
// SigV4A with the public key in the token, without asking anyone.
import { Problem } from '../problem.ts'
import {
  bodyHash,
  checkSignature,
  checkTime,
  readSignature,
  type Signature,
  unsignedPayload,
} from '../secure/sigv4.ts'
import { signedIdentity, verifySigV4A } from '../secure/sigv4a.ts'
import type { Home } from './issuer-client.ts'
import type { Settings } from './options.ts'
import type { ReplayGuard } from './replay.ts'
import type { Presented } from './request.ts'
import type { LiveSession, Sessions } from './sessions.ts'
import { SingleFlight } from './single-flight.ts'

export interface Proven {
  readonly session: LiveSession
  readonly scheme: 'sigv4' | 'sigv4a' | 'bearer' | 'dpop'
  /** The body the signature vouches for; undefined when it was not read. */
  readonly body: Buffer | undefined
}

interface Checked {
  readonly body: Buffer | undefined
  /** What the signature says of the body. */
  readonly hash: string
}

/** Seconds for which the issuer's refusal of a signing key is remembered. */
const refusalHeld = 10

export class SignedRequests {
  readonly #settings: Settings
  readonly #home: Home
  readonly #sessions: Sessions
  readonly #replays: ReplayGuard
  readonly #flight = new SingleFlight<Buffer>()
  readonly #refused = new WeakMap<LiveSession, { readonly problem: Problem; readonly until: number }>()

  constructor(settings: Settings, home: Home, sessions: Sessions, replays: ReplayGuard) {
    this.#settings = settings
    this.#home = home
    this.#sessions = sessions
    this.#replays = replays
  }

  /** @throws Problem saying which part of the signature does not hold */
  async prove(request: Presented): Promise<Proven> {
    const now = this.#settings.clock()
    const signature = readSignature(request)
    checkTime(signature, now, this.#settings.window)
    this.#checkScope(signature)
    const session = await this.#sessionOf(signature)
    const { body, hash } = await this.#check(request, signature, session)
    if (this.#replays.guards(request.method)) {
      const until = signature.at + (signature.expiresIn ?? this.#settings.window) + 1
      // What was signed is remembered, not the signature: an ECDSA signature has a twin.
      this.#replays.spend(signedIdentity(request, signature, hash), until, now)
    }
    return { session, scheme: signature.region === undefined ? 'sigv4a' : 'sigv4', body }
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
        'this service takes temporary credentials: a session token is missing',
      )
    const session = await this.#sessions.of(securityToken, 'sts+jwt')
    // Access key id and token of different sessions (attacks.md 14).
    if (session.accessKeyId !== accessKeyId)
      throw new Problem('unauthenticated', 'the access key id is not that of the session token')
    return session
  }

  /** With a signed body hash the signature is checked first, so that a stranger's body is never read. */
  async #check(request: Presented, signature: Signature, session: LiveSession): Promise<Checked> {
    const { unsignedPayload: allowUnsigned, bodyLimit } = this.#settings
    const claimed = signature.contentHash
    if (claimed === undefined) {
      const body = await request.body(bodyLimit)
      const hash = bodyHash(body)
      await this.#checkProof(request, signature, session, hash)
      return { body, hash }
    }
    if (claimed === unsignedPayload && !allowUnsigned)
      throw new Problem('bad_signature', 'this service takes no unsigned payload')
    await this.#checkProof(request, signature, session, claimed)
    if (claimed === unsignedPayload) return { body: undefined, hash: claimed }
    const body = await request.body(bodyLimit)
    if (bodyHash(body) !== claimed)
      throw new Problem('bad_signature', 'the body is not the one that was signed')
    return { body, hash: claimed }
  }

  async #checkProof(
    request: Presented,
    signature: Signature,
    session: LiveSession,
    hash: string,
  ): Promise<void> {
    const rule = { bodyHash: hash, allowUnsigned: this.#settings.unsignedPayload }
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
      const fetched = await this.#home.signingKey(session.token, date)
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

/** SigV4A signs a set of regions, each with `*` at most at its end or alone. */
const inRegionSet = (set: string, region: string): boolean =>
  set.split(',').some((pattern) => {
    const name = pattern.trim()
    return name === region || (name.endsWith('*') && region.startsWith(name.slice(0, -1)))
  })
