// Searches the classes of requests for one that the two sides decide differently.
import type { PreparedRequest } from '../engine/compiled.ts'
import { prepareRequest } from '../engine/evaluate.ts'
import { type Reach, reach } from '../engine/principal-names.ts'
import type { DocumentKind } from '../language/document.ts'
import type { Context, ContextValue, Principal, Request } from '../request.ts'
import { representatives } from './automaton.ts'
import { guess } from './guess.ts'
import { type KeyValue, type KeyValues, keyValues } from './key-values.ts'
import { denied, effective, type LayerVerdict, type Part, verdict } from './part.ts'
import { type Costs, type Piece, Pieces } from './pieces.ts'
import { principalsOf } from './principals.ts'
import { literal, tokensOf } from './tokens.ts'
import { Work } from './work.ts'

export type Comparison =
  | { readonly narrower: true }
  /** `request` is allowed after and was not allowed before. */
  | { readonly narrower: false; readonly request: Request }
  /** Lower case, no full stop. */
  | { readonly narrower: 'unknown'; readonly why: string }

/** `allows`: whether more is allowed. `spares`: whether something that was denied no longer is. */
export type Measure = 'allows' | 'spares'

export interface Effort {
  /** Automaton states, for actions and again for resources. */
  readonly states: number
  /** Classes of requests to examine. */
  readonly classes: number
  /** Random requests to try when the classes could not all be examined. */
  readonly guesses: number
}

const fullEffort: Effort = { states: 30_000, classes: 300_000, guesses: 5000 }

/** How many combinations of caller, action and resource were compared, of how many. Called very often: it must be cheap. */
export type CompareProgress = (compared: number, total: number) => void

export interface CompareOptions {
  /** Default `allows`. */
  readonly measure?: Measure
  readonly effort?: Effort
  /** Bounds the time; several comparisons may share it. Default: no limit. */
  readonly work?: Work
  readonly progress?: CompareProgress | undefined
}

export function compareParts(
  before: readonly Part[],
  after: readonly Part[],
  kind: DocumentKind,
  options: CompareOptions = {},
): Comparison {
  return new Search(before, after, kind, options).run()
}

/** Thrown when the effort is exhausted; caught in this file. */
class Spent extends Error {
  override readonly name = 'Spent'
}

class Search {
  readonly #before: readonly Part[]
  readonly #after: readonly Part[]
  readonly #all: readonly Part[]
  readonly #kind: DocumentKind
  readonly #measure: Measure
  readonly #effort: Effort
  readonly #values: KeyValues
  readonly #progress: CompareProgress
  readonly #work: Work
  /** Units of work to match the statements of both sides with one request. */
  readonly #matching: number
  readonly #costs: Costs = {
    combination: (units) => this.#spend(units),
    list: (units) => this.#charge(units),
  }
  #looked = 0
  /** Combinations of caller, action and resource: those that were compared, and all. */
  #compared = 0
  #combinations = 0
  /** Sets of statements already examined with every value of their keys, without a difference. */
  readonly #settled = new Set<string>()
  /** Open expressions on which an undecided class depends. */
  readonly #unresolved = new Set<string>()

  constructor(
    before: readonly Part[],
    after: readonly Part[],
    kind: DocumentKind,
    {
      measure = 'allows',
      effort = fullEffort,
      work = new Work(),
      progress = () => undefined,
    }: CompareOptions,
  ) {
    this.#before = before
    this.#after = after
    this.#all = [...before, ...after]
    this.#kind = kind
    this.#measure = measure
    this.#effort = effort
    this.#progress = progress
    this.#work = work
    this.#matching = this.#all.reduce((sum, part) => sum + matchingOf(part), 1)
    this.#values = keyValues(this.#all, work)
  }

  run(): Comparison {
    const actions = this.#actions()
    const resources = this.#resources()
    const principals = principalsOf(this.#all, this.#kind)
    let why = ''
    if (!actions.complete || !resources.complete) why = 'the patterns can overlap in too many ways'
    else if (principals === undefined) why = 'too many principals are named'
    try {
      const found = this.#walk(actions.texts, resources.texts, principals ?? [])
      if (found !== undefined) return { narrower: false, request: found }
    } catch (error) {
      if (!(error instanceof Spent)) throw error
      why = 'there are too many combinations to look at'
    }
    const guessed =
      why === '' && this.#unresolved.size === 0
        ? undefined
        : this.#guess(actions.texts, resources.texts, principals ?? [])
    if (guessed !== undefined) return { narrower: false, request: guessed }
    if (why !== '') return { narrower: 'unknown', why }
    if (this.#unresolved.size === 0) return { narrower: true }
    const unresolved = [...this.#unresolved].slice(0, 3).join(' and ')
    return { narrower: 'unknown', why: `it depends on ${unresolved}, and no request was found as evidence` }
  }

  #guess(
    actions: readonly string[],
    resources: readonly string[],
    principals: readonly Principal[],
  ): Request | undefined {
    const isWider = (request: Request) => this.#isWider(request)
    const work = this.#work.quarter()
    const mayGoOn = () => work.spend(this.#matching * (1 + actions.length))
    const sides = { before: this.#before, after: this.#after, values: this.#values, isWider }
    const found = guess(
      sides,
      { actions, resources, principals },
      {
        most: this.#effort.guesses,
        mayGoOn,
      },
    )
    return found === undefined ? undefined : this.#spelled(found)
  }

  /** In lower case, as actions are compared; only those with a service and a name. */
  #actions(): { readonly texts: readonly string[]; readonly complete: boolean } {
    const written = this.#all.flatMap(({ statement }) => statement.actions ?? statement.notActions ?? [])
    const options = { version: '2008-10-17', wildcards: true, arn: 'never', ignoreCase: true } as const
    const lists = distinct(written.map(({ text }) => text.toLowerCase())).map(
      (text) => tokensOf(text, options).tokens ?? [],
    )
    // An action that is always allowed (evaluate.ts) is not the policy's effect, so it must not represent other actions.
    const made = representatives(
      [...lists, tokensOf('?*:?*', options).tokens ?? [], literal(freeAction)],
      this.#effort.states,
      this.#work,
    )
    const texts = made.texts.filter((text) => /^[^:]+:./s.test(text) && text !== freeAction)
    return { texts, complete: made.complete }
  }

  #resources(): { readonly texts: readonly string[]; readonly complete: boolean } {
    if (this.#kind === 'trust') return { texts: ['arn:aws:iam::111122223333:role/role'], complete: true }
    const lists = this.#all.flatMap(({ statement, version }) =>
      (statement.resources ?? statement.notResources ?? []).map(
        ({ text }) => tokensOf(text, { version, wildcards: true, arn: 'if-head-is-wild' }).tokens ?? [],
      ),
    )
    const made = representatives(
      [
        ...distinctLists(lists),
        tokensOf('?*', { version: '2008-10-17', wildcards: true, arn: 'never' }).tokens ?? [],
      ],
      this.#effort.states,
      this.#work,
    )
    return { texts: made.texts.filter((text) => text !== ''), complete: made.complete }
  }

  #walk(
    actions: readonly string[],
    resources: readonly string[],
    principals: readonly Principal[],
  ): Request | undefined {
    this.#combinations = principals.length * actions.length * resources.length
    for (const principal of principals)
      for (const action of actions)
        for (const resource of resources) {
          const found = this.#lookAt({ principal, action, resource, context: noContext })
          if (found !== undefined) return this.#spelled(found)
          this.#compared++
        }
    return undefined
  }

  /** Tries every combination of condition results for one action, resource and caller. */
  #lookAt(request: Request): Request | undefined {
    this.#spend(this.#matching)
    const prepared = prepareRequest(request, false)
    const before = concerned(this.#before, prepared, this.#values)
    const after = concerned(this.#after, prepared, this.#values)
    const mayDiffer =
      this.#measure === 'allows' ? after.some(({ allow }) => allow) : before.some(({ allow }) => !allow)
    if (!mayDiffer) return undefined
    // How far a grant reaches also depends on the kind of caller (effective() in part.ts).
    const key = `${request.principal.kind} ${before.map(({ key }) => key).join()}/${after.map(({ key }) => key).join()}`
    if (this.#settled.has(key)) return undefined
    const found = this.#try(request, before, after)
    if (found === undefined) this.#settled.add(key)
    return found
  }

  #try(request: Request, before: readonly Concerned[], after: readonly Concerned[]): Request | undefined {
    const pieces = new Pieces([...before, ...after].flatMap(({ pieces }) => pieces))
    for (const way of pieces.ways(this.#values, this.#costs)) {
      const { principal } = request
      if (
        this.#measured(saidBy(after, way.holds), principal) <=
        this.#measured(saidBy(before, way.holds), principal)
      )
        continue
      if (way.open.length === 0) {
        const shown = { ...request, context: contextFrom(way.values) }
        // Confirmed by the engine itself, so that an error in this search cannot produce a false counter-example.
        if (this.#isWider(shown)) return shown
        this.#unresolved.add('a class of requests that the engine decides differently')
      }
      for (const piece of way.open) this.#unresolved.add(piece.text)
    }
    return undefined
  }

  /** True when the engine finds that `after` grants more for the request than `before`. */
  #isWider(request: Request): boolean {
    const prepared = prepareRequest(request, false)
    const { principal } = request
    return (
      this.#measured(verdict(this.#after, prepared), principal) >
      this.#measured(verdict(this.#before, prepared), principal)
    )
  }

  #measured(reached: LayerVerdict, principal: Principal): number {
    const how = effective(reached, principal)
    return this.#measure === 'allows' ? Math.max(0, how) : Math.min(0, how)
  }

  /** For one more class of requests. */
  #spend(units: number): void {
    this.#progress(this.#compared, this.#combinations)
    if (++this.#looked > this.#effort.classes) throw new Spent()
    this.#charge(units)
  }

  #charge(units: number): void {
    if (!this.#work.spend(units)) throw new Spent()
  }

  /** The request with its action spelled as in the policy. */
  #spelled(request: Request): Request {
    // What is no longer denied is written in the policies before alone.
    const written = this.#all.flatMap(({ statement }) => statement.actions ?? [])
    let best = ''
    for (const { text } of written) {
      const fixed = text.split(/[*?]/, 1)[0] ?? ''
      if (fixed.length > best.length && request.action.startsWith(fixed.toLowerCase())) best = fixed
    }
    return { ...request, action: best + request.action.slice(best.length) }
  }
}

const matchingOf = ({ statement: { actions, notActions, resources, notResources } }: Part): number =>
  [...(actions ?? notActions ?? []), ...(resources ?? notResources ?? [])].reduce(
    (sum, { text }) => sum + matchingOne(text),
    1,
  )

/** Most patterns are decided at their first characters; those with many stars, and variables, which can be any text, take longer. */
function matchingOne(text: string): number {
  if (text.includes('${')) return text.length ** 2 / 8
  return text.split('*', 4).length < 4 ? 0.25 : text.length / 8
}

const freeAction = 'sts:getcalleridentity'
const noContext: Context = new Map()

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)]
const distinctLists = (lists: readonly (readonly number[])[]): readonly (readonly number[])[] => [
  ...new Map(lists.map((list) => [list.join(), list])).values(),
]

/** A statement that covers a request, with the conditions that remain to be evaluated. */
interface Concerned {
  readonly key: string
  readonly allow: boolean
  readonly reach: Reach
  readonly pieces: readonly Piece[]
}

function concerned(
  parts: readonly Part[],
  prepared: PreparedRequest,
  values: KeyValues,
): readonly Concerned[] {
  return parts.flatMap((part, at): Concerned[] => {
    const { compiled } = part
    const how = compiled.reachOf(prepared)
    if (how === reach.none || !compiled.actions.matches(prepared.action, noContext)) return []
    const pieces = Pieces.of(part, prepared.resource, values)
    if (pieces === undefined) return []
    const key = `${at}:${how}:${pieces.map(openText).join('|')}`
    return [{ key, allow: compiled.allow, reach: how, pieces }]
  })
}

const openText = (piece: Piece): string =>
  piece.kind === 'listed' ? '' : piece.kind === 'open' ? piece.text : piece.of.map(openText).join('+')

function saidBy(statements: readonly Concerned[], holds: (piece: Piece) => boolean): LayerVerdict {
  let furthest: Reach = reach.none
  for (const { allow, reach: how, pieces } of statements) {
    if (!pieces.every(holds)) continue
    if (!allow) return denied
    if (how > furthest) furthest = how
  }
  return furthest
}

const contextFrom = (values: ReadonlyMap<string, KeyValue>): Context =>
  new Map([...values].filter((entry): entry is [string, ContextValue] => entry[1] !== undefined))
