// The search over classes of requests.
import type { Asked } from '../compiled.ts'
import type { DocumentKind } from '../document.ts'
import { askedOf } from '../evaluate.ts'
import { type Reach, reach } from '../principal-names.ts'
import type { Context, ContextValue, Principal, Request } from '../request.ts'
import { representatives } from './automaton.ts'
import { guess } from './guess.ts'
import { type KeyValue, type KeyValues, keyValues } from './key-values.ts'
import { denied, effective, type Part, type Said, verdict } from './part.ts'
import { type Piece, Pieces } from './pieces.ts'
import { principalsOf } from './principals.ts'
import { literal, tokensOf } from './tokens.ts'

export type Comparison =
  | { readonly narrower: true }
  /** `request` is allowed after and was not before. */
  | { readonly narrower: false; readonly request: Request }
  /** Lower case, no full stop. */
  | { readonly narrower: 'unknown'; readonly why: string }

/** `allows`: whether more is allowed. `spares`: whether anything is no longer denied that was. */
export type Measure = 'allows' | 'spares'

export interface Effort {
  /** Automaton states for actions, and for resources. */
  readonly states: number
  /** Classes of requests looked at. */
  readonly classes: number
  /** Requests tried where the classes could not all be looked at. */
  readonly guesses: number
}

const fullEffort: Effort = { states: 30_000, classes: 300_000, guesses: 5000 }

export function compareParts(
  before: readonly Part[],
  after: readonly Part[],
  kind: DocumentKind,
  measure: Measure = 'allows',
  effort: Effort = fullEffort,
): Comparison {
  return new Search(before, after, kind, measure, effort).run()
}

/** Thrown when the effort is spent; never leaves this file. */
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
  #looked = 0
  /** Sets of statements that were looked at with every value of their keys, and gave nothing. */
  readonly #settled = new Set<string>()
  /** Open pieces that a class hangs on which is wider or not. */
  readonly #doubts = new Set<string>()

  constructor(
    before: readonly Part[],
    after: readonly Part[],
    kind: DocumentKind,
    measure: Measure,
    effort: Effort,
  ) {
    this.#before = before
    this.#after = after
    this.#all = [...before, ...after]
    this.#kind = kind
    this.#measure = measure
    this.#effort = effort
    this.#values = keyValues(this.#all)
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
      why === '' && this.#doubts.size === 0
        ? undefined
        : this.#guess(actions.texts, resources.texts, principals ?? [])
    if (guessed !== undefined) return { narrower: false, request: guessed }
    if (why !== '') return { narrower: 'unknown', why }
    if (this.#doubts.size === 0) return { narrower: true }
    const told = [...this.#doubts].slice(0, 3).join(' and ')
    return { narrower: 'unknown', why: `it hangs on ${told}, and no request was found that shows it` }
  }

  #guess(
    actions: readonly string[],
    resources: readonly string[],
    principals: readonly Principal[],
  ): Request | undefined {
    const isWider = (request: Request) => this.#isWider(request)
    const sides = { before: this.#before, after: this.#after, values: this.#values, isWider }
    const found = guess(sides, { actions, resources, principals }, this.#effort.guesses)
    return found === undefined ? undefined : this.#spelled(found)
  }

  /** In lower case, as they are compared; only such as have a service and a name. */
  #actions(): { readonly texts: readonly string[]; readonly complete: boolean } {
    const written = this.#all.flatMap(({ statement }) => statement.actions ?? statement.notActions ?? [])
    const options = { version: '2008-10-17', wildcards: true, arn: 'never', ignoreCase: true } as const
    const lists = distinct(written.map(({ text }) => text.toLowerCase())).map(
      (text) => tokensOf(text, options).tokens ?? [],
    )
    // Which action is free to all is not the policy's doing (evaluate.ts), so it stands for no other.
    const made = representatives(
      [...lists, tokensOf('?*:?*', options).tokens ?? [], literal(freeAction)],
      this.#effort.states,
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
    )
    return { texts: made.texts.filter((text) => text !== ''), complete: made.complete }
  }

  #walk(
    actions: readonly string[],
    resources: readonly string[],
    principals: readonly Principal[],
  ): Request | undefined {
    for (const principal of principals)
      for (const action of actions)
        for (const resource of resources) {
          const found = this.#lookAt({ principal, action, resource, context: noContext })
          if (found !== undefined) return this.#spelled(found)
        }
    return undefined
  }

  /** Every way in which the conditions can turn out, for one action, resource and caller. */
  #lookAt(request: Request): Request | undefined {
    this.#spend()
    const asked = askedOf(request, false)
    const before = concerned(this.#before, asked, this.#values)
    const after = concerned(this.#after, asked, this.#values)
    const mayDiffer =
      this.#measure === 'allows' ? after.some(({ allow }) => allow) : before.some(({ allow }) => !allow)
    if (!mayDiffer) return undefined
    // How far a reach counts is the kind of caller's too (part.ts, effective).
    const key = `${request.principal.kind} ${before.map(({ key }) => key).join()}/${after.map(({ key }) => key).join()}`
    if (this.#settled.has(key)) return undefined
    const found = this.#try(request, before, after)
    if (found === undefined) this.#settled.add(key)
    return found
  }

  #try(request: Request, before: readonly Concerned[], after: readonly Concerned[]): Request | undefined {
    const pieces = new Pieces([...before, ...after].flatMap(({ pieces }) => pieces))
    for (const way of pieces.ways(this.#values, () => this.#spend())) {
      const { principal } = request
      if (
        this.#measured(saidBy(after, way.holds), principal) <=
        this.#measured(saidBy(before, way.holds), principal)
      )
        continue
      if (way.open.length === 0) {
        const shown = { ...request, context: contextFrom(way.values) }
        // The engine's own word, so that no fault of this search makes a counter-example.
        if (this.#isWider(shown)) return shown
        this.#doubts.add('a class of requests that the engine sees otherwise')
      }
      for (const piece of way.open) this.#doubts.add(piece.text)
    }
    return undefined
  }

  /** True when `after` reaches the request further than `before`, as the engine decides it. */
  #isWider(request: Request): boolean {
    const asked = askedOf(request, false)
    const { principal } = request
    return (
      this.#measured(verdict(this.#after, asked), principal) >
      this.#measured(verdict(this.#before, asked), principal)
    )
  }

  #measured(said: Said, principal: Principal): number {
    const how = effective(said, principal)
    return this.#measure === 'allows' ? Math.max(0, how) : Math.min(0, how)
  }

  #spend(): void {
    if (++this.#looked > this.#effort.classes) throw new Spent()
  }

  /** With the action spelled as the policy spells it. */
  #spelled(request: Request): Request {
    const written = this.#after.flatMap(({ statement }) => statement.actions ?? [])
    let best = ''
    for (const { text } of written) {
      const fixed = text.split(/[*?]/, 1)[0] ?? ''
      if (fixed.length > best.length && request.action.startsWith(fixed.toLowerCase())) best = fixed
    }
    return { ...request, action: best + request.action.slice(best.length) }
  }
}

const freeAction = 'sts:getcalleridentity'
const noContext: Context = new Map()

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)]
const distinctLists = (lists: readonly (readonly number[])[]): readonly (readonly number[])[] => [
  ...new Map(lists.map((list) => [list.join(), list])).values(),
]

/** A statement that covers a request, with what is left to ask of it. */
interface Concerned {
  readonly key: string
  readonly allow: boolean
  readonly reach: Reach
  readonly pieces: readonly Piece[]
}

function concerned(parts: readonly Part[], asked: Asked, values: KeyValues): readonly Concerned[] {
  return parts.flatMap((part, at): Concerned[] => {
    const { compiled } = part
    const how = compiled.reachOf(asked)
    if (how === reach.none || !compiled.actions.matches(asked.action, noContext)) return []
    const pieces = Pieces.of(part, asked.resource, values)
    if (pieces === undefined) return []
    const key = `${at}:${how}:${pieces.map(openText).join('|')}`
    return [{ key, allow: compiled.allow, reach: how, pieces }]
  })
}

const openText = (piece: Piece): string =>
  piece.kind === 'listed' ? '' : piece.kind === 'open' ? piece.text : piece.of.map(openText).join('+')

function saidBy(statements: readonly Concerned[], holds: (piece: Piece) => boolean): Said {
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
