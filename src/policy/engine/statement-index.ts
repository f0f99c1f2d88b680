// Finds the few statements of a set that can apply to a request, so that a decision takes the same time for ten statements
// and for ten thousand. Each statement is indexed by its most selective property: an action prefix, a resource prefix or
// suffix, a principal, a value of a condition, or an action and resource prefix together. The index may return statements
// that do not apply, never miss one that does; the caller evaluates each in full. Size and build time are linear in the
// statements' text.
import type { CompiledStatement, PreparedRequest } from './compiled.ts'
import type { CompiledCondition } from './conditions.ts'
import { PrefixTree, ReusableList } from './prefix-tree.ts'

/** Positions of statements in the set, ascending. */
export interface Bucket {
  readonly deny: readonly number[]
  readonly allow: readonly number[]
}

/**
 * A Bucket while the index is built. A list of one is created as a literal: `push` on an empty array reserves capacity for
 * sixteen.
 */
interface Filling {
  deny: number[]
  allow: number[]
}

type Dimension = 'action' | 'resource' | 'suffix' | 'principal' | 'condition' | 'pair'

interface Keys {
  readonly dimension: Dimension
  /** Distinct. Every request to which the statement applies has at least one of them. */
  readonly keys: readonly string[]
  /** For `condition` only. */
  readonly conditionKey?: string
}

/** A statement with more pairs than this would make the index too large. */
const maxPairs = 16
/** When no more statements than this share a key, no better key is searched. */
const fewSharing = 4

/** Combines an action's key and a resource's; actions contain no U+0000 (patterns.ts). */
const pairOf = (action: number, resource: number): string => `${action} ${resource}`

export class StatementIndex {
  #always: Filling | undefined
  readonly #actions = new PrefixTree<Terminal>()
  readonly #resources = new PrefixTree<Terminal>()
  readonly #suffixes = new PrefixTree<Terminal>()
  readonly #principals = new Map<string, Filling>()
  readonly #conditions = new Map<string, Map<string, Filling>>()
  readonly #pairs = new Map<string, Filling>()
  #terminals = 0
  #hasActions = false
  #hasResources = false
  #hasSuffixes = false

  /** `byCondition: false` also finds statements whose conditions fail (for explain.ts). */
  constructor(statements: readonly CompiledStatement[], options: { readonly byCondition: boolean }) {
    const choices = statements.map((statement) => keysOf(statement, options.byCondition))
    const sharing = countSharing(choices)
    for (const [place, choice] of choices.entries()) {
      const best = cheapest(choice, sharing)
      this.#add(best, place, statements[place]!.allow)
    }
  }

  /** Adds to `into` every bucket with a statement that may apply to the request. */
  collect(prepared: PreparedRequest, into: ReusableList<Bucket>): void {
    if (this.#always !== undefined) into.add(this.#always)
    if (this.#hasActions || this.#hasResources) this.#collectTerminals(prepared, into)
    if (this.#hasSuffixes) {
      this.#suffixes.collect(reversed(prepared.resource), foundResources.clear())
      addBuckets(foundResources, into)
    }
    if (this.#principals.size > 0)
      for (const name of prepared.names.reaches.keys()) add(this.#principals.get(name), into)
    if (this.#conditions.size > 0) this.#collectConditions(prepared, into)
  }

  #collectConditions({ context }: PreparedRequest, into: ReusableList<Bucket>): void {
    for (const [key, texts] of this.#conditions) {
      const value = context.get(key)
      if (value === undefined) continue
      if (typeof value === 'string') add(texts.get(value), into)
      else for (const one of value) add(texts.get(one), into)
    }
  }

  #collectTerminals(prepared: PreparedRequest, into: ReusableList<Bucket>): void {
    const actions = foundActions.clear()
    const resources = foundResources.clear()
    if (this.#hasActions) this.#actions.collect(prepared.action, actions)
    if (this.#hasResources) this.#resources.collect(prepared.resource, resources)
    addBuckets(actions, into)
    addBuckets(resources, into)
    if (this.#pairs.size > 0) this.#collectPairs(actions, resources, into)
  }

  #collectPairs(
    actions: ReusableList<Terminal>,
    resources: ReusableList<Terminal>,
    into: ReusableList<Bucket>,
  ): void {
    for (let a = 0; a < actions.count; a++) {
      const action = actions.items[a]!
      if (!action.paired) continue
      for (let r = 0; r < resources.count; r++) {
        const resource = resources.items[r]!
        if (resource.paired) add(this.#pairs.get(pairOf(action.id, resource.id)), into)
      }
    }
  }

  #add({ dimension, keys, conditionKey }: Keys, place: number, allow: boolean): void {
    if (dimension === 'pair') this.#addPairs(keys, place, allow)
    else
      this.#addKeys(
        { dimension, keys, ...(conditionKey === undefined ? {} : { conditionKey }) },
        place,
        allow,
      )
  }

  #addKeys({ dimension, keys, conditionKey }: Keys, place: number, allow: boolean): void {
    for (const key of keys) {
      const bucket = this.#bucketOf(dimension, key, conditionKey)
      put(bucket, place, allow)
    }
  }

  #bucketOf(dimension: Dimension, key: string, conditionKey: string | undefined): Filling {
    switch (dimension) {
      case 'principal':
        return made(this.#principals, key, emptyBucket)
      case 'condition':
        return made(made(this.#conditions, conditionKey!, newBuckets), key, emptyBucket)
      default:
        if (key === '') {
          this.#always ??= emptyBucket()
          return this.#always
        }
    }
    const terminal = this.#terminal(dimension as 'action' | 'resource' | 'suffix', key)
    terminal.bucket ??= emptyBucket()
    return terminal.bucket
  }

  #terminal(tree: 'action' | 'resource' | 'suffix', key: string): Terminal {
    const make = (): Terminal => ({ id: this.#terminals++, paired: false, bucket: undefined })
    if (tree === 'action') {
      this.#hasActions = true
      return this.#actions.at(key, make)
    }
    if (tree === 'resource') {
      this.#hasResources = true
      return this.#resources.at(key, make)
    }
    this.#hasSuffixes = true
    return this.#suffixes.at(key, make)
  }

  #addPairs(keys: readonly string[], place: number, allow: boolean): void {
    for (const key of keys) {
      const split = key.indexOf(pairMark)
      const action = this.#terminal('action', key.slice(0, split))
      const resource = this.#terminal('resource', key.slice(split + 1))
      action.paired = true
      resource.paired = true
      const bucket = made(this.#pairs, pairOf(action.id, resource.id), emptyBucket)
      put(bucket, place, allow)
    }
  }
}

interface Terminal {
  readonly id: number
  /** Whether the prefix is part of a pair. */
  paired: boolean
  bucket: Filling | undefined
}

const pairMark = '\u0000'
const nothing: number[] = []
const emptyBucket = (): Filling => ({ deny: nothing, allow: nothing })
const newBuckets = (): Map<string, Filling> => new Map()

function put(bucket: Filling, place: number, allow: boolean): void {
  const side = allow ? 'allow' : 'deny'
  if (bucket[side] === nothing) bucket[side] = [place]
  else bucket[side].push(place)
}

// Shared scratch lists: collect() is synchronous, so searches never overlap.
const foundActions = new ReusableList<Terminal>()
const foundResources = new ReusableList<Terminal>()

function add(bucket: Bucket | undefined, into: ReusableList<Bucket>): void {
  if (bucket !== undefined) into.add(bucket)
}

function addBuckets(found: ReusableList<Terminal>, into: ReusableList<Bucket>): void {
  for (let at = 0; at < found.count; at++) add(found.items[at]!.bucket, into)
}

function made<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}

const reversed = (text: string): string => {
  let back = ''
  for (let at = text.length - 1; at >= 0; at--) back += text[at]
  return back
}

/** All ways to index a statement; the first always exists. */
function keysOf(statement: CompiledStatement, byCondition: boolean): readonly Keys[] {
  const { actions, resources, principals, conditions } = statement
  const action = actions.not ? [''] : distinct(actions.patterns.map((pattern) => pattern.prefix))
  const ways: Keys[] = [{ dimension: 'action', keys: action }]
  const names = principals?.keys
  if (names !== undefined) ways.push({ dimension: 'principal', keys: [...names] })
  if (byCondition) ways.push(...conditions.flatMap(textKeys))
  if (resources === undefined || resources.not) return ways
  const prefixes = distinct(resources.patterns.map((pattern) => pattern.prefix))
  ways.push({ dimension: 'resource', keys: prefixes })
  if (resources.patterns.every((pattern) => pattern.literal === undefined && pattern.suffix !== ''))
    ways.push({
      dimension: 'suffix',
      keys: distinct(resources.patterns.map((pattern) => reversed(pattern.suffix))),
    })
  if (action.length * prefixes.length <= maxPairs)
    ways.push({
      dimension: 'pair',
      keys: action.flatMap((one) => prefixes.map((prefix) => `${one}${pairMark}${prefix}`)),
    })
  return ways
}

/** The values a condition compares its key with, when it cannot hold otherwise. */
function textKeys(condition: CompiledCondition): readonly Keys[] {
  const { texts, key, negated, ifExists, set } = condition
  if (texts === undefined || negated || ifExists || set === 'ForAllValues') return []
  return [{ dimension: 'condition', keys: distinct(texts), conditionKey: key }]
}

const distinct = (keys: readonly string[]): readonly string[] =>
  keys.length === 1 ? keys : [...new Set(keys)]

/** Per index type and key, how many statements would share the bucket. */
type Sharing = ReadonlyMap<string, ReadonlyMap<string, number>>
const spaceOf = ({ dimension, conditionKey }: Keys): string => `${dimension} ${conditionKey ?? ''}`

function countSharing(choices: readonly (readonly Keys[])[]): Sharing {
  const sharing = new Map<string, Map<string, number>>()
  for (const ways of choices)
    for (const way of ways) {
      const counts = made(sharing, spaceOf(way), () => new Map<string, number>())
      for (const key of way.keys) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  return sharing
}

/** The index type whose largest bucket is smallest; a pair only when nothing simpler is selective enough. */
function cheapest(ways: readonly Keys[], sharing: Sharing): Keys {
  let best = ways[0]!
  let least = Number.POSITIVE_INFINITY
  for (const way of ways) {
    if (way.dimension === 'pair' && least <= fewSharing) continue
    const counts = sharing.get(spaceOf(way))!
    let cost = 0
    for (const key of way.keys) cost = Math.max(cost, counts.get(key)!)
    if (cost < least || (cost === least && way.dimension !== 'pair' && way.keys.length < best.keys.length)) {
      best = way
      least = cost
    }
  }
  return best
}
