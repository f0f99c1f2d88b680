// One text for every way in which texts can fit, or not fit, a list of patterns. The patterns are run side by side as one
// automaton over all texts; each set of patterns that some text fits is reached, by a shortest such text. So what holds
// of these few texts holds of all texts, as far as the patterns can tell them apart.

/** UTF-16 code units, and below zero the wildcards. */
export type Token = number
/** Any run. */
export const star = -1
/** One code unit. */
export const one = -2
/** As those two, without a colon: in the first five parts of an ARN. */
export const starInPart = -3
export const oneInPart = -4

const colon = 0x3a

/** What stands for a code unit that no pattern names; the first that is free. */
const strangers = 'xyzabcdefghijklmnopqrstuvw0123456789-_.,;!#'

export interface Representatives {
  readonly texts: readonly string[]
  /** False when there were too many states to see them all. */
  readonly complete: boolean
}

/**
 * Texts, shortest first, one for each set of patterns that some text fits alone.
 * @param mostStates automaton states looked at before giving up
 */
export function representatives(
  patterns: readonly (readonly Token[])[],
  mostStates: number,
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
      const key = keyOf(next)
      if (seen.has(key)) continue
      if (seen.size >= mostStates) return { texts: [...fits.values()], complete: false }
      seen.add(key)
      queue.push({ state: next, text: text + String.fromCharCode(unit) })
    }
  }
  return { texts: [...fits.values()], complete: true }
}

const keyOf = (state: readonly number[]): string => state.join()

/** All patterns' places in one numbering: a state is a sorted list of places, each before some token or at an end. */
class Run {
  readonly #tokens: Token[] = []
  /** After the last token of each pattern stands this. */
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

  /** A star may be passed without reading. */
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

  /** The code units that patterns tell apart from here, and one that stands for all others. */
  unitsThatMatter(state: readonly number[]): readonly number[] {
    const units = new Set<number>()
    for (const place of state) {
      const token = this.#tokens[place]!
      if (token >= 0) units.add(token)
      else if (token === starInPart || token === oneInPart) units.add(colon)
    }
    return [strangerTo(units), ...units]
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

function strangerTo(units: ReadonlySet<number>): number {
  for (let at = 0; at < strangers.length; at++)
    if (!units.has(strangers.charCodeAt(at))) return strangers.charCodeAt(at)
  let unit = 0x100
  while (units.has(unit)) unit++
  return unit
}
