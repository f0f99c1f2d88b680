// Replay protection: a signed write or a DPoP proof (RFC 9449 §11.1) is accepted once. Only verified proofs are remembered,
// so callers without credentials cannot fill the memory. Each process remembers for itself; with a memory shared by all
// processes of a service, each proof is accepted once by all of them together.
import { isProblem, Problem } from '../problem.ts'
import { sha256base64url } from '../secure/digest.ts'
import { BoundedCache } from './issuer/bounded-cache.ts'

/** Which signed requests are accepted only once. DPoP proofs are, in every mode. */
export type ReplayMode = 'writes' | 'all' | 'off'

/** A memory shared by the processes of one service: Redis `SET id 1 NX EXAT until`, or a table with a unique column. */
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
  /** Proofs remembered in this process; the oldest is evicted first. */
  readonly limit: number
  /** Distinguishes this service's proofs from others in a shared memory. */
  readonly scope: string
}

// The safe methods of RFC 9110 §9.2.1 that services receive.
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Timeout in milliseconds of the shared memory. */
const timeoutMs = 2_000

export class ReplayGuard {
  readonly #seen: BoundedCache<true>
  readonly #rule: ReplayRule
  readonly #scope: string

  constructor(rule: ReplayRule) {
    this.#rule = rule
    this.#seen = new BoundedCache(rule.limit)
    this.#scope = sha256base64url(rule.scope).slice(0, 22)
  }

  /** Whether a repetition of such a request would be refused; otherwise the first need not be recorded. */
  guards(method: string): boolean {
    const { mode } = this.#rule
    return mode === 'all' || (mode === 'writes' && !safe.has(method))
  }

  /**
   * Records a proof, which can be used once. When a shared memory fails or does not answer within two seconds, the request
   * is refused, because accepting it could accept it twice.
   * @param until epoch seconds
   * @param now epoch seconds
   * @throws Problem('unauthenticated') when the proof was used before, Problem('unavailable') when the shared memory fails
   */
  async markUsed(proof: string, until: number, now: number): Promise<void> {
    if (this.#seen.get(proof, now) !== undefined) throw alreadyUsed()
    this.#seen.set(proof, true, until)
    const { shared } = this.#rule
    if (shared === undefined) return
    const id = `chancery:${this.#scope}:${sha256base64url(proof)}`
    try {
      if (!(await answerOf(() => shared.remember(id, Math.ceil(until))))) throw alreadyUsed()
    } catch (problem) {
      // It is not known whether the shared memory recorded it, so a retry must ask the shared memory again.
      if (isProblem(problem, 'unavailable')) this.#seen.delete(proof)
      throw problem
    }
  }
}

async function answerOf(ask: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    })
    const added = await Promise.race([ask(), late])
    if (typeof added !== 'boolean') throw new TypeError('remember() must resolve to a boolean')
    return added
  } catch (cause) {
    throw new Problem('unavailable', 'it cannot be determined whether the request was already used', {
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
