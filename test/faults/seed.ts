// Chance that can be had again: everything a run decides comes from one seed.

export interface Random {
  /** 0 ≤ n < limit, whole. */
  below(limit: number): number
  pick<T>(from: readonly T[]): T
  /** Chance of its own for a part that runs beside others, so that their order does not matter. */
  fork(): Random
}

/** mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const below = (limit: number): number => next() % limit
  return {
    below,
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    fork: () => seeded(next()),
  }
}
