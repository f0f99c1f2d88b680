// The store for more than one machine: MongoDB 6 or newer, through mongoose. No other file imports mongoose. The parts:
//   url            the connection string             layout          kinds → collections, fields and indexes
//   server         requirements on the server        queries         lookups and pages as filters
//   init           recognizes or creates the store   watching        how processes are notified of changes
//   backup         backup and restore                store           the store operations
// A change is answered after a majority of the replica set has written it to its journal. Reads go to the primary and return only
// what a majority has, so that every process reads a change after it was answered. The driver reconnects by itself.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Connection, createConnection, type Model, MongooseError, mongo, Schema } from 'mongoose'
import { Problem } from '../../problem.ts'
import type { Source, Target } from '../backup/format.ts'
import type { EpochSeconds, Kind } from '../records.ts'
import type { Sealer } from '../sealing.ts'
import type { Store } from '../store.ts'
import type { UpgradeProgress } from '../upgrade-progress.ts'
import { mongoSource, mongoTarget, type WholeDatabase } from './backup.ts'
import { type About, openDatabase, resealCheck } from './init.ts'
import {
  allKinds,
  fieldsOf,
  type Index,
  indexesOf,
  plainIndex,
  probeCollection,
  revisionCollection,
  type Stored,
  storeCollection,
} from './layout.ts'
import type { Filter, Search } from './queries.ts'
import {
  type AtomicityProbe,
  checkAtomicity,
  checkServer,
  type ServerFacts,
  type ServerKind,
} from './server.ts'
import { type Documents, MongoStore } from './store.ts'
import { type Place, placeOf } from './url.ts'
import { type Revision, type Revisions, Watching } from './watching.ts'

export interface MongoOptions<Key extends Sealer = Sealer> {
  /** Called when it is known whether the store exists already. */
  readonly masterKey: (found: { readonly storeExists: boolean }) => Key
  /** Seconds since the epoch. */
  readonly clock?: () => EpochSeconds
  /** Milliseconds between two polls for changes of other processes; at most 1000. Default 200. */
  readonly pollEvery?: number
  /** Called with a line for the operator before an upgrade, and every few seconds while it lasts. */
  readonly say?: (line: string) => void
}

/** Defaults of the connection string's options, so that no request waits long for a server that does not answer. */
const timeouts = {
  serverSelectionTimeoutMS: 3000,
  waitQueueTimeoutMS: 3000,
  // After a network partition that closed no connection, the driver reconnects after the sum of these two and its own 500 ms.
  connectTimeoutMS: 2000,
  heartbeatFrequencyMS: 1000,
  socketTimeoutMS: 8000,
} as const
/** Milliseconds in which a majority must have a write: shorter than a request may take (store.ts), so that the server's error is received. */
const longestMajority = 4000

/** Milliseconds until a change stream that ended is opened again. */
const reopenAfter = 2000

const systemClock = (): EpochSeconds => Math.floor(Date.now() / 1000)

/**
 * Opens the store that the connection string names; creates it in an empty database.
 * @throws Problem('unavailable') that says what to do when the server does not answer or does not meet the requirements, or when the
 * database belongs to another program, is of a newer version or is sealed under another key; Problem('invalid_input') for the
 * connection string itself
 */
export async function openMongo<Key extends Sealer>(
  url: string,
  options: MongoOptions<Key>,
): Promise<{ readonly store: Store; readonly masterKey: Key }> {
  const { clock = systemClock, pollEvery = 200 } = options
  const place = placeOf(url)
  const connection = await connect(url, place)
  const server = new Server(connection, place)
  try {
    const kind = checkServer(await server.facts(), place.name)
    const masterKey = await openDatabase(server, place.name, options.masterKey, options.say)
    if (kind === 'compatible') await checkAtomicity(server, randomUUID(), place.name)
    const watching = await Watching.start(server, { pollEvery })
    if (kind === 'mongodb') void server.listen(watching)
    return { store: new MongoStore(server, masterKey, clock, watching), masterKey }
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

/** After every record was sealed anew. @throws Problem as `openMongo` does */
export async function resealMongoCheck(url: string, masterKey: Sealer): Promise<void> {
  await openWhole(url, async (server) => {
    await resealCheck(server, masterKey)
    await server.end()
  })
}

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
  const asked = Object.entries(timeouts).filter(([name]) => !place.given.has(name.toLowerCase()))
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
    // Without a listener, an error of the connection would end the process. Each request fails with it as well.
    connection.on('error', () => undefined)
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
/** Includes errors of the socket that the driver does not wrap: `EPIPE`, `ECONNRESET`. */
const isDriverError = (error: unknown): error is Error =>
  error instanceof mongo.MongoError ||
  error instanceof MongooseError ||
  /^E[A-Z]+$/.test(String(codeOf(error)))

/** FerretDB 1 reports a duplicate on insert with code 1 and this message. */
const isDuplicate = (error: unknown): boolean =>
  codeOf(error) === 11_000 ||
  (codeOf(error) === 1 && isDriverError(error) && error.message.includes('UNIQUE constraint failed'))

/** The driver's error as text for the log, without the credentials of the connection string. Its error objects contain far more. */
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

/** The driver's error as a Problem that says why the store cannot be opened and what to do. */
export function startProblem(error: unknown, place: Place): unknown {
  if (!isDriverError(error)) return error
  const detail = detailOf(error, place)
  const problem = (message: string) => new Problem('unavailable', message, { detail })
  if (/^(Mongo|Mongoose)(ServerSelection|Network)/.test(error.name))
    return problem(
      `no MongoDB answers for the store \`${place.name}\`: start it, or correct the hosts, the replica set name or the TLS options of CHANCERY_STORE`,
    )
  if (codeOf(error) === code.unauthorized)
    return problem(
      `the store \`${place.name}\` may not be used by this user: grant it \`readWrite\` on the database`,
    )
  if (codeOf(error) === code.authenticationFailed || /^bad auth/i.test(error.message))
    return problem(
      `the store \`${place.name}\` refused the user or the password of CHANCERY_STORE: correct them, percent-encoded, or name the database that holds the user with \`authSource\``,
    )
  return problem(`the store \`${place.name}\` cannot be opened: ${detail}`)
}

const schemaOptions = { versionKey: false, strictQuery: 'throw', minimize: false } as const

/** Fields and indexes of a kind (layout.ts). Lookups with several values are arrays. */
function schemaOf(kind: Kind): Schema {
  const fields = Object.fromEntries(fieldsOf(kind).map(({ name, many }) => [name, many ? [String] : String]))
  const own = { _id: String, version: Number, body: String, expires: Date }
  const schema = new Schema({ ...own, ...fields }, schemaOptions)
  for (const index of indexesOf(kind)) schema.index(...declared(index))
  return schema
}

const declared = ({ key, ...options }: Index): [Index['key'], Omit<Index, 'key'>] => [key, options]

interface StoreDocument {
  readonly _id: string
  readonly schema?: number
  readonly masterKey?: string
  readonly restoring?: string
  readonly at?: Date
}

interface RevisionDocument {
  readonly _id: string
  readonly number: number
  /** The ids of changes in progress, as names of fields. */
  readonly open: Readonly<Record<string, 1>>
}

interface ProbeDocument {
  readonly _id: string
  readonly version: number
}

const text = { type: String }

/** The collections besides those of the kinds. */
const otherModels = (connection: Connection) => ({
  about: connection.model(
    storeCollection,
    new Schema<StoreDocument>(
      { _id: String, schema: Number, masterKey: text, restoring: text, at: Date },
      schemaOptions,
    ),
    storeCollection,
  ),
  revisions: connection.model(
    revisionCollection,
    new Schema<RevisionDocument>({ _id: String, number: Number, open: Schema.Types.Mixed }, schemaOptions),
    revisionCollection,
  ),
  probes: connection.model(
    probeCollection,
    new Schema<ProbeDocument>({ _id: String, version: Number }, schemaOptions),
    probeCollection,
  ),
})

/**
 * The commands to one database that the other parts need. Records are written and streamed without their mongoose models,
 * because layout.ts derives complete documents, and casting and hydrating them would only take time.
 */
class Server implements Documents, WholeDatabase, Revisions, AtomicityProbe {
  readonly #place: Place
  readonly #connection: Connection
  readonly #models: ReadonlyMap<Kind, Model<Stored>>
  readonly #others: ReturnType<typeof otherModels>

  constructor(connection: Connection, place: Place) {
    this.#place = place
    this.#connection = connection
    this.#models = new Map(
      allKinds.map((kind) => [
        kind,
        connection.model(kind, schemaOf(kind), kind) as unknown as Model<Stored>,
      ]),
    )
    this.#others = otherModels(connection)
    // mongoose also emits the error of an index that cannot be created; without a listener that would end the process.
    for (const model of this.#models.values()) model.on('error', () => undefined)
  }

  async one(kind: Kind, by: Filter): Promise<Stored | undefined> {
    const fields = { version: 1, body: 1, expires: 1 }
    return (await this.#model(kind).findOne(by, fields).lean<Stored | null>()) ?? undefined
  }

  async some(
    kind: Kind,
    filter: Filter,
    sort: Search['sort'],
    limit: number,
    skip = 0,
  ): Promise<readonly Stored[]> {
    return await this.#model(kind).find(filter).sort(sort).skip(skip).limit(limit).lean<Stored[]>()
  }

  async ids(kind: Kind, filter: Filter, limit: number): Promise<readonly string[]> {
    const found = await this.#model(kind).find(filter, { _id: 1 }).limit(limit).lean<{ _id: string }[]>()
    return found.map(({ _id }) => _id)
  }

  async insert(kind: Kind, stored: Stored): Promise<'done' | undefined> {
    const made = this.#documents(kind).insertOne(stored)
    return (await made.catch(unlessDuplicate)) && 'done'
  }

  async replace(kind: Kind, version: number, stored: Stored): Promise<'done' | 'lost' | undefined> {
    const made = this.#documents(kind).replaceOne({ _id: stored._id, version }, stored)
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
      const found = await this.#others.about.findOne({ _id: 'store' }).lean()
      if (!found) return undefined
      const { schema, masterKey, restoring } = found
      return { version: Number(schema), word: String(masterKey), restoring }
    })
  }

  claim(about: About): Promise<void> {
    return this.#starting(async () => {
      const made = { _id: 'store', ...aboutFields(about) }
      await this.#others.about.create(made).catch(unlessDuplicate)
    })
  }

  takeOver(from: string, about: About): Promise<void> {
    return this.#starting(async () => {
      const filter = { _id: 'store', restoring: from }
      await this.#others.about.updateOne(filter, { $set: aboutFields(about) })
    })
  }

  unmark(restore: string): Promise<boolean> {
    return this.#starting(async () => {
      const filter = { _id: 'store', restoring: restore }
      const done = await this.#others.about.updateOne(filter, { $unset: { restoring: 1 } })
      return done.matchedCount === 1
    })
  }

  disown(restore: string): Promise<void> {
    return this.#starting(async () => {
      await this.#others.about.deleteOne({ _id: 'store', restoring: restore })
    })
  }

  clear(): Promise<void> {
    return this.#starting(async () => {
      for (const name of [...allKinds, revisionCollection])
        await this.#connection.dropCollection(name).catch(unlessMissing)
    })
  }

  /** From the first `bodies` on, all reads are of one snapshot: the driver sends the snapshot's time with each of them. */
  holdStill(): void {
    this.#session = this.#connection.getClient().startSession({ snapshot: true, causalConsistency: false })
  }
  #session: mongo.ClientSession | undefined

  async *bodies(kind: Kind, filter: Filter): AsyncGenerator<string> {
    // Given here as well, because otherwise the driver uses the connection's read concern in spite of the session.
    const held = this.#session && { session: this.#session, readConcern: { level: 'snapshot' as const } }
    const options = { projection: { body: 1 }, sort: { _id: 1 as const }, ...held }
    try {
      for await (const { body } of this.#documents(kind).find(filter, options)) yield body
    } catch (error) {
      throw startProblem(error, this.#place)
    }
  }

  insertAll(kind: Kind, all: readonly Stored[]): Promise<number | undefined> {
    return this.#starting(async () => {
      try {
        await this.#documents(kind).insertMany([...all], { ordered: true })
        return undefined
      } catch (error) {
        if (!isDuplicate(error) || !(error instanceof mongo.MongoBulkWriteError)) throw error
        const [first] = [error.writeErrors].flat()
        return first?.index
      }
    })
  }

  countAll(kind: Kind): Promise<number> {
    return this.#starting(() => this.count(kind, {}))
  }

  async count(kind: Kind, filter: Filter): Promise<number> {
    return await this.#model(kind).countDocuments(filter)
  }

  refill(kind: Kind, derive: (stored: Stored) => Stored, progress: UpgradeProgress): Promise<void> {
    return this.#starting(async () => {
      const collection = this.#documents(kind)
      // A record that was changed meanwhile is skipped: that change wrote the new fields as well.
      for await (const stored of collection.find({}, { sort: { _id: 1 } })) {
        await collection.replaceOne({ _id: stored._id, version: stored.version }, derive(stored))
        progress(kind)
      }
    })
  }

  upgraded(version: number): Promise<void> {
    return this.#starting(async () => {
      const older = { _id: 'store', schema: { $lt: version } }
      await this.#others.about.updateOne(older, { $set: { schema: version } })
    })
  }

  reword(word: string): Promise<void> {
    return this.#starting(async () => {
      await this.#others.about.updateOne({ _id: 'store' }, { $set: { word } })
    })
  }

  makeIndexes(kind: Kind): Promise<void> {
    return this.#starting(async () => {
      const model = this.#model(kind)
      try {
        await model.createIndexes()
      } catch (error) {
        if (codeOf(error) !== code.notImplemented) throw error
        for (const index of indexesOf(kind))
          await model.collection.createIndex(...declared(plainIndex(index)))
      }
    })
  }

  makeRevision(kind: Kind): Promise<void> {
    return this.#starting(async () => {
      const made = { $setOnInsert: { number: 0, open: {} } }
      await this.#others.revisions.updateOne({ _id: kind }, made, { upsert: true }).catch(unlessDuplicate)
    })
  }

  async read(): Promise<readonly Revision[]> {
    const found = await this.#others.revisions.find().lean()
    return found.map((one) => ({
      kind: one._id as Kind,
      number: one.number,
      open: Object.keys(one.open),
    }))
  }

  async open(kind: Kind, change: string): Promise<void> {
    await this.#others.revisions.updateOne({ _id: kind }, { $set: { [`open.${change}`]: 1 } })
  }

  async close(kind: Kind, change: string, done: boolean): Promise<number> {
    const strike = { $unset: { [`open.${change}`]: 1 as const }, $inc: { number: done ? 1 : 0 } }
    const after = await this.#others.revisions
      .findOneAndUpdate({ _id: kind }, strike, { returnDocument: 'after' })
      .lean()
    if (!after) throw new Problem('unavailable', 'the store has lost its revisions')
    return after.number
  }

  async make(id: string): Promise<void> {
    await this.#others.probes.create({ _id: id, version: 0 })
  }

  async swap(id: string): Promise<boolean> {
    const filter = { _id: id, version: 0 }
    return (await this.#others.probes.replaceOne(filter, { version: 1 })).matchedCount === 1
  }

  async take(id: string): Promise<boolean> {
    return (await this.#others.probes.findOneAndDelete({ _id: id, version: 1 }).lean()) !== null
  }

  async ping(): Promise<void> {
    const change = { $set: { at: new Date() } }
    await this.#others.about.updateOne({ _id: 'ping' }, change, { upsert: true }).catch(unlessDuplicate)
  }

  /**
   * Polls the revisions whenever a change stream reports a change. Without a stream they are polled at intervals. The driver
   * resumes the stream after a failover; when it gives up, or the server ends the stream, another one is opened. That needs no
   * resume token, since a poll after it was opened finds everything that was missed.
   */
  async listen(watching: Watching): Promise<void> {
    let isOpen = false
    watching.woken = () => isOpen
    while (!this.#ended) {
      // The driver's stream, because mongoose's does not report when it is open.
      const stream = this.#db.collection(revisionCollection).watch([], { maxAwaitTimeMS: 1000 })
      this.#endStream = () => stream.close().catch(() => undefined)
      stream.on('resumeTokenChanged', () => {
        if (!isOpen) void watching.look()
        isOpen = true
      })
      try {
        for await (const _ of stream) void watching.look()
      } catch {
        // Requests fail with the server's error by themselves.
      }
      isOpen = false
      await this.#endStream()
      await wait(reopenAfter, undefined, { ref: false })
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
    if (!model) throw new TypeError(`there is no kind of record named ${kind}`)
    return model
  }

  /** The collection of a kind, without casting and hydrating. */
  #documents(kind: Kind) {
    return this.#connection.collection<Stored>(kind)
  }

  get #db() {
    const { db } = this.#connection
    if (!db) throw new TypeError('not connected')
    return db
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
