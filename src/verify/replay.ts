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

  /** @throws Problem('unauthenticated') when `proof` was spent before; else it is remembered until `until`. */
  spend(method: string, proof: string, until: number, now: number): void {
    if (this.#mode === 'off' || (this.#mode === 'writes' && safe.has(method))) return
    this.spendAlways(proof, until, now)
  }

  /** For proofs that are single-use by their own rule (DPoP, RFC 9449 §11.1), whatever the mode. */
  spendAlways(proof: string, until: number, now: number): void {
    if (this.#seen.get(proof, now) !== undefined)
      throw new Problem('unauthenticated', 'this signed request was already used; sign a new one')
    this.#seen.set(proof, true, until)
  }
}
