// What the issuer took back. A signed feed, followed in the background from the first request on; what holds when it
// cannot be reached is the service's stated choice (options.ts, Staleness).
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import { parseJws, signatureHolds } from '../secure/jws.ts'
import type { SessionClaims } from '../secure/session-claims.ts'
import { type Dependency, dependenciesOf, revokedDependency } from '../secure/session-dependencies.ts'
import type { Home } from './issuer-client.ts'
import type { IssuerKeys } from './issuer-keys.ts'
import type { Settings } from './options.ts'
import { SingleFlight } from './single-flight.ts'

/** [scope, value, what depends on it since before this is refused, epoch seconds after which it concerns nobody] */
type Entry = readonly [scope: string, value: string, before: number, expiresAt: number]

/** [scope, value, revocations up to this instant were taken back] */
type Lift = readonly [scope: string, value: string, until: number]

/** Seconds the issuer may hold an answer; with it a revocation arrives within the second. */
const hold = 25
const longestFeed = 8 * 1_048_576
/** Seconds by which the feed's own date may differ from our clock: an older one is a replay. */
const feedSkew = 300
/** Seconds between two first tries, so that every request of a service does not ask an issuer that is away. */
const pause = 1
/** Seconds between tries while the issuer is away. */
const longestRest = 10

export class Revocations {
  readonly #home: Home
  readonly #keys: IssuerKeys
  readonly #settings: Settings
  readonly #before = new Map<string, Entry>()
  /** Worked out once per token: claims are the same object for as long as the token is cached (sessions.ts). */
  readonly #dependencies = new WeakMap<SessionClaims, readonly Dependency[]>()
  readonly #first = new SingleFlight<void>()
  readonly #closing = new AbortController()
  #cursor: string | undefined
  #feedDate = 0
  #heardAt = Number.NEGATIVE_INFINITY
  #triedAt = Number.NEGATIVE_INFINITY
  #following = false

  constructor(home: Home, keys: IssuerKeys, settings: Settings) {
    this.#home = home
    this.#keys = keys
    this.#settings = settings
  }

  /**
   * @throws Problem('unauthenticated') when the session was revoked, Problem('unavailable') when that cannot be known
   * and the service chose to refuse then.
   */
  async check(claims: SessionClaims): Promise<void> {
    if (this.#heardAt === Number.NEGATIVE_INFINITY) await this.#start()
    const silent = this.#settings.clock() - this.#heardAt
    const { revocations, withoutRevocations } = this.#settings.staleness
    if (silent > revocations && withoutRevocations === 'refuse')
      throw new Problem('unavailable', 'revocations could not be read for too long; try again', {
        retryAfter: 5,
      })
    if (this.#before.size > 0 && this.#revoked(claims))
      throw new Problem('unauthenticated', 'this session was revoked')
  }

  /** Ends the feed; checks go on with what is known. */
  close(): void {
    this.#closing.abort()
  }

  #revoked(claims: SessionClaims): boolean {
    let dependencies = this.#dependencies.get(claims)
    if (dependencies === undefined) {
      dependencies = dependenciesOf(claims)
      this.#dependencies.set(claims, dependencies)
    }
    return revokedDependency(dependencies, (name) => this.#before.get(name)?.[2]) !== undefined
  }

  /** The first answer is waited for: before it nothing is known. */
  #start(): Promise<void> {
    return this.#first.run('first', async () => {
      const now = this.#settings.clock()
      if (now - this.#triedAt < pause) return
      this.#triedAt = now
      await this.#read(0).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
      })
      if (!this.#following) this.#follow()
    })
  }

  async #read(wait: number): Promise<void> {
    const askedAt = this.#settings.clock()
    const feed = await this.#home.revocations(this.#cursor, wait, this.#closing.signal)
    const claims = await this.#checked(feed)
    for (const lift of claims.lifted) this.#lift(lift)
    for (const entry of claims.revocations) this.#take(entry)
    this.#cursor = claims.cursor
    this.#feedDate = claims.iat
    // A held answer is as new as its end; one given at once is as old as its question.
    this.#heardAt = wait === 0 ? askedAt : this.#settings.clock()
  }

  #take(entry: Entry): void {
    const id = `${entry[0]}:${entry[1]}`
    const known = this.#before.get(id)
    // A later answer never takes back what an earlier one revoked.
    if (known === undefined || known[2] <= entry[2]) this.#before.set(id, entry)
  }

  /** Only what was revoked up to that instant: a lift that arrives late takes back no later revocation. */
  #lift([scope, value, until]: Lift): void {
    const known = this.#before.get(`${scope}:${value}`)
    if (known !== undefined && known[2] <= until) this.#before.delete(`${scope}:${value}`)
  }

  async #checked(feed: string): Promise<FeedClaims> {
    const jws = parseJws(feed, longestFeed)
    const key = await this.#keys.find(jws.header.kid ?? '')
    const genuine = jws.header.typ === 'revocations+jwt' && (await signatureHolds(jws, key))
    const claims = genuine ? readFeed(jws.claims) : undefined
    if (claims === undefined || claims.iss !== this.#settings.issuer)
      throw unbelievable('not a feed of the issuer')
    if (claims.iat < this.#feedDate) throw unbelievable('older than the one before')
    if (Math.abs(claims.iat - this.#settings.clock()) > feedSkew) throw unbelievable('its date is off')
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

  /** One more reading. Gives the seconds to rest: longer and longer while the issuer is away. */
  async #readOn(rested: number): Promise<number> {
    const { feed } = this.#settings
    const began = performance.now()
    try {
      await this.#read(feed === 'hold' ? hold : 0)
    } catch {
      return Math.min(Math.max(rested, 0.5) * 2, longestRest)
    }
    if (feed !== 'hold') return feed
    // An issuer that does not hold its answers is asked once a second at most.
    return performance.now() - began > 1000 ? 0 : 1
  }

  #prune(): void {
    const now = this.#settings.clock()
    for (const [id, entry] of this.#before) if (entry[3] <= now) this.#before.delete(id)
  }
}

interface FeedClaims {
  readonly iss: string
  readonly iat: number
  readonly cursor: string
  readonly revocations: readonly Entry[]
  /** Empty in feeds of earlier versions. */
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

/** All or nothing: an entry passed over would be a revocation passed over. */
function readFeed(claims: Readonly<Record<string, unknown>>): FeedClaims | undefined {
  const { iss, iat, cursor, revocations, lifted = [] } = claims
  if (typeof iss !== 'string' || typeof iat !== 'number' || typeof cursor !== 'string') return undefined
  if (!Array.isArray(revocations) || !revocations.every(isEntry)) return undefined
  if (!Array.isArray(lifted) || !lifted.every(isLift)) return undefined
  return { iss, iat, cursor, revocations, lifted }
}

const unbelievable = (detail: string): Problem =>
  new Problem('unavailable', 'the revocation feed cannot be believed', { detail, retryAfter: 5 })
