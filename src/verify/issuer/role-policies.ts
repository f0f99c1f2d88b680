// Cache of compiled role policies. A copy is confirmed with the issuer (ETag) within 30 s of the last confirmation, so that
// withdrawn permissions stop working within that time; for a session with a newer version it is confirmed first.
import { compile, policySet } from '../../policy/engine/compile.ts'
import type { Layers } from '../../policy/engine/decide.ts'
import { isProblem, Problem } from '../../problem.ts'
import type { Settings } from '../options.ts'
import { BoundedCache } from './bounded-cache.ts'
import type { IssuerClient, NamedDocument, PolicyBundle } from './issuer-client.ts'
import { SingleFlight } from './single-flight.ts'

/** The role's own policies (identity and boundary), the account's guardrails and its tags. */
export interface RoleFacts {
  readonly layers: Pick<Layers, 'identity' | 'boundary' | 'guardrail'>
  readonly tags: PolicyBundle['tags']
}

interface Held {
  readonly version: string
  readonly facts: RoleFacts
  confirmedAt: number
  triedAt: number
}

/** Seconds after which a copy is confirmed: in the background after the first, before use after the second. */
const confirmAfter = 15
const confirmFirst = 30
/** Seconds between two attempts while the issuer is unreachable. */
const pause = 5

export class RolePolicies {
  readonly #issuer: IssuerClient
  readonly #settings: Settings
  readonly #held: BoundedCache<Held>
  readonly #flight = new SingleFlight<Held>()

  constructor(issuerClient: IssuerClient, settings: Settings) {
    this.#issuer = issuerClient
    this.#settings = settings
    this.#held = new BoundedCache(settings.cacheLimits.policies)
  }

  /**
   * The policies of role `id`, at least as current as `version`, which a session issued at `issuedAt` names.
   * @throws Problem('unauthenticated') when the issuer has no such role, Problem('unavailable') when the issuer is
   * unreachable and the copy is older than the configured staleness
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

  /** Confirms an overdue copy. While the issuer is unreachable, the copy is used until it is too old. */
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
        throw new Problem('unavailable', 'the issuer returned `unchanged` for unknown policies', {
          retryAfter: 5,
        })
      const fetched = { version: answer.version, facts: roleFacts(answer), confirmedAt: now, triedAt: now }
      this.#held.set(id, fetched, Number.POSITIVE_INFINITY)
      return fetched
    })
  }

  async #ask(id: string, version: string, held: Held | undefined): Promise<PolicyBundle | 'unchanged'> {
    try {
      return await this.#issuer.policies(id, version, held?.version)
    } catch (error) {
      // The role was deleted, or this service may no longer read it: the cached policies no longer apply.
      if (isProblem(error, 'unauthenticated')) this.#held.delete(id)
      throw error
    }
  }
}

/** Compiles the policies of a role. @throws Problem('malformed_policy') */
export function roleFacts({
  documents,
  boundary,
  guardrails,
  tags,
}: Pick<PolicyBundle, 'documents' | 'boundary' | 'guardrails' | 'tags'>): RoleFacts {
  const identity = policySet(documents.map(({ name, document }) => compile(document, 'identity', name)))
  const setOf = (limits: readonly NamedDocument[], kind: 'boundary' | 'guardrail') =>
    policySet(limits.map(({ name, document }) => compile(document, kind, name)))
  return {
    layers: {
      identity,
      ...(boundary && { boundary: setOf(boundary, 'boundary') }),
      ...(guardrails && { guardrail: [setOf(guardrails, 'guardrail')] }),
    },
    tags,
  }
}
