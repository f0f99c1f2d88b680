// A proof is taken once: a signed write (attacks.md 14) or a DPoP proof (RFC 9449 section 11.1). Only proofs that were
// verified are remembered, so nobody without credentials can fill the memory. This process remembers by itself; a memory
// shared by all processes of a service can be added, and then one proof is taken once by all of them together.
import { isProblem, Problem } from '../problem.ts'
import { sha256base64url } from '../secure/digest.ts'
import { BoundedCache } from './bounded-cache.ts'

/** Which signed requests are taken once. DPoP proofs are, in every mode. */
export type ReplayMode = 'writes' | 'all' | 'off'

/** A memory that the processes of one service share: Redis `SET id 1 NX EXAT until`, or a table with a unique column. */
export interface ReplayMemory {
  /**
   * Adds `id` unless it is already there, as one atomic step.
   * @param id at most 128 characters of `A-Z a-z 0-9 - _ :`, different for each service and issuer
   * @param until epoch seconds, after which the id may be forgotten
   * @returns true when `id` was added, false when it was there before
   */
  remember(id: string, until: number): Promise<boolean>
}

export interface ReplayRule {
  readonly mode: ReplayMode
  readonly shared: ReplayMemory | undefined
  /** Proofs remembered in this process; the oldest leaves first. */
  readonly limit: number
  /** What tells this service's proofs from those of others in a shared memory. */
  readonly scope: string
}

// RFC 9110 section 9.2.1, those that services meet.
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Milliseconds a shared memory may take. */
const patience = 2_000

export class ReplayGuard {
  readonly #seen: BoundedCache<true>
  readonly #rule: ReplayRule
  readonly #scope: string

  constructor(rule: ReplayRule) {
    this.#rule = rule
    this.#seen = new BoundedCache(rule.limit)
    this.#scope = sha256base64url(rule.scope).slice(0, 22)
  }

  /** Whether a second such request would be refused; only then is it worth naming the first. */
  guards(method: string): boolean {
    const { mode } = this.#rule
    return mode === 'all' || (mode === 'writes' && !safe.has(method))
  }

  /**
   * Takes a proof once. A shared memory that fails, or does not answer within two seconds, refuses the request: to accept
   * it could be to accept it twice.
   * @param until epoch seconds
   * @param now epoch seconds
   * @throws Problem('unauthenticated') when it was taken before, Problem('unavailable') when the shared memory fails
   */
  async spend(proof: string, until: number, now: number): Promise<void> {
    if (this.#seen.get(proof, now) !== undefined) throw alreadyUsed()
    this.#seen.set(proof, true, until)
    const { shared } = this.#rule
    if (shared === undefined) return
    const id = `chancery:${this.#scope}:${sha256base64url(proof)}`
    try {
      if (!(await answerOf(() => shared.remember(id, Math.ceil(until))))) throw alreadyUsed()
    } catch (problem) {
      // Whether it was taken is not known, so a second try is the shared memory's to judge.
      if (isProblem(problem, 'unavailable')) this.#seen.delete(proof)
      throw problem
    }
  }
}

async function answerOf(ask: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error(`no answer within ${patience} ms`)), patience)
    })
    const added = await Promise.race([ask(), late])
    if (typeof added !== 'boolean') throw new TypeError('remember() must resolve to a boolean')
    return added
  } catch (cause) {
    throw new Problem('unavailable', 'this service cannot check now whether the request was already used', {
      cause,
      detail: 'the shared replay memory failed',
      retryAfter: 1,
    })
  } finally {
    clearTimeout(timer)
  }
}

const alreadyUsed = (): Problem =>
  new Problem('unauthenticated', 'this signed request was already used; sign a new one')
