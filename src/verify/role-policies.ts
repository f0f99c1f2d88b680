// The policies of roles, compiled. A copy is confirmed with the issuer (ETag) at most 30 s after the last time, so that
// what an administrator takes away is gone within that; a session newer than our copy confirms it first.
import { compile, policySet } from '../policy/compile.ts'
import type { Layers } from '../policy/decide.ts'
import { isProblem, Problem } from '../problem.ts'
import { BoundedCache } from './bounded-cache.ts'
import type { Bundle, Home } from './issuer-client.ts'
import type { Settings } from './options.ts'
import { SingleFlight } from './single-flight.ts'

/** What the role itself may (identity ∩ boundary), and its tags. */
export interface RoleFacts {
  readonly layers: Pick<Layers, 'identity' | 'boundary'>
  readonly tags: Bundle['tags']
}

interface Held {
  readonly version: string
  readonly facts: RoleFacts
  confirmedAt: number
  triedAt: number
}

/** Seconds: from the first on a copy is confirmed in the background, from the second on before it is used. */
const confirmAfter = 15
const confirmFirst = 30
/** Seconds between two tries while the issuer is away. */
const pause = 5

export class RolePolicies {
  readonly #home: Home
  readonly #settings: Settings
  readonly #held: BoundedCache<Held>
  readonly #flight = new SingleFlight<Held>()

  constructor(home: Home, settings: Settings) {
    this.#home = home
    this.#settings = settings
    this.#held = new BoundedCache(settings.cacheLimits.policies)
  }

  /**
   * What role `id` may, at least as new as `version`, which a session issued at `issuedAt` names.
   * @throws Problem('unauthenticated') when the issuer has no such role, Problem('unavailable') when it cannot be asked
   * and our copy is older than the stated staleness.
   */
  async of(id: string, version: string, issuedAt: number): Promise<RoleFacts> {
    const now = this.#settings.clock()
    const held = this.#held.get(id, now)
    if (held === undefined) return (await this.#fetch(id, version, undefined)).facts
    const older = held.version !== version && held.confirmedAt <= issuedAt + 1
    const age = now - held.confirmedAt
    if (older) return (await this.#fetch(id, version, held)).facts
    if (age > confirmFirst) return (await this.#confirm(id, version, held, age)).facts
    if (age > confirmAfter && now - held.triedAt >= pause) this.#fetch(id, version, held).catch(() => {})
    return held.facts
  }

  /** A late copy: the issuer is asked first; when it is away, the copy serves until it is too old. */
  async #confirm(id: string, version: string, held: Held, age: number): Promise<Held> {
    const usable = age <= this.#settings.staleness.policies
    if (usable && this.#settings.clock() - held.triedAt < pause) return held
    try {
      return await this.#fetch(id, version, held)
    } catch (error) {
      if (usable && isProblem(error, 'unavailable')) return held
      throw error
    }
  }

  #fetch(id: string, version: string, held: Held | undefined): Promise<Held> {
    return this.#flight.run(id, async () => {
      const now = this.#settings.clock()
      if (held !== undefined) held.triedAt = now
      const answer = await this.#ask(id, version, held)
      if (answer === 'unchanged' && held !== undefined) {
        held.confirmedAt = now
        return held
      }
      if (answer === 'unchanged')
        throw new Problem('unavailable', 'the issuer named policies it never gave', { retryAfter: 5 })
      const fetched = { version: answer.version, facts: roleFacts(answer), confirmedAt: now, triedAt: now }
      this.#held.set(id, fetched, Number.POSITIVE_INFINITY)
      return fetched
    })
  }

  async #ask(id: string, version: string, held: Held | undefined): Promise<Bundle | 'unchanged'> {
    try {
      return await this.#home.policies(id, version, held?.version)
    } catch (error) {
      // The role is gone, or no longer ours to ask about: what we held of it counts no more.
      if (isProblem(error, 'unauthenticated')) this.#held.delete(id)
      throw error
    }
  }
}

/** @throws Problem('malformed_policy') */
export function roleFacts({
  documents,
  boundary,
  tags,
}: Pick<Bundle, 'documents' | 'boundary' | 'tags'>): RoleFacts {
  const identity = policySet(documents.map(({ name, document }) => compile(document, 'identity', name)))
  if (boundary === undefined) return { layers: { identity }, tags }
  const limit = policySet(boundary.map(({ name, document }) => compile(document, 'boundary', name)))
  return { layers: { identity, boundary: limit }, tags }
}
