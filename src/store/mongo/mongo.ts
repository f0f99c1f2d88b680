// The store for more than one machine: MongoDB 6 or newer, through mongoose, which no other file knows. The parts are
//   url            the connection string           layout          kinds → collections, fields and indexes
//   server         what the server must be         queries         lookups and pages as filters
//   init           recognises and makes the store  watching        how processes learn of changes
//   backup         gives and takes it whole        store           the verbs
// A change is answered after a majority of the replica set has it in its journal; reads are of the primary and of what a
// majority has, so that any process sees it afterwards. The driver connects again by itself.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Connection, createConnection, type Model, MongooseError, mongo, Schema } from 'mongoose'
import { Problem } from '../../problem.ts'
import type { Source, Target } from '../backup/format.ts'
import type { EpochSeconds, Kind } from '../records.ts'
import type { Sealer } from '../sealing.ts'
import type { Store } from '../store.ts'
import { mongoSource, mongoTarget, type WholeDatabase } from './backup.ts'
import { type About, openPlace } from './init.ts'
import {
  allKinds,
  fieldsOf,
  type Index,
  probeCollection,
  revisionCollection,
  type Stored,
  storeCollection,
} from './layout.ts'
import type { Filter, Search } from './queries.ts'
import { type Contest, checkOneStep, checkServer, type ServerFacts, type ServerKind } from './server.ts'
import { type Documents, MongoStore } from './store.ts'
import { type Place, placeOf } from './url.ts'
import { type Revision, type Revisions, Watching } from './watching.ts'

export interface MongoOptions {
  /** Called once it is known whether the store was made before. */
  readonly masterKey: (found: { readonly storeExists: boolean }) => Sealer
  /** Seconds since the epoch. */
  readonly clock?: () => EpochSeconds
  /** Milliseconds between looks for changes of other processes; at most 1000. Default 200. */
  readonly pollEvery?: number
}

/** Unless the connection string says otherwise: nobody waits long for a server that does not answer. */
const patience = {
  serverSelectionTimeoutMS: 3000,
  waitQueueTimeoutMS: 3000,
  // After a partition that nobody was told of, these two and the driver's 500 ms pass before it connects anew.
  connectTimeoutMS: 2000,
  heartbeatFrequencyMS: 1000,
  socketTimeoutMS: 8000,
} as const
/** Milliseconds for the majority: shorter than a request may last (store.ts), so that what the server says is heard. */
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
class Server implements Documents, WholeDatabase, Revisions, Contest {
  readonly #place: Place
  readonly #connection: Connection
  readonly #models: ReadonlyMap<Kind, Model<Stored>>

  constructor(connection: Connection, place: Place) {
    this.#place = place
    this.#connection = connection
    this.#models = new Map(
      allKinds.map((kind) => [
        kind,
        connection.model(kind, schemaOf(kind), kind) as unknown as Model<Stored>,
      ]),
    )
  }

  async one(kind: Kind, by: Filter): Promise<Stored | undefined> {
    const fields = { version: 1, body: 1, expires: 1 }
    return (await this.#model(kind).findOne(by, fields).lean<Stored | null>()) ?? undefined
  }

  async some(kind: Kind, filter: Filter, sort: Search['sort'], limit: number): Promise<readonly Stored[]> {
    return await this.#model(kind).find(filter).sort(sort).limit(limit).lean<Stored[]>()
  }

  async ids(kind: Kind, filter: Filter, limit: number): Promise<readonly string[]> {
    const found = await this.#model(kind).find(filter, { _id: 1 }).limit(limit).lean<{ _id: string }[]>()
    return found.map(({ _id }) => _id)
  }

  async insert(kind: Kind, stored: Stored): Promise<'done' | undefined> {
    const made = this.#db.collection<Stored>(kind).insertOne(stored)
    return (await made.catch(unlessDuplicate)) && 'done'
  }

  async replace(kind: Kind, version: number, stored: Stored): Promise<'done' | 'lost' | undefined> {
    const made = this.#db.collection<Stored>(kind).replaceOne({ _id: stored._id, version }, stored)
    const result = await made.catch(unlessDuplicate)
    return result && (result.matchedCount === 1 ? 'done' : 'lost')
  }

  async removeOne(kind: Kind, filter: Filter): Promise<boolean> {
    return (await this.#model(kind).deleteOne(filter)).deletedCount === 1
  }

  async takeOne(kind: Kind, filter: Filter): Promise<Stored | undefined> {
    return (await this.#model(kind).findOneAndDelete(filter).lean<Stored | null>()) ?? undefined
  }

  async removeAll(kind: Kind, filter: Filter): Promise<number> {
    return (await this.#model(kind).deleteMany(filter)).deletedCount
  }

  refusalOf(error: unknown): string | undefined {
    return isDriverError(error) ? detailOf(error, this.#place) : undefined
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
      throw startProblem(error, this.#place)
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

  countAll(kind: Kind): Promise<number> {
    return this.#starting(() => this.#db.collection(kind).countDocuments())
  }

  async count(kind: Kind, filter: Filter): Promise<number> {
    return await this.#db.collection(kind).countDocuments(filter)
  }

  refill(kind: Kind, derive: (stored: Stored) => Stored): Promise<void> {
    return this.#starting(async () => {
      const collection = this.#db.collection<Stored>(kind)
      // Only what nobody changed meanwhile: whoever did wrote the fields as well.
      for await (const stored of collection.find({}, { sort: { _id: 1 } }))
        await collection.replaceOne({ _id: stored._id, version: stored.version }, derive(stored))
    })
  }

  upgraded(version: number): Promise<void> {
    return this.#starting(async () => {
      const older = { _id: 'store', schema: { $lt: version } }
      await this.#collection(storeCollection).updateOne(older, { $set: { schema: version } })
    })
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

  #model(kind: Kind): Model<Stored> {
    const model = this.#models.get(kind)
    if (!model) throw new TypeError(`no kind of record is named ${kind}`)
    return model
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
      throw startProblem(error, this.#place)
    }
  }
}

function unlessDuplicate(error: unknown): undefined {
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
