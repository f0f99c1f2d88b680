// What a comparison may spend. States and classes differ in cost by a factor of thousands, depending on how many wildcards the patterns
// have, so their numbers alone do not bound the time for which a comparison holds the event loop (docs/attacks.md 36).

/** Units of work that are left. A unit is one place of an automaton state or one character of a pattern: about 0.3 microseconds. */
export class Work {
  readonly #units: number
  #left: number

  /** @param units default: no limit */
  constructor(units = Number.POSITIVE_INFINITY) {
    this.#units = units
    this.#left = units
  }

  /** A quarter of what there was at first, for what is tried when everything else is spent. */
  quarter(): Work {
    return new Work(this.#units / 4)
  }

  /** @returns false when more was spent than there was */
  spend(units: number): boolean {
    this.#left -= units
    return this.#left >= 0
  }
}
