// Follows the issuer's signed revocation feed in the background, starting with the first request. What happens when the
// feed is unreachable is configurable (options.ts, Staleness).
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../../problem.ts'
import { isSignatureValid, parseJws } from '../../secure/jws.ts'
import type { SessionClaims } from '../../secure/session/session-claims.ts'
import {
  accountsOf,
  dependenciesOf,
  dependencyName,
  foreignScope,
  foreignValue,
} from '../../secure/session/session-dependencies.ts'
import type { Settings } from '../options.ts'
import type { IssuerClient } from './issuer-client.ts'
import type { IssuerKeys } from './issuer-keys.ts'
import { SingleFlight } from './single-flight.ts'

/**
 * [scope, value, sessions that depended on it before this instant are refused, epoch seconds after which the entry is
 * irrelevant]
 */
type Entry = readonly [scope: string, value: string, before: number, expiresAt: number]

/** [scope, value, revocations up to this instant are lifted] */
type Lift = readonly [scope: string, value: string, until: number]

/** Maximum seconds for which the issuer may hold a response; a revocation then arrives within a second. */
const hold = 25
const maxFeedLength = 8 * 1_048_576
/** Maximum seconds between the feed's own date and the local clock; an older feed is a replay. */
const feedSkew = 300
/** Seconds between two initial attempts, so that not every request of a service contacts an unreachable issuer. */
const pause = 1
/** Maximum seconds between attempts while the issuer is unreachable. */
const maxDelay = 10

export class Revocations {
  readonly #issuer: IssuerClient
  readonly #keys: IssuerKeys
  readonly #settings: Settings
  readonly #before = new Map<string, Entry>()
  /** Computed once per token: the claims are the same object while the token is cached (sessions.ts). */
  readonly #dependencies = new WeakMap<SessionClaims, readonly Named[]>()
  readonly #first = new SingleFlight<void>()
  readonly #closing = new AbortController()
  #cursor: string | undefined
  #feedDate = 0
  #heardAt = Number.NEGATIVE_INFINITY
  #triedAt = Number.NEGATIVE_INFINITY
  #following = false
  /** Why the feed could not be read the last time. */
  #failure: Error | undefined

  constructor(issuerClient: IssuerClient, keys: IssuerKeys, settings: Settings) {
    this.#issuer = issuerClient
    this.#keys = keys
    this.#settings = settings
  }

  /**
   * Checks a session for revocation.
   * @throws Problem('unauthenticated') when the session was revoked, Problem('unavailable') when that cannot be determined
   * and the service is configured to refuse in that case
   */
  async check(claims: SessionClaims): Promise<void> {
    if (this.#heardAt === Number.NEGATIVE_INFINITY) await this.#start()
    const silent = this.#settings.clock() - this.#heardAt
    const { revocations, withoutRevocations } = this.#settings.staleness
    if (silent > revocations && withoutRevocations === 'refuse')
      throw new Problem('unavailable', 'revocations could not be refreshed in time; try again', {
        retryAfter: 5,
        ...(this.#failure instanceof Problem &&
          this.#failure.detail !== undefined && { detail: this.#failure.detail }),
        cause: this.#failure,
      })
    if (this.#before.size > 0 && this.#revoked(claims))
      throw new Problem('unauthenticated', 'this session was revoked')
  }

  /** Stops following the feed; later checks use the last known revocations. */
  close(): void {
    this.#closing.abort()
  }

  #revoked(claims: SessionClaims): boolean {
    let dependencies = this.#dependencies.get(claims)
    if (dependencies === undefined) {
      dependencies = namedDependencies(claims)
      this.#dependencies.set(claims, dependencies)
    }
    return dependencies.some(({ name, since }) => since < (this.#before.get(name)?.[2] ?? 0))
  }

  /** The first response is awaited, because nothing is known before it. */
  #start(): Promise<void> {
    return this.#first.run('first', async () => {
      const now = this.#settings.clock()
      if (now - this.#triedAt < pause) return
      this.#triedAt = now
      await this.#read(0).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
        this.#failure = error
      })
      if (!this.#following) this.#follow()
    })
  }

  async #read(wait: number): Promise<void> {
    const askedAt = this.#settings.clock()
    const feed = await this.#issuer.revocations(this.#cursor, wait, this.#closing.signal)
    const claims = await this.#checked(feed)
    for (const lift of claims.lifted) this.#lift(lift)
    for (const entry of claims.revocations) this.#take(entry)
    this.#cursor = claims.cursor
    this.#feedDate = claims.iat
    // A held response is current when it ends; an immediate one is only as current as its request.
    this.#heardAt = wait === 0 ? askedAt : this.#settings.clock()
  }

  #take(entry: Entry): void {
    const id = `${entry[0]}:${entry[1]}`
    const known = this.#before.get(id)
    // A later response never shortens what an earlier one revoked.
    if (known === undefined || known[2] <= entry[2]) this.#before.set(id, entry)
  }

  /** Lifts only revocations up to that instant, so that a lift that arrives late does not undo a later revocation. */
  #lift([scope, value, until]: Lift): void {
    const known = this.#before.get(`${scope}:${value}`)
    if (known !== undefined && known[2] <= until) this.#before.delete(`${scope}:${value}`)
  }

  async #checked(feed: string): Promise<FeedClaims> {
    const jws = parseJws(feed, maxFeedLength)
    const key = await this.#keys.find(jws.header.kid ?? '')
    const genuine = jws.header.typ === 'revocations+jwt' && (await isSignatureValid(jws, key))
    const claims = genuine ? readFeed(jws.claims) : undefined
    if (claims === undefined || claims.iss !== this.#settings.issuer)
      throw invalidFeed('not a feed of the issuer')
    if (claims.iat < this.#feedDate) throw invalidFeed('older than the one before')
    if (Math.abs(claims.iat - this.#settings.clock()) > feedSkew) throw invalidFeed('its date is off')
    return claims
  }

  #follow(): void {
    this.#following = true
    const { signal } = this.#closing
    const loop = async (): Promise<void> => {
      let pausing = this.#settings.feed === 'hold' ? 0 : this.#settings.feed
      while (!signal.aborted) {
        await sleep(pausing * 1000, undefined, { ref: false, signal })
        pausing = await this.#readOn(pausing)
        this.#prune()
      }
    }
    // Only close() ends it, by aborting the sleep.
    loop().catch(() => {})
  }

  /** Reads the feed once. Returns the seconds to wait, increasing while the issuer is unreachable. */
  async #readOn(rested: number): Promise<number> {
    const { feed } = this.#settings
    const began = performance.now()
    try {
      await this.#read(feed === 'hold' ? hold : 0)
    } catch (error) {
      this.#failure = error as Error
      return Math.min(Math.max(rested, 0.5) * 2, maxDelay)
    }
    if (feed !== 'hold') return feed
    // An issuer that does not hold its responses is polled at most once a second.
    return performance.now() - began > 1000 ? 0 : 1
  }

  #prune(): void {
    const now = this.#settings.clock()
    for (const [id, entry] of this.#before) if (entry[3] <= now) this.#before.delete(id)
  }
}

/** A dependency under a name that the feed may have for it. */
interface Named {
  /** `<scope>:<value>` */
  readonly name: string
  readonly since: number
}

/**
 * What a session depends on: by the names that the service's own account and the server revoke it by, and by those the feed has
 * for revocations of other accounts, for the session's account and those of the callers it was made from.
 */
const namedDependencies = (claims: SessionClaims): readonly Named[] =>
  dependenciesOf(claims).flatMap((one) => {
    const name = dependencyName(one)
    const foreign = accountsOf(claims.acct, claims.act).map(
      (account) => `${foreignScope}:${foreignValue(account, name)}`,
    )
    return [name, ...foreign].map((each) => ({ name: each, since: one.since }))
  })

interface FeedClaims {
  readonly iss: string
  readonly iat: number
  readonly cursor: string
  readonly revocations: readonly Entry[]
  /** Absent in feeds of earlier versions. */
  readonly lifted: readonly Lift[]
}

const isEntry = (value: unknown): value is Entry =>
  Array.isArray(value) &&
  value.length === 4 &&
  typeof value[0] === 'string' &&
  typeof value[1] === 'string' &&
  Number.isFinite(value[2]) &&
  Number.isFinite(value[3])

const isLift = (value: unknown): value is Lift =>
  Array.isArray(value) &&
  value.length === 3 &&
  typeof value[0] === 'string' &&
  typeof value[1] === 'string' &&
  Number.isFinite(value[2])

/** All or nothing: ignoring an unreadable entry would ignore a revocation. */
function readFeed(claims: Readonly<Record<string, unknown>>): FeedClaims | undefined {
  const { iss, iat, cursor, revocations, lifted = [] } = claims
  if (typeof iss !== 'string' || typeof iat !== 'number' || typeof cursor !== 'string') return undefined
  if (!Array.isArray(revocations) || !revocations.every(isEntry)) return undefined
  if (!Array.isArray(lifted) || !lifted.every(isLift)) return undefined
  return { iss, iat, cursor, revocations, lifted }
}

const invalidFeed = (detail: string): Problem =>
  new Problem('unavailable', 'the revocation feed is not valid', { detail, retryAfter: 5 })
