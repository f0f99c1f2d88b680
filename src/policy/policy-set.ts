// Documents merged into one index: what one layer asks.
import type { Asked, Compiled, CompiledStatement } from './compiled.ts'
import { Found } from './prefix-tree.ts'
import { type Reach, reach } from './principal-names.ts'
import { type Bucket, StatementIndex } from './statement-index.ts'

/** Up to here asking every statement is faster than finding them. */
const few = 6

/** What one layer says to a request. */
export interface Verdict {
  /** The first Deny that applies; then `allow` was not looked for. */
  readonly deny: CompiledStatement | undefined
  /** The first Allow that applies, of those that reach furthest. */
  readonly allow: CompiledStatement | undefined
  readonly reach: Reach
}

const silent: Verdict = { deny: undefined, allow: undefined, reach: reach.none }

export class PolicySet {
  readonly documents: readonly Compiled[]
  /** By document, then by place: the order in which "first" is meant. */
  readonly statements: readonly CompiledStatement[]
  readonly #all: Bucket | undefined
  #index: StatementIndex | undefined
  #near: StatementIndex | undefined

  constructor(documents: readonly Compiled[]) {
    this.documents = documents
    this.statements = documents.flatMap((document) => document.statements)
    if (this.statements.length <= few)
      this.#all = {
        deny: [...this.statements.keys()].filter((place) => !this.statements[place]!.allow),
        allow: [...this.statements.keys()].filter((place) => this.statements[place]!.allow),
      }
  }

  ask(asked: Asked): Verdict {
    if (this.statements.length === 0) return silent
    const buckets = this.#find(asked)
    const deny = this.#firstDeny(asked, buckets)
    if (deny !== undefined) return { deny, allow: undefined, reach: reach.none }
    return this.#furthestAllow(asked, buckets)
  }

  /** Every statement that covers principal, action and resource, whatever its conditions; in order. For explanations. */
  near(asked: Asked): readonly CompiledStatement[] {
    if (this.#all !== undefined) return this.statements.filter((one) => isNear(one, asked))
    // Only sets that hang on conditions need a second index for this.
    this.#near ??= new StatementIndex(this.statements, { byCondition: false })
    this.#near.collect(asked, found.clear())
    const near: CompiledStatement[] = []
    for (const place of placesOf(found)) {
      const statement = this.statements[place]!
      if (isNear(statement, asked)) near.push(statement)
    }
    return near
  }

  #find(asked: Asked): Found<Bucket> {
    found.clear()
    if (this.#all !== undefined) found.add(this.#all)
    else {
      this.#index ??= new StatementIndex(this.statements, { byCondition: true })
      this.#index.collect(asked, found)
    }
    return found
  }

  #firstDeny(asked: Asked, buckets: Found<Bucket>): CompiledStatement | undefined {
    let first = this.statements.length
    for (let at = 0; at < buckets.count; at++)
      for (const place of buckets.items[at]!.deny) {
        if (place >= first) break
        const statement = this.statements[place]!
        if (statement.applies(asked) && statement.reachOf(asked) > 0) first = place
      }
    return this.statements[first]
  }

  #furthestAllow(asked: Asked, buckets: Found<Bucket>): Verdict {
    let first = this.statements.length
    let furthest: Reach = reach.none
    for (let at = 0; at < buckets.count; at++)
      for (const place of buckets.items[at]!.allow) {
        // Nothing reaches further than direct, so from here on only earlier places count.
        if (furthest === reach.direct && place >= first) break
        const statement = this.statements[place]!
        const how = statement.reachOf(asked)
        if (how < furthest || how === reach.none || (how === furthest && place >= first)) continue
        if (!statement.applies(asked)) continue
        first = place
        furthest = how
      }
    if (furthest === reach.none) return silent
    return { deny: undefined, allow: this.statements[first], reach: furthest }
  }

  /** Used by tests to see that nothing is asked one by one that need not be. */
  candidates(asked: Asked): number {
    return placesOf(this.#find(asked)).length
  }
}

// One search at a time: ask() and near() run to their end.
const found = new Found<Bucket>()

/** Every place in the buckets, once, ascending. */
function placesOf(buckets: Found<Bucket>): readonly number[] {
  if (buckets.count === 0) return []
  const { deny: denials, allow: grants } = buckets.items[0]!
  if (buckets.count === 1 && (denials.length === 0 || grants.length === 0))
    return denials.length === 0 ? grants : denials
  const places: number[] = []
  for (let at = 0; at < buckets.count; at++) {
    const { deny, allow } = buckets.items[at]!
    for (const place of deny) places.push(place)
    for (const place of allow) places.push(place)
  }
  return places.length > 1 ? [...new Set(places)].sort((a, b) => a - b) : places
}

const isNear = (statement: CompiledStatement, asked: Asked): boolean =>
  statement.reachOf(asked) > 0 && statement.covers(asked)
