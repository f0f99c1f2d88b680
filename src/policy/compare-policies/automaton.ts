// Finds one text for every combination in which texts can match, or not match, a list of patterns. The patterns are run
// together as one automaton; for each reachable set of matching patterns it yields a shortest such text. What holds for
// these few texts holds for all texts, as far as the patterns can distinguish them.

import type { Work } from './work.ts'

/** A UTF-16 code unit, or a negative number for a wildcard. */
export type Token = number
/** Matches any sequence. */
export const star = -1
/** Matches one code unit. */
export const one = -2
/** The same two wildcards without matching a colon, for the first five parts of an ARN. */
export const starInPart = -3
export const oneInPart = -4

const colon = 0x3a

/** Candidates for a code unit that no pattern contains; the first unused one represents all others. */
const fillers = 'xyzabcdefghijklmnopqrstuvw0123456789-_.,;!#'

export interface Representatives {
  readonly texts: readonly string[]
  /** False when the automaton had more states, or took more work, than was allowed. */
  readonly complete: boolean
}

/**
 * Returns texts, shortest first, one for each set of patterns that some text matches exclusively.
 * @param maxStates how many automaton states to visit before giving up
 * @param work what each state takes is spent of it
 */
export function representatives(
  patterns: readonly (readonly Token[])[],
  maxStates: number,
  work: Work,
): Representatives {
  const run = new Run(patterns)
  const start = run.start()
  const seen = new Set([keyOf(start)])
  const queue: { readonly state: readonly number[]; readonly text: string }[] = [{ state: start, text: '' }]
  const fits = new Map<string, string>()
  for (let at = 0; at < queue.length; at++) {
    const { state, text } = queue[at]!
    const fit = run.accepted(state)
    if (!fits.has(fit)) fits.set(fit, text)
    for (const unit of run.unitsThatMatter(state)) {
      const next = run.step(state, unit)
      const isWithin = work.spend(state.length + next.length)
      const key = keyOf(next)
      if (isWithin && seen.has(key)) continue
      if (!isWithin || seen.size >= maxStates) return { texts: [...fits.values()], complete: false }
      seen.add(key)
      queue.push({ state: next, text: text + String.fromCharCode(unit) })
    }
  }
  return { texts: [...fits.values()], complete: true }
}

const keyOf = (state: readonly number[]): string => state.join()

/**
 * Numbers the positions of all patterns consecutively. A state is a sorted list of positions, each before a token or at the
 * end of a pattern.
 */
class Run {
  readonly #tokens: Token[] = []
  /** Marks the end of each pattern. */
  static readonly #end = -9
  readonly #starts: number[] = []

  constructor(patterns: readonly (readonly Token[])[]) {
    for (const pattern of patterns) {
      this.#starts.push(this.#tokens.length)
      for (const token of pattern) this.#tokens.push(token)
      this.#tokens.push(Run.#end)
    }
  }

  start(): readonly number[] {
    return this.#closed(this.#starts)
  }

  /** A star may match nothing, so the position after it is reachable too. */
  #closed(places: Iterable<number>): readonly number[] {
    const all = new Set<number>()
    for (let place of places) {
      while (!all.has(place)) {
        all.add(place)
        const token = this.#tokens[place]
        if (token !== star && token !== starInPart) break
        place++
      }
    }
    return [...all].sort((a, b) => a - b)
  }

  accepted(state: readonly number[]): string {
    return state.filter((place) => this.#tokens[place] === Run.#end).join()
  }

  /** The code units that the patterns distinguish in this state, and one that represents all others. */
  unitsThatMatter(state: readonly number[]): readonly number[] {
    const units = new Set<number>()
    for (const place of state) {
      const token = this.#tokens[place]!
      if (token >= 0) units.add(token)
      else if (token === starInPart || token === oneInPart) units.add(colon)
    }
    return [unitNotIn(units), ...units]
  }

  step(state: readonly number[], unit: number): readonly number[] {
    const next: number[] = []
    for (const place of state) {
      const token = this.#tokens[place]!
      if (token === star || (token === starInPart && unit !== colon)) next.push(place)
      else if (token === one || token === unit || (token === oneInPart && unit !== colon))
        next.push(place + 1)
    }
    return this.#closed(next)
  }
}

function unitNotIn(units: ReadonlySet<number>): number {
  for (let at = 0; at < fillers.length; at++)
    if (!units.has(fillers.charCodeAt(at))) return fillers.charCodeAt(at)
  let unit = 0x100
  while (units.has(unit)) unit++
  return unit
}
