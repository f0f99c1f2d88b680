// The store for more than one machine: MongoDB 6 or newer, through mongoose, which no other file knows. The parts are
//   mongo-url      the connection string           mongo-layout    kinds → collections, fields and indexes
//   mongo-server   what the server must be         mongo-queries   lookups and pages as filters
//   mongo-place    recognises and makes the store  mongo-watching  how processes learn of changes
//   mongo-backup   gives and takes it whole
// A change is answered after a majority of the replica set has it in its journal; reads are of the primary and of what a
// majority has, so that any process sees it afterwards. The driver connects again by itself.
import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Connection, createConnection, type Model, MongooseError, mongo, Schema } from 'mongoose'
import { Problem } from '../problem.ts'
import type { Source, Target } from './backup.ts'
import { cursorAt } from './cursor.ts'
import { mongoSource, mongoTarget, type WholeDatabase } from './mongo-backup.ts'
import {
  allKinds,
  dateOf,
  expiringKinds,
  fieldsOf,
  type Index,
  isUnique,
  probeCollection,
  revisionCollection,
  type Stored,
  storeCollection,
  storedOf,
  uniqueField,
  uniqueValues,
} from './mongo-layout.ts'
import { type About, openPlace } from './mongo-place.ts'
import { expired, type Filter, live, searchFor } from './mongo-queries.ts'
import { type Contest, checkOneStep, checkServer, type ServerFacts, type ServerKind } from './mongo-server.ts'
import { type Place, placeOf } from './mongo-url.ts'
import { type Revision, type Revisions, Watching } from './mongo-watching.ts'
import { type EpochSeconds, type Kind, type Records, ruleOf } from './records.ts'
import { recordToText, type Sealer, textToRecord } from './sealing.ts'
import type { Found, Lookup, Page, RevisionListener, Store } from './store.ts'
import { type Read, type Swapped, Updates } from './updates.ts'

export interface MongoOptions {
  /** Called once it is known whether the store was made before. */
  readonly masterKey: (found: { readonly storeExists: boolean }) => Sealer
  /** Seconds since the epoch. */
  readonly clock?: () => EpochSeconds
  /** Milliseconds between looks for changes of other processes; at most 1000. Default 200. */
  readonly pollEvery?: number
}

/** Documents a sweep deletes at once. */
const sweepStep = 500
/** Tries to make room among expired records; each loses only to another process that takes the same name at that moment. */
const mostTries = 5
/** Unless the connection string says otherwise: nobody waits long for a server that does not answer. */
const patience = {
  serverSelectionTimeoutMS: 3000,
  waitQueueTimeoutMS: 3000,
  // After a partition that nobody was told of, these two and the driver's 500 ms pass before it connects anew.
  connectTimeoutMS: 2000,
  heartbeatFrequencyMS: 1000,
  socketTimeoutMS: 8000,
} as const
/**
 * Milliseconds until a request is answered as `unavailable`, whatever the server does and the connection string says. The
 * driver's own limits hold for each of its steps and tries; its `timeoutMS`, which would hold for all, is experimental.
 */
const longest = 5000
/** Milliseconds for the majority: shorter, so that what the server says of it is heard. */
const longestMajority = 4000

/** Milliseconds until a change stream that ended is opened anew. */
const listenAgain = 2000

const systemClock = (): EpochSeconds => Math.floor(Date.now() / 1000)

/**
 * Opens the store that the connection string names, and makes it in an empty database.
 * @throws Problem('unavailable') that says what to do when the server is missing or lacks something, or the database is
 * another program's, of a newer version or sealed under another key; Problem('invalid_input') for the string itself.
 */
export async function openMongo(url: string, options: MongoOptions): Promise<Store> {
  const { masterKey, clock = systemClock, pollEvery = 200 } = options
  const place = placeOf(url)
  const connection = await connect(url, place)
  const server = new Server(connection, place)
  try {
    const kind = checkServer(await server.facts(), place.name)
    const sealer = await openPlace(server, place.name, masterKey)
    if (kind === 'compatible') await checkOneStep(server, randomUUID(), place.name)
    const watching = await Watching.start(server, { pollEvery })
    if (kind === 'mongodb') void server.listen(watching)
    return new MongoStore(server, sealer, clock, watching)
  } catch (error) {
    await connection.close().catch(() => undefined)
    throw error
  }
}

/** For a backup. @throws Problem as `openMongo` does, and when there is no store. */
export const openMongoSource = (url: string, masterKey: Sealer): Promise<Source> =>
  openWhole(url, (server, name, kind) => {
    if (kind === 'mongodb') server.holdStill()
    return mongoSource(server, name, kind === 'mongodb' ? 'snapshot' : 'by kind', masterKey)
  })

/** For a restore. @throws Problem as `openMongo` does, and when there is a store. */
export const openMongoTarget = (url: string, masterKey: Sealer): Promise<Target> =>
  openWhole(url, (server, name) => mongoTarget(server, name, masterKey))

async function openWhole<T>(
  url: string,
  open: (server: Server, name: string, kind: ServerKind) => Promise<T>,
): Promise<T> {
  const place = placeOf(url)
  const connection = await connect(url, place)
  const server = new Server(connection, place)
  try {
    return await open(server, place.name, checkServer(await server.facts(), place.name))
  } catch (error) {
    await connection.close().catch(() => undefined)
    throw error
  }
}

async function connect(url: string, place: Place): Promise<Connection> {
  const asked = Object.entries(patience).filter(([name]) => !place.given.has(name.toLowerCase()))
  try {
    const connection = createConnection(url, {
      ...Object.fromEntries(asked),
      dbName: place.database,
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: longestMajority },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
      ...(place.given.has('appname') ? {} : { appName: 'chancery' }),
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
    })
    connection.on('error', () => undefined) // each request meets it by itself
    return await connection.asPromise()
  } catch (error) {
    throw place.given.size > 0 && error instanceof mongo.MongoParseError
      ? new Problem('invalid_input', 'CHANCERY_STORE: an option of the connection string is not right', {
          detail: place.redacted(error.message),
        })
      : startProblem(error, place)
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
/** The driver lets some errors of the socket through as they are: `EPIPE`, `ECONNRESET`. */
const isDriverError = (error: unknown): error is Error =>
  error instanceof mongo.MongoError ||
  error instanceof MongooseError ||
  /^E[A-Z]+$/.test(String(codeOf(error)))

/** FerretDB 1 names a duplicate so only on insert. */
const isDuplicate = (error: unknown): boolean =>
  codeOf(error) === 11_000 ||
  (codeOf(error) === 1 && isDriverError(error) && error.message.includes('UNIQUE constraint failed'))

/** The driver's words for the log, without what the connection string hides. Its error objects hold far more. */
const detailOf = (error: Error, place: Place): string =>
  place.redacted(`${error.name} ${String(codeOf(error) ?? '')}: ${error.message}`)

/** https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const code = {
  unauthorized: 13,
  authenticationFailed: 18,
  namespaceNotFound: 26,
  notImplemented: 238,
  snapshotTooOld: 239,
} as const

/** What keeps the store from being opened, with what to do. */
export function startProblem(error: unknown, place: Place): unknown {
  if (!isDriverError(error)) return error
  const detail = detailOf(error, place)
  const said = (message: string) => new Problem('unavailable', message, { detail })
  if (/^(Mongo|Mongoose)(ServerSelection|Network)/.test(error.name))
    return said(
      `no MongoDB answers for the store \`${place.name}\`: start it, or correct the hosts, the replica set name or the TLS options of CHANCERY_STORE`,
    )
  if (codeOf(error) === code.unauthorized)
    return said(
      `the store \`${place.name}\` may not be used by this user: grant it \`readWrite\` on the database`,
    )
  if (codeOf(error) === code.authenticationFailed || /^bad auth/i.test(error.message))
    return said(
      `the store \`${place.name}\` refused the user or the password of CHANCERY_STORE: correct them, percent-encoded, or name the database that holds the user with \`authSource\``,
    )
  return said(`the store \`${place.name}\` cannot be opened: ${detail}`)
}

/** One index a field: lookups under many values are arrays. */
function schemaOf(kind: Kind): Schema {
  const fields = Object.fromEntries(fieldsOf(kind).map(({ name, many }) => [name, many ? [String] : String]))
  const own = { _id: String, version: Number, body: String, expires: Date }
  return new Schema({ ...own, ...fields }, { versionKey: false, strictQuery: 'throw' })
}

/** The collections of one database, and what the other parts ask of them. */
class Server implements WholeDatabase, Revisions, Contest {
  readonly place: Place
  readonly #connection: Connection
  readonly #models: ReadonlyMap<Kind, Model<Stored>>

  constructor(connection: Connection, place: Place) {
    this.place = place
    this.#connection = connection
    this.#models = new Map(
      allKinds.map((kind) => [
        kind,
        connection.model(kind, schemaOf(kind), kind) as unknown as Model<Stored>,
      ]),
    )
  }

  model(kind: Kind): Model<Stored> {
    const model = this.#models.get(kind)
    if (!model) throw new TypeError(`no kind of record is named ${kind}`)
    return model
  }

  insert(kind: Kind, stored: Stored): Promise<unknown> {
    return this.#db.collection<Stored>(kind).insertOne(stored)
  }

  replace(kind: Kind, version: number, stored: Stored): Promise<{ readonly matchedCount: number }> {
    return this.#db.collection<Stored>(kind).replaceOne({ _id: stored._id, version }, stored)
  }

  facts(): Promise<ServerFacts> {
    return this.#starting(async () => ({
      hello: await this.#db.command({ hello: 1 }),
      build: await this.#db.command({ buildInfo: 1 }),
    }))
  }

  collections(): Promise<readonly string[]> {
    return this.#starting(async () => {
      const all = await this.#db.listCollections({}, { nameOnly: true }).toArray()
      return all.map(({ name }) => name).filter((name) => !name.startsWith('system.'))
    })
  }

  about(): Promise<About | undefined> {
    return this.#starting(async () => {
      const found = await this.#collection(storeCollection).findOne({ _id: 'store' })
      if (!found) return undefined
      const restoring = found['restoring'] === undefined ? undefined : String(found['restoring'])
      return { version: Number(found['schema']), word: String(found['masterKey']), restoring }
    })
  }

  claim(about: About): Promise<void> {
    return this.#starting(async () => {
      const made = { _id: 'store', ...aboutFields(about) }
      await this.#collection(storeCollection).insertOne(made).catch(unlessDuplicate)
    })
  }

  takeOver(from: string, about: About): Promise<void> {
    return this.#starting(async () => {
      const filter = { _id: 'store', restoring: from }
      await this.#collection(storeCollection).updateOne(filter, { $set: aboutFields(about) })
    })
  }

  unmark(restore: string): Promise<boolean> {
    return this.#starting(async () => {
      const filter = { _id: 'store', restoring: restore }
      const done = await this.#collection(storeCollection).updateOne(filter, { $unset: { restoring: 1 } })
      return done.matchedCount === 1
    })
  }

  disown(restore: string): Promise<void> {
    return this.#starting(async () => {
      await this.#collection(storeCollection).deleteOne({ _id: 'store', restoring: restore })
    })
  }

  clear(): Promise<void> {
    return this.#starting(async () => {
      for (const name of [...allKinds, revisionCollection])
        await this.#collection(name).drop().catch(unlessMissing)
    })
  }

  /** From the first `bodies` on, all are as of the same moment: the driver gives every read its time. */
  holdStill(): void {
    this.#session = this.#connection.getClient().startSession({ snapshot: true, causalConsistency: false })
  }
  #session: mongo.ClientSession | undefined

  async *bodies(kind: Kind, filter: Filter): AsyncGenerator<string> {
    // Named here as well: beside a session the driver would keep the connection's read concern.
    const held = this.#session && { session: this.#session, readConcern: { level: 'snapshot' as const } }
    const options = { projection: { body: 1 }, sort: { _id: 1 as const }, ...held }
    try {
      for await (const { body } of this.#db.collection<Stored>(kind).find(filter, options)) yield body
    } catch (error) {
      throw startProblem(error, this.place)
    }
  }

  insertAll(kind: Kind, all: readonly Stored[]): Promise<number | undefined> {
    return this.#starting(async () => {
      try {
        await this.#db.collection<Stored>(kind).insertMany([...all], { ordered: true })
        return undefined
      } catch (error) {
        if (!isDuplicate(error) || !(error instanceof mongo.MongoBulkWriteError)) throw error
        const [first] = [error.writeErrors].flat()
        return first?.index
      }
    })
  }

  count(kind: Kind): Promise<number> {
    return this.#starting(() => this.#db.collection(kind).countDocuments())
  }

  makeIndex(kind: Kind, index: Index): Promise<'made' | 'not_implemented'> {
    return this.#starting(async () => {
      const { key, ...options } = index
      try {
        await this.#db.collection(kind).createIndex(key, options)
        return 'made'
      } catch (error) {
        if (codeOf(error) === code.notImplemented) return 'not_implemented'
        throw error
      }
    })
  }

  makeRevision(kind: Kind): Promise<void> {
    return this.#starting(async () => {
      const made = { $setOnInsert: { number: 0, open: {} } }
      await this.#revisions.updateOne({ _id: kind }, made, { upsert: true }).catch(unlessDuplicate)
    })
  }

  async read(): Promise<readonly Revision[]> {
    const found = await this.#revisions.find().toArray()
    return found.map((one) => ({
      kind: one._id as Kind,
      number: one.number,
      open: Object.keys(one.open),
    }))
  }

  async open(kind: Kind, change: string): Promise<void> {
    await this.#revisions.updateOne({ _id: kind }, { $set: { [`open.${change}`]: 1 } })
  }

  async close(kind: Kind, change: string, done: boolean): Promise<number> {
    const strike = { $unset: { [`open.${change}`]: 1 as const }, $inc: { number: done ? 1 : 0 } }
    const after = await this.#revisions.findOneAndUpdate({ _id: kind }, strike, { returnDocument: 'after' })
    if (!after) throw new Problem('unavailable', 'the store has lost its revisions')
    return after.number
  }

  async make(id: string): Promise<void> {
    await this.#collection(probeCollection).insertOne({ _id: id, version: 0 })
  }

  async swap(id: string): Promise<boolean> {
    const filter = { _id: id, version: 0 }
    return (await this.#collection(probeCollection).replaceOne(filter, { version: 1 })).matchedCount === 1
  }

  async take(id: string): Promise<boolean> {
    return (await this.#collection(probeCollection).findOneAndDelete({ _id: id, version: 1 })) !== null
  }

  /** Proves that a majority takes a write. */
  async ping(): Promise<void> {
    const change = { $set: { at: new Date() } }
    await this.#collection(storeCollection)
      .updateOne({ _id: 'ping' }, change, { upsert: true })
      .catch(unlessDuplicate)
  }

  /**
   * A change stream tells when to look at the revisions. While there is none, looking goes by the clock. The driver
   * resumes it after a failover; when it gives up, or the server ends it, another is opened: it needs no resume token,
   * since a look once it is open tells all that was missed.
   */
  async listen(watching: Watching): Promise<void> {
    let told = false
    watching.woken = () => told
    while (!this.#ended) {
      const stream = this.#revisions.watch([], { maxAwaitTimeMS: 1000 })
      this.#endStream = () => stream.close().catch(() => undefined)
      stream.on('resumeTokenChanged', () => {
        if (!told) void watching.look()
        told = true
      })
      try {
        for await (const _ of stream) void watching.look()
      } catch {
        // Each request meets what is wrong with the server by itself.
      }
      told = false
      await this.#endStream()
      await wait(listenAgain, undefined, { ref: false })
    }
  }
  #endStream: () => Promise<void> = async () => undefined
  #ended = false

  async end(): Promise<void> {
    this.#ended = true
    await this.#endStream()
    await this.#session?.endSession()
    await this.#connection.close()
  }

  get #db() {
    const { db } = this.#connection
    if (!db) throw new TypeError('not connected')
    return db
  }

  get #revisions() {
    return this.#db.collection<{ _id: string; number: number; open: Record<string, number> }>(
      revisionCollection,
    )
  }

  #collection(name: string) {
    return this.#db.collection<{ _id: string; [field: string]: unknown }>(name)
  }

  async #starting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw startProblem(error, this.place)
    }
  }
}

function unlessDuplicate(error: unknown): void {
  if (!isDuplicate(error)) throw error
}

function unlessMissing(error: unknown): void {
  if (codeOf(error) !== code.namespaceNotFound) throw error
}

const aboutFields = ({ version, word, restoring }: About) => ({
  schema: version,
  masterKey: word,
  ...(restoring !== undefined && { restoring }),
})

class MongoStore implements Store {
  readonly #server: Server
  readonly #sealer: Sealer
  readonly #clock: () => EpochSeconds
  readonly #watching: Watching
  readonly #updates = new Updates()
  readonly #underWay = new Set<Promise<unknown>>()
  #closed = false

  constructor(server: Server, sealer: Sealer, clock: () => EpochSeconds, watching: Watching) {
    this.#server = server
    this.#sealer = sealer
    this.#clock = clock
    this.#watching = watching
  }

  async create<K extends Kind>(kind: K, record: Records[K]): Promise<void> {
    // A version that no earlier record of this id can have had: a swap that began before a delete must lose.
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

  async find<K extends Kind>(kind: K, lookup: Lookup<K>, page: Page): Promise<Found<Records[K]>> {
    const { filter, sort, sortKey } = searchFor(kind, lookup, page, this.#clock())
    if (!lookup.value.isWellFormed()) return { records: [], next: undefined }
    const found = await this.#asking('read', () =>
      this.#server
        .model(kind)
        .find(filter)
        .sort(sort)
        .limit(page.limit + 1)
        .lean<Stored[]>(),
    )
    const shown = found.slice(0, page.limit)
    const last = found.length > page.limit ? shown.at(-1) : undefined
    return {
      records: shown.map(({ body }) => textToRecord(kind, body, this.#sealer)),
      next: last && cursorAt({ sort: String(last[sortKey]), id: last._id }),
    }
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
    const remove = () => this.#asking('written', () => this.#server.model(kind).deleteOne(filter))
    const { deletedCount } = await this.#changing(kind, id, remove, (result) => result.deletedCount === 1)
    return deletedCount === 1
  }

  async take<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined> {
    if (!id.isWellFormed()) return undefined
    const filter = { _id: id, ...this.#live(kind) }
    const remove = () =>
      this.#asking('written', () => this.#server.model(kind).findOneAndDelete(filter).lean<Stored | null>())
    const taken = await this.#changing(kind, id, remove, (result) => result !== null)
    return taken === null ? undefined : textToRecord(kind, taken.body, this.#sealer)
  }

  async sweep(now: EpochSeconds, limit = 10_000): Promise<number> {
    let left = limit
    for (const kind of expiringKinds) {
      let found = sweepStep
      while (left > 0 && found === sweepStep) {
        const old = { expires: { $lte: dateOf(now) } }
        const most = Math.min(sweepStep, left)
        const ids = await this.#asking('read', () =>
          this.#server.model(kind).find(old, { _id: 1 }).limit(most).lean<{ _id: string }[]>(),
        )
        found = ids.length
        left -= await this.#drop(kind, { ...old, _id: { $in: ids.map(({ _id }) => _id) } })
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
    await Promise.race([this.#settled(), wait(longest, undefined, { ref: false })])
    this.#closed = true
    this.#watching.stop()
    await this.#server.end()
  }

  async #settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
  }

  async #read<K extends Kind>(kind: K, by: Filter, value: string): Promise<Read<Records[K]> | undefined> {
    // BSON keeps UTF-8, in which a lone surrogate becomes another character: no record has such an id or unique value.
    if (!value.isWellFormed()) return undefined
    const fields = { version: 1, body: 1, expires: 1 }
    const found = await this.#asking('read', () =>
      this.#server.model(kind).findOne(by, fields).lean<Stored | null>(),
    )
    if (found === null || (found.expires && found.expires <= dateOf(this.#clock()))) return undefined
    return { record: textToRecord(kind, found.body, this.#sealer), version: found.version }
  }

  async #swap<K extends Kind>(kind: K, old: Read<Records[K]>, changed: Records[K]): Promise<Swapped> {
    const { id } = old.record
    if (changed.id !== id) throw new TypeError(`a change of ${kind} must keep the id`)
    const stored = this.#stored(kind, changed, old.version + 1)
    const replace = () =>
      this.#making(kind, stored, 'but its id', () => this.#server.replace(kind, old.version, stored))
    const result = await this.#changing(kind, id, replace, (made) => made?.matchedCount === 1)
    if (result === undefined) return 'taken'
    return result.matchedCount === 1 ? 'done' : 'lost'
  }

  /** Undefined when the id or a unique value is taken by what has not expired. */
  async #making<T>(
    kind: Kind,
    stored: Stored,
    room: 'with its id' | 'but its id',
    make: () => Promise<T>,
  ): Promise<T | undefined> {
    for (let tries = 0; tries < mostTries; tries++) {
      const made = await this.#asking('written', () => make().catch(unlessDuplicate))
      if (made !== undefined) return made as T
      if (!(await this.#makeRoom(kind, stored, room))) return undefined
    }
    return undefined
  }

  /** What has expired gives up its id and its unique values. True when something did. */
  async #makeRoom(kind: Kind, stored: Stored, room: 'with its id' | 'but its id'): Promise<boolean> {
    if (!ruleOf(kind).expires) return false
    const taken: Filter[] = uniqueValues(kind, stored).map(([field, value]) => ({ [field]: value }))
    if (room === 'with its id') taken.push({ _id: stored._id })
    let gone = 0
    for (const filter of taken) gone += await this.#drop(kind, { ...filter, ...expired(this.#clock()) })
    return gone > 0
  }

  async #drop(kind: Kind, filter: Filter): Promise<number> {
    return (await this.#asking('written', () => this.#server.model(kind).deleteMany(filter))).deletedCount
  }

  #stored<K extends Kind>(kind: K, record: Records[K], version: number): Stored {
    if (!record.id.isWellFormed()) throw new Problem('invalid_input', 'an id must be well-formed Unicode')
    return storedOf(kind, record, version, recordToText(kind, record, this.#sealer))
  }

  #live(kind: Kind): Filter {
    return ruleOf(kind).expires ? live(this.#clock()) : {}
  }

  #changing<T>(kind: Kind, id: string, make: () => Promise<T>, did: (result: T) => boolean): Promise<T> {
    if (!ruleOf(kind).watched) return make()
    return this.#asking('written', () => this.#watching.change({ kind, id }, make, did))
  }

  async #asking<T>(verb: 'read' | 'written', ask: () => PromiseLike<T>): Promise<T> {
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
        wait(longest, undefined, { signal: late.signal }).then(() => {
          throw unavailable(`no answer within ${longest} ms`)
        }),
      ])
    } catch (error) {
      if (!isDriverError(error)) throw error
      throw unavailable(detailOf(error, this.#server.place))
    } finally {
      late.abort()
    }
  }
}
