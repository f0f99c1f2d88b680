// Documents merged into one index: what one layer asks.
import type { Asked, Compiled, CompiledStatement } from './compiled.ts'
import { type Reach, reach } from './principal-names.ts'
import { type Bucket, StatementIndex } from './statement-index.ts'

/** Up to here asking every statement is faster than finding them. */
const few = 6
const none: readonly number[] = []

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
    const places = new Set<number>()
    if (this.#all !== undefined) for (const place of this.statements.keys()) places.add(place)
    else {
      this.#near ??= new StatementIndex(this.statements, { byCondition: false })
      const buckets: Bucket[] = []
      this.#near.collect(asked, buckets)
      for (const { deny, allow } of buckets) {
        for (const place of deny) places.add(place)
        for (const place of allow) places.add(place)
      }
    }
    return [...places]
      .sort((a, b) => a - b)
      .map((place) => this.statements[place]!)
      .filter((statement) => statement.reachOf(asked) > 0 && statement.covers(asked))
  }

  #find(asked: Asked): readonly Bucket[] {
    if (this.#all !== undefined) return [this.#all]
    this.#index ??= new StatementIndex(this.statements, { byCondition: true })
    const buckets: Bucket[] = []
    this.#index.collect(asked, buckets)
    return buckets
  }

  #firstDeny(asked: Asked, buckets: readonly Bucket[]): CompiledStatement | undefined {
    let first = this.statements.length
    for (const { deny } of buckets)
      for (const place of deny) {
        if (place >= first) break
        const statement = this.statements[place]!
        if (statement.applies(asked) && statement.reachOf(asked) > 0) first = place
      }
    return this.statements[first]
  }

  #furthestAllow(asked: Asked, buckets: readonly Bucket[]): Verdict {
    let first = this.statements.length
    let furthest: Reach = reach.none
    for (const { allow } of buckets)
      for (const place of allow) {
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
    const places = this.#find(asked).flatMap(({ deny, allow }) => [...deny, ...allow])
    return new Set(places.length > 0 ? places : none).size
  }
}
