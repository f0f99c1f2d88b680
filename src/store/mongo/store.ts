// The store operations over MongoDB: which commands each sends, in which order and with which time limit. Does not depend on the driver.
import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../../problem.ts'
import { cursorAt } from '../cursor.ts'
import { eachRecord } from '../each.ts'
import { ruleOf } from '../kinds.ts'
import type { EpochSeconds, Kind, Records } from '../records.ts'
import { recordToText, type Sealer, textToRecord } from '../sealing.ts'
import type {
  EachOptions,
  FurtherLookups,
  Lookup,
  Page,
  RecordPage,
  RevisionListener,
  Store,
} from '../store.ts'
import { type Read, type Swapped, Updates } from '../updates.ts'
import {
  dateOf,
  expiringKinds,
  isCounted,
  isUnique,
  lookupField,
  type Stored,
  storedOf,
  uniqueField,
  uniqueValues,
} from './layout.ts'
import { expired, type Filter, live, type Search, searchFor } from './queries.ts'
import type { Watching } from './watching.ts'

/** The documents of one database. Each method is one command to the server and rejects with the driver's error. */
export interface Documents {
  one(kind: Kind, by: Filter): Promise<Stored | undefined>
  some(
    kind: Kind,
    filter: Filter,
    sort: Search['sort'],
    limit: number,
    skip?: number,
  ): Promise<readonly Stored[]>
  ids(kind: Kind, filter: Filter, limit: number): Promise<readonly string[]>
  count(kind: Kind, filter: Filter): Promise<number>
  /** Undefined when its id or a unique value already exists. */
  insert(kind: Kind, stored: Stored): Promise<'done' | undefined>
  /** `lost` when the version is not the current one; undefined when a unique value already exists. */
  replace(kind: Kind, version: number, stored: Stored): Promise<'done' | 'lost' | undefined>
  removeOne(kind: Kind, filter: Filter): Promise<boolean>
  takeOne(kind: Kind, filter: Filter): Promise<Stored | undefined>
  /** The number of deleted documents. */
  removeAll(kind: Kind, filter: Filter): Promise<number>
  /** Proves that a majority accepts a write. */
  ping(): Promise<void>
  /** The message of an error of the server or the driver, for the log; undefined for other errors. */
  refusalOf(error: unknown): string | undefined
  end(): Promise<void>
}

/** Documents that a sweep deletes with one command. */
const sweepStep = 500
/** Attempts to replace expired records. Each fails only when another process uses the same id or value at that moment. */
const mostTries = 5
/**
 * Milliseconds after which a request fails as `unavailable`, whatever the options of the connection string are. The driver's own limits
 * apply to each of its steps and retries; its `timeoutMS`, which would apply to all together, is experimental.
 */
const longest = 5000

export class MongoStore implements Store {
  readonly #server: Documents
  readonly #sealer: Sealer
  readonly #clock: () => EpochSeconds
  readonly #watching: Watching
  readonly #longest: number
  readonly #updates = new Updates()
  readonly #underWay = new Set<Promise<unknown>>()
  #closed = false

  constructor(
    server: Documents,
    sealer: Sealer,
    clock: () => EpochSeconds,
    watching: Watching,
    most = longest,
  ) {
    this.#longest = most
    this.#server = server
    this.#sealer = sealer
    this.#clock = clock
    this.#watching = watching
  }

  async create<K extends Kind>(kind: K, record: Records[K]): Promise<void> {
    // A random first version, so that a compare-and-swap which began before the record was deleted fails.
    const stored = this.#stored(kind, record, randomInt(2 ** 47))
    const made = await this.#changing(
      kind,
      record.id,
      () => this.#making(kind, stored, 'with its id', () => this.#server.insert(kind, stored)),
      (result) => result !== undefined,
    )
    if (!made) throw new Problem('conflict', `the name or id of this ${kind} is taken`)
  }

  async get<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined> {
    return (await this.#read(kind, { _id: id }, id))?.record
  }

  async getBy<K extends Kind>(kind: K, unique: string, value: string): Promise<Records[K] | undefined> {
    if (!isUnique(kind, unique)) throw new TypeError(`${kind} has no unique field ${unique}`)
    return (await this.#read(kind, { [uniqueField(unique)]: value }, value))?.record
  }

  async find<K extends Kind>(kind: K, lookup: Lookup<K>, page: Page): Promise<RecordPage<Records[K]>> {
    const { filter, sort, sortKey } = searchFor(kind, lookup, page, this.#clock())
    if (!lookup.value.isWellFormed()) return { records: [], next: undefined }
    if (lookup.also !== undefined) return this.#findWithin(kind, lookup, lookup.also, page)
    const found = await this.#asking('read', () => this.#server.some(kind, filter, sort, page.limit + 1))
    const shown = found.slice(0, page.limit)
    const last = found.length > page.limit ? shown.at(-1) : undefined
    return {
      records: shown.map(({ body }) => textToRecord(kind, body, this.#sealer)),
      next: last && cursorAt({ sort: String(last[sortKey]), id: last._id }),
    }
  }

  async #findWithin<K extends Kind>(
    kind: K,
    lookup: Lookup<K>,
    { values, examined }: FurtherLookups<K>,
    page: Page,
  ): Promise<RecordPage<Records[K]>> {
    const { filter, sort } = searchFor(kind, lookup, page, this.#clock())
    for (const { by } of [lookup, ...values])
      if (ruleOf(kind).lookups[by]?.sort !== undefined || ruleOf(kind).lookups[by]?.many === true)
        throw new TypeError(`${kind} has no lookup ${by} of one value without a sort key`)
    if (!values.every(({ value }) => value.isWellFormed())) return { records: [], next: undefined }
    const [end] = await this.#asking('read', () => this.#server.some(kind, filter, sort, 1, examined - 1))
    const within = [
      filter,
      ...values.map(({ by, value }) => ({ [lookupField(by)]: value })),
      ...(end === undefined ? [] : [{ _id: { [page.descending ? '$gte' : '$lte']: end._id } }]),
    ]
    const found = await this.#asking('read', () =>
      this.#server.some(kind, { $and: within }, sort, page.limit + 1),
    )
    const shown = found.slice(0, page.limit)
    const last = found.length > page.limit ? shown.at(-1) : end
    return {
      records: shown.map(({ body }) => textToRecord(kind, body, this.#sealer)),
      next: last && cursorAt({ sort: last._id, id: last._id }),
    }
  }

  /** Counted by the server over the lookup's index. */
  async count<K extends Kind>(kind: K, { by, value }: Pick<Lookup<K>, 'by' | 'value'>): Promise<number> {
    if (!isCounted(kind, by)) throw new TypeError(`${kind} has no counted lookup ${by}`)
    if (!value.isWellFormed()) return 0
    return await this.#asking('read', () => this.#server.count(kind, { [lookupField(by)]: value }))
  }

  each<K extends Kind>(kind: K, lookup: Lookup<K>, options?: EachOptions): AsyncIterable<Records[K]> {
    return eachRecord(this, kind, lookup, options)
  }

  update<K extends Kind>(kind: K, id: string, change: (old: Records[K]) => Records[K]): Promise<Records[K]> {
    return this.#updates.update(kind, id, change, {
      read: () => this.#read(kind, { _id: id }, id),
      swap: (old, changed) => this.#swap(kind, old, changed),
    })
  }

  async delete(kind: Kind, id: string): Promise<boolean> {
    if (!id.isWellFormed()) return false
    const filter = { _id: id, ...this.#live(kind) }
    const remove = () => this.#server.removeOne(kind, filter)
    return await this.#changing(kind, id, remove, (removed) => removed)
  }

  async take<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined> {
    if (!id.isWellFormed()) return undefined
    const filter = { _id: id, ...this.#live(kind) }
    const remove = () => this.#server.takeOne(kind, filter)
    const taken = await this.#changing(kind, id, remove, (result) => result !== undefined)
    return taken && textToRecord(kind, taken.body, this.#sealer)
  }

  async sweep(now: EpochSeconds, limit = 10_000): Promise<number> {
    let left = limit
    for (const kind of expiringKinds) {
      let found = sweepStep
      while (left > 0 && found === sweepStep) {
        const old = { expires: { $lte: dateOf(now) } }
        const most = Math.min(sweepStep, left)
        const ids = await this.#asking('read', () => this.#server.ids(kind, old, most))
        found = ids.length
        const drop = () => this.#server.removeAll(kind, { ...old, _id: { $in: ids } })
        left -= await this.#asking('written', drop)
      }
    }
    return limit - left
  }

  watch(listener: RevisionListener): () => void {
    return this.#watching.add(listener)
  }

  ping(): Promise<void> {
    return this.#asking('written', () => this.#server.ping())
  }

  async close(): Promise<void> {
    if (this.#closed) return
    await Promise.race([this.#settled(), wait(this.#longest, undefined, { ref: false })])
    this.#closed = true
    this.#watching.stop()
    await this.#server.end()
  }

  async #settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
  }

  async #read<K extends Kind>(kind: K, by: Filter, value: string): Promise<Read<Records[K]> | undefined> {
    // BSON stores UTF-8, in which a lone surrogate becomes another character, so no record has such an id or unique value.
    if (!value.isWellFormed()) return undefined
    const found = await this.#asking('read', () => this.#server.one(kind, by))
    if (!found || (found.expires && found.expires <= dateOf(this.#clock()))) return undefined
    return { record: textToRecord(kind, found.body, this.#sealer), version: found.version }
  }

  async #swap<K extends Kind>(kind: K, old: Read<Records[K]>, changed: Records[K]): Promise<Swapped> {
    const { id } = old.record
    if (changed.id !== id) throw new TypeError(`a change of ${kind} must keep the id`)
    const stored = this.#stored(kind, changed, old.version + 1)
    const replace = () =>
      this.#making(kind, stored, 'but its id', () => this.#server.replace(kind, old.version, stored))
    return (await this.#changing(kind, id, replace, (made) => made === 'done')) ?? 'taken'
  }

  /** Undefined when a record that has not expired has the id or a unique value. */
  async #making<T>(
    kind: Kind,
    stored: Stored,
    room: 'with its id' | 'but its id',
    make: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    for (let tries = 0; tries < mostTries; tries++) {
      const made = await make()
      if (made !== undefined) return made
      if (!(await this.#makeRoom(kind, stored, room))) return undefined
    }
    return undefined
  }

  /** Deletes expired records that have the id or a unique value of a new record. True when there was one. */
  async #makeRoom(kind: Kind, stored: Stored, room: 'with its id' | 'but its id'): Promise<boolean> {
    if (!ruleOf(kind).expires) return false
    const taken: Filter[] = uniqueValues(kind, stored).map(([field, value]) => ({ [field]: value }))
    if (room === 'with its id') taken.push({ _id: stored._id })
    let deleted = 0
    for (const filter of taken)
      deleted += await this.#server.removeAll(kind, { ...filter, ...expired(this.#clock()) })
    return deleted > 0
  }

  #stored<K extends Kind>(kind: K, record: Records[K], version: number): Stored {
    if (!record.id.isWellFormed()) throw new Problem('invalid_input', 'an id must be well-formed Unicode')
    return storedOf(kind, record, version, recordToText(kind, record, this.#sealer))
  }

  #live(kind: Kind): Filter {
    return ruleOf(kind).expires ? live(this.#clock()) : {}
  }

  /** A change that timed out may still happen, so its announcement stays until the server has responded. */
  #changing<T>(kind: Kind, id: string, make: () => Promise<T>, did: (result: T) => boolean): Promise<T> {
    const work = () => this.#watching.change({ kind, id }, make, did)
    return this.#asking('written', ruleOf(kind).watched ? work : make)
  }

  async #asking<T>(verb: 'read' | 'written', ask: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Problem('unavailable', 'the store is closed')
    const unavailable = (detail: string) =>
      new Problem('unavailable', `the store cannot be ${verb} now; try again`, { detail, retryAfter: 1 })
    const asked = Promise.resolve().then(ask)
    this.#underWay.add(asked)
    const ended = () => this.#underWay.delete(asked)
    asked.then(ended, ended)
    const late = new AbortController()
    try {
      return await Promise.race([
        asked,
        wait(this.#longest, undefined, { signal: late.signal }).then(() => {
          throw unavailable(`no answer within ${this.#longest} ms`)
        }),
      ])
    } catch (error) {
      const refusal = this.#server.refusalOf(error)
      throw refusal === undefined ? error : unavailable(refusal)
    } finally {
      late.abort()
    }
  }
}
