// Outside the servers: what they have acknowledged, and what they must never do. Everything is judged at the end from this.
import { isLinearizable, onceModel, type Spent } from './linearizable.ts'

interface Tried {
  readonly input: 'spend'
  readonly output: Spent | undefined
  readonly began: number
  readonly ended: number
}

export interface Once {
  readonly what: string
  readonly tries: Tried[]
  /** How often clocks had jumped when it was made: with clocks apart it may be refused unspent. */
  readonly skews: number
}

export class Recorder {
  /** Name → whether an acknowledged change left it there; undefined: nobody knows. */
  readonly users = new Map<string, boolean | undefined>()
  readonly onces: Once[] = []
  readonly violations: string[] = []
  readonly counts: Record<string, number> = {}
  /** Odd while clocks are apart. */
  skews = 0
  /** Tries that have not ended. */
  underWay = 0

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1
  }

  violated(what: string): void {
    if (this.violations.length < 50) this.violations.push(what)
  }

  /** `skews` as it was before the thing came to be. */
  once(what: string, skews: number): Once {
    const once = { what, tries: [], skews }
    this.onces.push(once)
    return once
  }

  /** Runs one try at it; `work` says what came of it, undefined when that is not known. */
  async spend(once: Once, work: () => Promise<Spent | undefined>): Promise<Spent | undefined> {
    const began = performance.now()
    this.underWay += 1
    const output = await work().catch(() => undefined)
    this.underWay -= 1
    const skewed = this.skews !== once.skews || once.skews % 2 === 1
    // While clocks are apart a refusal says nothing, not even that the refused did not spend it; a success still does.
    const known = output === 'lost' && skewed ? undefined : output
    once.tries.push({ input: 'spend', output: known, began, ended: performance.now() })
    this.count(`${once.what} ${output === undefined ? 'unknown' : output === 'lost' ? 'lost' : 'won'}`)
    return output
  }

  /** Every one-time thing must have a history that is possible. */
  judgeOnces(): void {
    for (const { what, tries } of this.onces)
      if (!isLinearizable(onceModel, tries)) this.violated(`${what}: ${JSON.stringify(tries)}`)
  }
}
