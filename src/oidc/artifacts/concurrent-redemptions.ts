// Detects concurrent redemptions of one token in this process. A client that lost its response retries once; several
// requests with one token at the same moment are concurrent, and only the first may succeed (docs/attacks.md 5).

/** Milliseconds for which a concurrent redemption is remembered after its last request ended. */
const remembered = 1_000

interface Group {
  running: number
  concurrent: boolean
}

export class ConcurrentRedemptions {
  readonly #groups = new Map<string, Group>()

  /** Runs `work`, counted as one of the requests that present `token` at this moment. */
  async within<T>(token: string, work: () => Promise<T>): Promise<T> {
    const group = this.#groups.get(token) ?? { running: 0, concurrent: false }
    this.#groups.set(token, group)
    group.running += 1
    group.concurrent ||= group.running > 1
    try {
      return await work()
    } finally {
      group.running -= 1
      if (group.running === 0) this.#forget(token, group)
    }
  }

  /** Whether two or more requests presented `token` at the same moment. */
  isConcurrent(token: string): boolean {
    return this.#groups.get(token)?.concurrent === true
  }

  #forget(token: string, group: Group): void {
    const drop = (): void => {
      if (group.running === 0) this.#groups.delete(token)
    }
    if (group.concurrent) setTimeout(drop, remembered).unref()
    else drop()
  }
}
