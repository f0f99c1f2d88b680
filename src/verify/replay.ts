// The same signature twice inside the window (attacks.md 14). Only signatures that verified are remembered, so a
// stranger cannot fill it; per process, so of many processes each can be
// replayed to once. An honest client that sends the very same request twice within a second is refused the second time.
import { Problem } from '../problem.ts'
import { BoundedCache } from './bounded-cache.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

export class ReplayGuard {
  readonly #seen: BoundedCache<true>
  readonly #mode: 'writes' | 'all' | 'off'

  constructor(mode: 'writes' | 'all' | 'off', limit: number) {
    this.#mode = mode
    this.#seen = new BoundedCache(limit)
  }

  /** Whether a second such request would be refused; only then is it worth naming the first. */
  guards(method: string): boolean {
    return this.#mode === 'all' || (this.#mode === 'writes' && !safe.has(method))
  }

  /**
   * Takes a proof once. Those that are single-use by their own rule (DPoP, RFC 9449 §11.1) are spent whatever the mode.
   * @throws Problem('unauthenticated') when it was spent before; else it is remembered until `until`
   */
  spend(proof: string, until: number, now: number): void {
    if (this.#seen.get(proof, now) !== undefined)
      throw new Problem('unauthenticated', 'this signed request was already used; sign a new one')
    this.#seen.set(proof, true, until)
  }
}
