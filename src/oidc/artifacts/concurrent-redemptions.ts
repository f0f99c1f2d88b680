// Many requests of this process showing one token at the same moment. A client that lost its answer asks once; twenty at
// a time are a race, whoever sent them, and a race has one winner (attacks.md 5).

/** Milliseconds a crowd is remembered after it broke up. */
const remembered = 1_000

interface Gathering {
  present: number
  crowded: boolean
}

export class Crowd {
  readonly #gatherings = new Map<string, Gathering>()

  /** Runs `work` as one of those who show `token` now. */
  async within<T>(token: string, work: () => Promise<T>): Promise<T> {
    const gathering = this.#gatherings.get(token) ?? { present: 0, crowded: false }
    this.#gatherings.set(token, gathering)
    gathering.present += 1
    gathering.crowded ||= gathering.present > 1
    try {
      return await work()
    } finally {
      gathering.present -= 1
      if (gathering.present === 0) this.#forget(token, gathering)
    }
  }

  isCrowded(token: string): boolean {
    return this.#gatherings.get(token)?.crowded === true
  }

  #forget(token: string, gathering: Gathering): void {
    const drop = (): void => {
      if (gathering.present === 0) this.#gatherings.delete(token)
    }
    if (gathering.crowded) setTimeout(drop, remembered).unref()
    else drop()
  }
}
