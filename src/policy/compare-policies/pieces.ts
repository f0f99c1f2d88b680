// What remains to be evaluated once action, resource and caller are known: conditions on keys whose values can be listed,
// and open expressions, which may be true or false. Enumerates all combinations of results.
import type { CompiledCondition } from '../engine/conditions.ts'
import { compiledOf, type KeyValue, type KeyValues } from './key-values.ts'
import type { Part } from './part.ts'
import { tokensOf } from './tokens.ts'

export type Piece =
  | { readonly kind: 'listed'; readonly key: string; readonly condition: CompiledCondition }
  /** Two open expressions with the same text have the same value. */
  | { readonly kind: 'open'; readonly text: string; readonly negated: boolean }
  | { readonly kind: 'any'; readonly of: readonly Extract<Piece, { kind: 'open' }>[] }

export interface Way {
  readonly values: ReadonlyMap<string, KeyValue>
  /** Open expressions whose value was assumed. */
  readonly open: readonly Extract<Piece, { kind: 'open' }>[]
  readonly holds: (piece: Piece) => boolean
}

/** Called before the work is done, with its units (work.ts). */
export interface Costs {
  readonly combination: (units: number) => void
  /** For the values of one key. */
  readonly list: (units: number) => void
}

export class Pieces {
  readonly #keys: ReadonlyMap<string, readonly CompiledCondition[]>
  readonly #open: readonly string[]

  constructor(pieces: readonly Piece[]) {
    const keys = new Map<string, Set<CompiledCondition>>()
    const open = new Set<string>()
    for (const piece of pieces) {
      if (piece.kind === 'open') open.add(piece.text)
      else if (piece.kind === 'any') for (const one of piece.of) open.add(one.text)
      else keys.set(piece.key, (keys.get(piece.key) ?? new Set()).add(piece.condition))
    }
    this.#keys = new Map([...keys].map(([key, conditions]) => [key, [...conditions]]))
    this.#open = [...open]
  }

  /** The remaining conditions of a statement for this resource; undefined when the statement does not cover the resource. */
  static of(part: Part, resource: string, values: KeyValues): readonly Piece[] | undefined {
    const open = openResource(part, resource)
    if (open === false) return undefined
    const conditions = part.statement.conditions.map((condition): Piece => {
      const compiled = compiledOf(part, condition)
      const key = condition.key.text.toLowerCase()
      if (values.get(key) !== undefined) return { kind: 'listed', key, condition: compiled }
      const wanted = compiled.wanted.toSorted().join(', ')
      return {
        kind: 'open',
        text: `\`${compiled.name}\` of \`${compiled.key}\` with \`${wanted}\`${part.version === '2008-10-17' ? ' taken literally' : ''}`,
        negated: false,
      }
    })
    return open === true ? conditions : [open, ...conditions]
  }

  *ways(values: KeyValues, costs: Costs): Generator<Way> {
    const keys = [...this.#keys].map(([key, conditions]) => {
      const candidates = values.get(key) ?? []
      costs.list(candidates.length * evaluating(conditions))
      return { key, conditions, values: distinctBy(conditions, key, candidates) }
    })
    const each = keys.reduce((sum, { conditions }) => sum + evaluating(conditions), 1)
    const assumed = new Map<string, boolean>()
    for (const chosen of choices(keys.map((one) => one.values))) {
      const context = new Map(keys.map(({ key }, at) => [key, chosen[at]]))
      const truth = truthOf(keys, chosen)
      for (let bits = 0; bits < 2 ** Math.min(this.#open.length, 20); bits++) {
        costs.combination(each)
        for (const [at, text] of this.#open.entries()) assumed.set(text, ((bits >>> at) & 1) === 1)
        const holds = (piece: Piece): boolean => {
          if (piece.kind === 'listed') return truth.get(piece.condition)!
          if (piece.kind === 'any') return piece.of.some(holds)
          return assumed.get(piece.text) !== piece.negated
        }
        const open = this.#open.map((text) => ({ kind: 'open', text, negated: false }) as const)
        yield { values: context, open, holds }
      }
    }
  }
}

/** Units of work to evaluate these conditions. */
const evaluating = (conditions: readonly CompiledCondition[]): number =>
  conditions.reduce((sum, { wanted }) => sum + 2 + wanted.reduce((all, text) => all + text.length, 0) / 8, 0)

/** True: covered. False: not covered. Otherwise the expression on which it depends. */
function openResource({ statement, compiled, version }: Part, resource: string): Piece | boolean {
  const list = statement.resources ?? statement.notResources
  if (list === undefined || compiled.resources === undefined) return true
  const not = statement.resources === undefined
  const { patterns } = compiled.resources
  const fixed = patterns.some(
    (pattern) => pattern.variables.length === 0 && pattern.matches(resource, noContext),
  )
  if (fixed) return !not
  const texts = list.filter((_, at) => patterns[at]!.variables.length > 0).map(({ text }) => text)
  if (texts.length === 0) return not
  // For a NotResource with a variable that may not resolve, all that is known is that both results are possible.
  if (not)
    return { kind: 'open', text: `\`NotResource\` with \`${texts.toSorted().join('`, `')}\``, negated: false }
  const possible = texts.filter((text) => couldCover(text, version, resource))
  if (possible.length === 0) return false
  return {
    kind: 'any',
    of: possible.map((text) => ({ kind: 'open', text: `\`Resource\` \`${text}\``, negated: false })),
  }
}

const noContext: ReadonlyMap<string, string> = new Map()

/** Whether the pattern matches the resource for some value of its variables. */
function couldCover(text: string, version: Part['version'], resource: string): boolean {
  const { tokens } = tokensOf(text, { version, wildcards: true, arn: 'if-head-is-wild' })
  return tokens !== undefined && covers(tokens, resource)
}

/** Matches tokens without ARN parts; a pattern with variables has none (tokens.ts). */
function covers(tokens: readonly number[], text: string): boolean {
  let places = new Set(passed(tokens, [0]))
  for (let at = 0; at < text.length; at++) {
    const next: number[] = []
    for (const place of places) {
      const token = tokens[place]
      if (token === -1) next.push(place)
      else if (token === -2 || token === text.charCodeAt(at)) next.push(place + 1)
    }
    places = new Set(passed(tokens, next))
  }
  return places.has(tokens.length)
}

const passed = (tokens: readonly number[], places: readonly number[]): readonly number[] =>
  places.flatMap((from) => {
    const all = [from]
    while (tokens[all.at(-1)!] === -1) all.push(all.at(-1)! + 1)
    return all
  })

interface Tried {
  readonly key: string
  readonly conditions: readonly CompiledCondition[]
  readonly values: readonly KeyValue[]
}

const contextWith = (key: string, value: KeyValue): ReadonlyMap<string, string | readonly string[]> =>
  new Map(value === undefined ? [] : [[key, value]])

/** One value for each combination of results of these conditions. */
function distinctBy(
  conditions: readonly CompiledCondition[],
  key: string,
  values: readonly KeyValue[],
): readonly KeyValue[] {
  const seen = new Map<string, KeyValue>()
  for (const value of values) {
    const context = contextWith(key, value)
    const truth = conditions.map((condition) => (condition.holds(context) ? 1 : 0)).join('')
    if (!seen.has(truth)) seen.set(truth, value)
  }
  return [...seen.values()]
}

function truthOf(
  keys: readonly Tried[],
  chosen: readonly KeyValue[],
): ReadonlyMap<CompiledCondition, boolean> {
  const truth = new Map<CompiledCondition, boolean>()
  for (const [at, { key, conditions }] of keys.entries()) {
    const context = contextWith(key, chosen[at])
    for (const condition of conditions) truth.set(condition, condition.holds(context))
  }
  return truth
}

/** Every combination of one element from each list. */
function* choices<T>(from: readonly (readonly T[])[]): Generator<readonly T[]> {
  const [first, ...rest] = from
  if (first === undefined) {
    yield []
    return
  }
  for (const others of choices(rest)) for (const one of first) yield [one, ...others]
}
