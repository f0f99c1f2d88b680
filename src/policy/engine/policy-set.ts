// Documents merged into one index: the policies of one layer.
import type { Compiled, CompiledStatement, PreparedRequest } from './compiled.ts'
import { ReusableList } from './prefix-tree.ts'
import { type Reach, reach } from './principal-names.ts'
import { type Bucket, StatementIndex } from './statement-index.ts'

/** Up to this many statements, a linear search is faster than the index. */
const few = 6

/** The verdict of one layer. */
export interface Verdict {
  /** The first Deny that applies; when set, `allow` was not searched. */
  readonly deny: CompiledStatement | undefined
  /** The first Allow that applies, among those that reach furthest. */
  readonly allow: CompiledStatement | undefined
  readonly reach: Reach
}

const silent: Verdict = { deny: undefined, allow: undefined, reach: reach.none }

export class PolicySet {
  readonly documents: readonly Compiled[]
  /** By document, then by position: the order that "first" refers to. */
  readonly statements: readonly CompiledStatement[]
  readonly #all: Bucket | undefined
  #index: StatementIndex | undefined
  #coveringIndex: StatementIndex | undefined

  constructor(documents: readonly Compiled[]) {
    this.documents = documents
    this.statements = documents.flatMap((document) => document.statements)
    if (this.statements.length <= few)
      this.#all = {
        deny: [...this.statements.keys()].filter((place) => !this.statements[place]!.allow),
        allow: [...this.statements.keys()].filter((place) => this.statements[place]!.allow),
      }
  }

  evaluate(prepared: PreparedRequest): Verdict {
    if (this.statements.length === 0) return silent
    const buckets = this.#find(prepared)
    const deny = this.#firstDeny(prepared, buckets)
    if (deny !== undefined) return { deny, allow: undefined, reach: reach.none }
    return this.#furthestAllow(prepared, buckets)
  }

  /** Every statement that covers principal, action and resource, whatever its conditions; in order. For explanations. */
  covering(prepared: PreparedRequest): readonly CompiledStatement[] {
    if (this.#all !== undefined) return this.statements.filter((one) => isCovering(one, prepared))
    // Explanations need a second index only when statements are indexed by condition.
    this.#coveringIndex ??= new StatementIndex(this.statements, { byCondition: false })
    this.#coveringIndex.collect(prepared, found.clear())
    const covering: CompiledStatement[] = []
    for (const place of placesOf(found)) {
      const statement = this.statements[place]!
      if (isCovering(statement, prepared)) covering.push(statement)
    }
    return covering
  }

  #find(prepared: PreparedRequest): ReusableList<Bucket> {
    found.clear()
    if (this.#all !== undefined) found.add(this.#all)
    else {
      this.#index ??= new StatementIndex(this.statements, { byCondition: true })
      this.#index.collect(prepared, found)
    }
    return found
  }

  #firstDeny(prepared: PreparedRequest, buckets: ReusableList<Bucket>): CompiledStatement | undefined {
    let first = this.statements.length
    for (let at = 0; at < buckets.count; at++)
      for (const place of buckets.items[at]!.deny) {
        if (place >= first) break
        const statement = this.statements[place]!
        if (statement.applies(prepared) && statement.reachOf(prepared) > 0) first = place
      }
    return this.statements[first]
  }

  #furthestAllow(prepared: PreparedRequest, buckets: ReusableList<Bucket>): Verdict {
    let first = this.statements.length
    let furthest: Reach = reach.none
    for (let at = 0; at < buckets.count; at++)
      for (const place of buckets.items[at]!.allow) {
        // No reach exceeds `direct`, so from here on only earlier statements can change the result.
        if (furthest === reach.direct && place >= first) break
        const statement = this.statements[place]!
        const how = statement.reachOf(prepared)
        if (how < furthest || how === reach.none || (how === furthest && place >= first)) continue
        if (!statement.applies(prepared)) continue
        first = place
        furthest = how
      }
    if (furthest === reach.none) return silent
    return { deny: undefined, allow: this.statements[first], reach: furthest }
  }

  /** How many statements are evaluated for this request. Lets tests assert that the index is selective. */
  candidates(prepared: PreparedRequest): number {
    return placesOf(this.#find(prepared)).length
  }
}

// Shared scratch list: searches are synchronous and never overlap.
const found = new ReusableList<Bucket>()

/** The distinct positions in the buckets, ascending. */
function placesOf(buckets: ReusableList<Bucket>): readonly number[] {
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

const isCovering = (statement: CompiledStatement, prepared: PreparedRequest): boolean =>
  statement.reachOf(prepared) > 0 && statement.covers(prepared)
