// Finds the few statements of a set that a request can concern, so that a decision costs the same over ten statements
// and over ten thousand. Each statement hangs on the one thing that tells it best from the others: an action prefix, a
// resource prefix or suffix, a principal, a text it compares a key with, or an action and resource prefix together. It
// is found by that and then asked in full, so the index may find too much, never too little. Size and time to build
// are linear in the statements' text.
import type { Asked, CompiledStatement } from './compiled.ts'
import type { CompiledCondition } from './conditions.ts'
import { Found, PrefixTree } from './prefix-tree.ts'

/** Places of statements in the set, ascending. */
export interface Bucket {
  readonly deny: readonly number[]
  readonly allow: readonly number[]
}

/** As Bucket, while the index is built. A list of one is made as such: `push` onto an empty list reserves for sixteen. */
interface Filling {
  deny: number[]
  allow: number[]
}

type Dimension = 'action' | 'resource' | 'suffix' | 'principal' | 'condition' | 'pair'

interface Keys {
  readonly dimension: Dimension
  /** Distinct. A request that the statement applies to has at least one of them. */
  readonly keys: readonly string[]
  /** For `condition`. */
  readonly conditionKey?: string
}

/** A statement with more pairs than this would weigh on the index out of proportion. */
const mostPairs = 16
/** Statements that share a key up to which looking for a better one is not worth it. */
const fewSharing = 4

/** Joins an action's key and a resource's: actions hold no U+0000 (patterns.ts). */
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

  /** `byCondition: false` keeps statements findable that fail on their conditions alone (explain.ts). */
  constructor(statements: readonly CompiledStatement[], options: { readonly byCondition: boolean }) {
    const choices = statements.map((statement) => keysOf(statement, options.byCondition))
    const sharing = countSharing(choices)
    for (const [place, choice] of choices.entries()) {
      const best = cheapest(choice, sharing)
      this.#add(best, place, statements[place]!.allow)
    }
  }

  /** Adds to `into` every bucket that holds a statement the request may concern. */
  collect(asked: Asked, into: Found<Bucket>): void {
    if (this.#always !== undefined) into.add(this.#always)
    if (this.#hasActions || this.#hasResources) this.#collectTerminals(asked, into)
    if (this.#hasSuffixes) {
      this.#suffixes.collect(reversed(asked.resource), foundResources.clear())
      addBuckets(foundResources, into)
    }
    if (this.#principals.size > 0)
      for (const name of asked.names.reaches.keys()) add(this.#principals.get(name), into)
    if (this.#conditions.size > 0) this.#collectConditions(asked, into)
  }

  #collectConditions({ context }: Asked, into: Found<Bucket>): void {
    for (const [key, texts] of this.#conditions) {
      const value = context.get(key)
      if (value === undefined) continue
      if (typeof value === 'string') add(texts.get(value), into)
      else for (const one of value) add(texts.get(one), into)
    }
  }

  #collectTerminals(asked: Asked, into: Found<Bucket>): void {
    const actions = foundActions.clear()
    const resources = foundResources.clear()
    if (this.#hasActions) this.#actions.collect(asked.action, actions)
    if (this.#hasResources) this.#resources.collect(asked.resource, resources)
    addBuckets(actions, into)
    addBuckets(resources, into)
    if (this.#pairs.size > 0) this.#collectPairs(actions, resources, into)
  }

  #collectPairs(actions: Found<Terminal>, resources: Found<Terminal>, into: Found<Bucket>): void {
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
  /** Whether it is half of a pair. */
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

// Searches do not overlap: collect() runs to its end and hands buckets on.
const foundActions = new Found<Terminal>()
const foundResources = new Found<Terminal>()

function add(bucket: Bucket | undefined, into: Found<Bucket>): void {
  if (bucket !== undefined) into.add(bucket)
}

function addBuckets(found: Found<Terminal>, into: Found<Bucket>): void {
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

/** All ways to find a statement; the first is always there. */
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
  if (action.length * prefixes.length <= mostPairs)
    ways.push({
      dimension: 'pair',
      keys: action.flatMap((one) => prefixes.map((prefix) => `${one}${pairMark}${prefix}`)),
    })
  return ways
}

/** The texts a condition compares its key with, when it cannot hold otherwise. */
function textKeys(condition: CompiledCondition): readonly Keys[] {
  const { texts, key, negated, ifExists, set } = condition
  if (texts === undefined || negated || ifExists || set === 'ForAllValues') return []
  return [{ dimension: 'condition', keys: distinct(texts), conditionKey: key }]
}

const distinct = (keys: readonly string[]): readonly string[] =>
  keys.length === 1 ? keys : [...new Set(keys)]

/** Per way of finding and key, how many statements would share the bucket. */
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

/** The way whose fullest bucket is emptiest; a pair only where nothing simpler is good enough. */
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
