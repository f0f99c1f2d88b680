// A replica set as the driver sees one, over a test server that is none: hosts that speak OP_MSG, of which one says that
// it is primary. What a replica set does beyond its storage is done here, by the specifications of MongoDB's drivers:
// a write that comes a second time with its transaction number is answered as the first time, and not done again; a
// host that is not primary refuses; an election gives another host the role. Tests choose which command fails, and how.
import { EventEmitter, once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { mongo } from 'mongoose'
import { type Login, Scram } from './scram.ts'

const { BSON } = mongo

type Fields = Record<string, unknown>

export interface Command {
  readonly name: string
  /** `user`, where the command is about one. */
  readonly collection: string
}

/** What becomes of a command. */
export interface Fault {
  /** Whether it is carried out all the same. */
  readonly carriedOut: boolean
  /** What is answered, or nothing, and the connection is cut. */
  readonly answer: 'cut' | { readonly instead: Fields } | { readonly writeConcernError: Fields }
}

export interface StandInOptions {
  /** Host and port of the server behind. */
  readonly behind: { readonly port: number }
  readonly hosts?: number
  /** What `buildInfo` says, where the server behind is of an older version. */
  readonly version?: string
  /**
   * What the change streams of mongo-java-server lack is done here: they are not told of `findAndModify`, so an update
   * follows that they are told of; and an answer without events has no resume token.
   */
  readonly java?: boolean
  /** Who alone may use it. */
  readonly login?: Login
}

const opReply = 1
const opQuery = 2004
const opMsg = 2013
/** Flags of OP_MSG. */
const moreToCome = 2
const exhaustAllowed = 1 << 16

/** Retryable Writes specification, "Determining Retryable Errors". */
export const notWritable = {
  ok: 0,
  code: 10_107,
  codeName: 'NotWritablePrimary',
  errmsg: 'not primary',
  errorLabels: ['RetryableWriteError'],
} as const

export class StandInSet {
  /** Asked of every command of a client but `hello`. */
  fault: (command: Command) => Fault | undefined = () => undefined
  readonly #options: StandInOptions
  readonly #servers: Server[] = []
  readonly #clients = new Set<Socket>()
  /** What each retryable write was answered, on all hosts: a real set replicates it. */
  readonly #answered = new Map<string, Promise<Fields>>()
  readonly #processes: mongo.ObjectId[] = []
  readonly #elections = new EventEmitter().setMaxListeners(0)
  #primary = 0
  #term = 1

  private constructor(options: StandInOptions) {
    this.#options = options
  }

  static async start(options: StandInOptions): Promise<StandInSet> {
    const set = new StandInSet(options)
    for (let at = 0; at < (options.hosts ?? 1); at++) {
      const server = createServer((client) => void set.#serve(client, at)).listen(0, '127.0.0.1')
      await once(server, 'listening')
      server.unref() // it ends with whoever uses it
      set.#servers.push(server)
      set.#processes.push(new mongo.ObjectId())
    }
    return set
  }

  /** Looks for a new primary sooner than the driver does by itself, so that tests need not wait. */
  url(database: string): string {
    return `mongodb://${this.#hosts.join()}/${database}?replicaSet=rs0&heartbeatFrequencyMS=500&minHeartbeatFrequencyMS=50`
  }

  /** Another host is primary from now on; connections of the old one are cut, as on a real step-down, when asked. */
  elect(host: number, cut = false): void {
    this.#primary = host
    this.#term++
    this.#elections.emit('election')
    if (cut) for (const client of this.#clients) client.destroy()
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.destroy()
    await Promise.all(this.#servers.map((server) => new Promise((closed) => server.close(closed))))
  }

  get #hosts(): readonly string[] {
    return this.#servers.map((server) => {
      const address = server.address()
      return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    })
  }

  #hello(host: number): Fields {
    const primary = host === this.#primary
    const hosts = this.#hosts
    return {
      ok: 1,
      helloOk: true,
      setName: 'rs0',
      setVersion: 1,
      hosts,
      me: hosts[host],
      primary: hosts[this.#primary],
      isWritablePrimary: primary,
      ismaster: primary,
      secondary: !primary,
      topologyVersion: { processId: this.#processes[host], counter: BigInt(this.#term) },
      ...(this.#options.login && { saslSupportedMechs: ['SCRAM-SHA-256'] }),
      ...(primary && { electionId: new mongo.ObjectId(this.#term.toString(16).padStart(24, '0')) }),
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: 21,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      lastWrite: { lastWriteDate: new Date() },
    }
  }

  /** One connection: a request, its answer, the next. */
  async #serve(client: Socket, host: number): Promise<void> {
    const behind = connect(this.#options.behind.port, '127.0.0.1')
    this.#clients.add(client)
    for (const socket of [client, behind]) socket.on('error', () => undefined) // `close` follows
    client.on('close', () => this.#clients.delete(client))
    behind.on('close', () => client.destroy())
    const answers = messages(behind)
    const ask = async (command: Fields): Promise<Fields> => {
      behind.write(message(command))
      const { value } = await answers.next()
      if (!value) throw new Error('the server behind has gone')
      return commandIn(value)
    }
    const entrance = new Entrance(this.#options.login)
    try {
      for await (const request of messages(client)) {
        if (isAwaited(request)) return await this.#helloOn(client, host, request.readInt32LE(4))
        const answer = await this.#answer(request, host, entrance, ask)
        if (answer === 'cut') client.destroy()
        else client.write(answer)
      }
    } catch {
      client.destroy() // the client has gone, or the server behind: the driver meets it as a cut connection
    } finally {
      behind.destroy() // not before: what was carried out for a client that has gone must be remembered
    }
  }

  /** The driver hears of an election at once: one hello is answered again and again. */
  async #helloOn(client: Socket, host: number, id: number): Promise<void> {
    const gone = new AbortController()
    client.on('close', () => gone.abort())
    while (!client.destroyed) {
      const patience = AbortSignal.any([gone.signal, AbortSignal.timeout(100)])
      await once(this.#elections, 'election', { signal: patience }).catch(() => undefined)
      client.write(message(this.#hello(host), id, moreToCome))
    }
  }

  async #answer(
    request: Buffer,
    host: number,
    entrance: Entrance,
    ask: (command: Fields) => Promise<Fields>,
  ) {
    const id = request.readInt32LE(4)
    if (request.readInt32LE(12) === opQuery) return reply(this.#hello(host), id)
    const command = commandIn(request)
    const [name = '', value] = Object.entries(command)[0] ?? []
    if (name === 'hello') return message(this.#hello(host), id)
    if (name === 'endSessions') return message({ ok: 1 }, id)
    const held = entrance.answer(name, command)
    if (held) return message(held, id)
    if (host !== this.#primary) return message({ ...notWritable }, id)
    const fault = this.fault({ name, collection: plain(value) })
    if (fault?.carriedOut === false)
      return fault.answer === 'cut' ? 'cut' : message({ ...failed(fault.answer) }, id)
    const carriedOut = await this.#carryOut(name, command, ask)
    if (!fault) return message(carriedOut, id)
    return fault.answer === 'cut' ? 'cut' : message({ ...carriedOut, ...failed(fault.answer) }, id)
  }

  async #carryOut(name: string, command: Fields, ask: (command: Fields) => Promise<Fields>): Promise<Fields> {
    const { lsid, txnNumber, $clusterTime: _time, ...rest } = command
    const { version, java } = this.#options
    const work = async () => {
      const answer = await (name === 'getMore' ? awaited(rest, java === true, ask) : ask(rest))
      if (java && name === 'findAndModify' && rest['update']) await ask(echoOf(rest))
      return name === 'buildInfo' && version ? { ...answer, version } : answer
    }
    if (txnNumber === undefined) return work()
    const key = `${(lsid as { id: mongo.Binary }).id.toString('hex')} ${String(txnNumber)}`
    const before = this.#answered.get(key)
    if (before) return before
    const answer = work()
    this.#answered.set(key, answer)
    answer.catch(() => this.#answered.delete(key))
    return answer
  }
}

const echoOf = ({ findAndModify, query, $db }: Fields): Fields => ({
  update: findAndModify,
  updates: [{ q: query, u: { $set: { echo: new mongo.ObjectId() } } }],
  $db,
})

/** Lets a connection through once its user has proved to be the one. */
class Entrance {
  readonly #login: Login | undefined
  #scram: Scram | undefined
  #open: boolean

  constructor(login: Login | undefined) {
    this.#login = login
    this.#open = login === undefined
  }

  /** Undefined: the command may pass. */
  answer(name: string, { payload, $db }: Fields): Fields | undefined {
    if (this.#open || !this.#login) return undefined
    const said = payload instanceof mongo.Binary ? Buffer.from(payload.buffer).toString() : ''
    if (name === 'saslStart' && $db === this.#login.source) {
      this.#scram = new Scram(this.#login)
      return saslAnswer(this.#scram.first(said), false)
    }
    const proof = name === 'saslContinue' ? this.#scram?.last(said) : undefined
    this.#open = proof !== undefined
    if (proof !== undefined) return saslAnswer(proof, true)
    return name.startsWith('sasl')
      ? { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' }
      : { ok: 0, code: 13, codeName: 'Unauthorized', errmsg: `command ${name} requires authentication` }
  }
}

const saslAnswer = (text: string, done: boolean): Fields => ({
  ok: 1,
  conversationId: 1,
  done,
  payload: new mongo.Binary(Buffer.from(text)),
})

/** A change stream waits for what comes, for so long as it says; the servers behind answer at once that nothing has. */
async function awaited(
  more: Fields,
  java: boolean,
  ask: (command: Fields) => Promise<Fields>,
): Promise<Fields> {
  const until = performance.now() + Number(more['maxTimeMS'] ?? 0)
  for (;;) {
    const token = resumeToken()
    const answer = await ask(more)
    const cursor = (answer['cursor'] ?? {}) as { nextBatch?: readonly unknown[]; id?: unknown }
    if (cursor.nextBatch?.length !== 0) return answer
    if (Number(cursor.id) !== 0 && performance.now() < until) await wait(10)
    else return java ? { ...answer, cursor: { ...cursor, postBatchResumeToken: token } } : answer
  }
}

/** As mongo-java-server writes them; a second ago, so that nothing is passed over. */
const resumeToken = (): Fields => ({
  _data: `${(Math.floor(Date.now() / 1000) - 1).toString(16)}00000000`,
})

const failed = (answer: Exclude<Fault['answer'], 'cut'>): Fields =>
  'instead' in answer ? { ok: 0, ...answer.instead } : { writeConcernError: answer.writeConcernError }

/** Numbers stay of the type they came in. */
const read = (bson: Buffer): Fields => BSON.deserialize(bson, { promoteValues: false, promoteBuffers: false })
const plain = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The document of an OP_MSG, with what came as a sequence put back as an array. */
function commandIn(message: Buffer): Fields {
  let command: Fields = {}
  const sequences: Fields = {}
  for (let at = 20; at < message.length; ) {
    const kind = message.readUInt8(at)
    const size = message.readInt32LE(at + 1)
    const section = message.subarray(at + 1, at + 1 + size)
    if (kind === 0) command = read(section)
    else {
      const end = section.indexOf(0, 4)
      sequences[section.toString('utf8', 4, end)] = documents(section.subarray(end + 1))
    }
    at += 1 + size
  }
  return { ...command, ...sequences }
}

function documents(bytes: Buffer): readonly Fields[] {
  const all: Fields[] = []
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at))
    all.push(read(bytes.subarray(at, at + bytes.readInt32LE(at))))
  return all
}

let lastId = 0

function message(document: Fields, responseTo = 0, flags = 0): Buffer {
  const body = BSON.serialize(document, { ignoreUndefined: true })
  const before = Buffer.alloc(5)
  before.writeInt32LE(flags)
  return Buffer.concat([header(body.length + 21, responseTo, opMsg), before, body])
}

/** A hello of a driver that already knows and wants to hear of the next change. */
const isAwaited = (request: Buffer): boolean =>
  request.readInt32LE(12) === opMsg && (request.readInt32LE(16) & exhaustAllowed) !== 0

/** OP_REPLY, which answers the OP_QUERY that a driver says hello with. */
function reply(document: Fields, responseTo: number): Buffer {
  const body = BSON.serialize(document)
  const fields = Buffer.alloc(20)
  fields.writeInt32LE(1, 16)
  return Buffer.concat([header(body.length + 36, responseTo, opReply), fields, body])
}

function header(length: number, responseTo: number, code: number): Buffer {
  const bytes = Buffer.alloc(16)
  for (const [at, value] of [length, ++lastId, responseTo, code].entries()) bytes.writeInt32LE(value, at * 4)
  return bytes
}

/** A wire message begins with its own length. */
async function* messages(socket: Socket): AsyncGenerator<Buffer> {
  let left = Buffer.alloc(0)
  for await (const chunk of socket) {
    left = Buffer.concat([left, chunk as Buffer])
    while (left.length >= 4 && left.length >= left.readInt32LE(0)) {
      yield left.subarray(0, left.readInt32LE(0))
      left = left.subarray(left.readInt32LE(0))
    }
  }
}
