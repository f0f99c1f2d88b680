// `node test/bench/big-store.ts [--users 1000000] [--grants 10000000] [--expired 1000000]`: the SQLite store at size beside a
// small one (100 users, as many grants each), in three forms. The store's verbs by themselves, one after the other and
// nothing between: there the small store never leaves the processor's caches, and the large one is never in them. Reads
// with a commit before every third, as a server that writes down what it does makes them. And whole requests over HTTP.
// Then what a sweep of many expired records does to others. The whole file should fit the machine's memory.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { signRequest } from '../../src/secure/sigv4-sign.ts'
import type { Store } from '../../src/store/store.ts'
import { sweepAll } from '../../src/store/sweeping.ts'
import { artifact } from '../store/sample.ts'
import { formOf } from '../support/aws-call.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import {
  accessToken,
  clientId,
  email,
  type Filled,
  fillStore,
  grantRecordId,
  tokens,
  userId,
  userName,
} from './big-store-fill.ts'
import { drive, requestBytes } from './load.ts'
import { benchClient, ourClientCredentialsRequests } from './subjects.ts'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    grants: { type: 'string', default: '1000000' },
    expired: { type: 'string', default: '100000' },
  },
})
const users = Number(values.users)
const grantsPerUser = Math.max(1, Math.round(Number(values.grants) / users))
const expired = Number(values.expired)
const now = Math.floor(Date.now() / 1000)

/** Gigabytes: they go however the bench ends, and those of one that was killed with the next. */
function workplace(): string {
  const prefix = 'chancery-big-store-'
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
  const dir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    process.once(signal, () => process.exit(code))
  return dir
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** `n` is any of the users of the store. */
type Operation = (store: Store, n: number) => Promise<unknown>
let serial = 0
const reads: Readonly<Record<string, Operation>> = {
  'user by id': (store, n) => store.get('user', userId(n)),
  'user by name': (store, n) => store.getBy('user', 'name', `${accountId}/${userName(n)}`),
  'user by e-mail': (store, n) =>
    store.find('user', { by: 'email', value: `${accountId}/${email(n)}` }, { limit: 2 }),
  'grant by id': (store, n) => store.get('artifact', grantRecordId(n)),
  [`${grantsPerUser} grants of a user`]: (store, n) =>
    store.find('artifact', { by: 'subject', value: `Grant ${userId(n)}` }, { limit: grantsPerUser }),
}
const create = async (store: Store): Promise<string> => {
  const id = `AccessToken:${serial++}`
  await store.create('artifact', artifact(id, { model: 'AccessToken', expiresAt: now + 600 }))
  return id
}
const changes: Readonly<Record<string, Operation>> = {
  'create, durable': create,
  'change a user, durable': (store, n) =>
    store.update('user', userId(n), (old) => ({ ...old, passwordLastUsed: now + (serial++ % 100) })),
  'create and take, durable': async (store) => store.take('artifact', await create(store)),
}

interface Times {
  /** Microseconds. */
  readonly p50: number
  readonly p99: number
}

/** Of one after the other, each on a user chosen at random; `commits`: before every third another record is written. */
async function measure(
  store: Store,
  operation: Operation,
  among: number,
  times: number,
  commits = false,
): Promise<Times> {
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    if (commits && i % 3 === 0) await create(store)
    const n = Math.floor(Math.random() * among)
    const began = performance.now()
    await operation(store, n)
    took.push((performance.now() - began) * 1000)
  }
  took.sort((a, b) => a - b)
  const at = (share: number) => took[Math.floor(took.length * share)] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

/** Interleaved, so that the machine's drift hits both; of each the best round, after one that warms up. */
async function compare(
  name: string,
  small: () => Promise<Times>,
  large: () => Promise<Times>,
): Promise<void> {
  const rounds: (readonly [Times, Times])[] = []
  for (let round = 0; round <= 4; round++) {
    const pair = [await small(), await large()] as const
    if (round > 0) rounds.push(pair)
  }
  const best = (which: 0 | 1, what: keyof Times) => Math.min(...rounds.map((pair) => pair[which][what]))
  const [one, other] = [best(0, 'p50'), best(1, 'p50')]
  console.log(
    `${name.padEnd(34)} ${one.toFixed(1).padStart(8)} µs small ${other.toFixed(1).padStart(8)} µs large  × ${(other / one).toFixed(2)}` +
      `   p99 ${best(0, 'p99').toFixed(0)} and ${best(1, 'p99').toFixed(0)} µs`,
  )
}

async function verbs(one: Filled, other: Filled): Promise<void> {
  const [small, large] = [await one.open(), await other.open()]
  for (const [title, all, times, commits] of [
    ['Reads of the store, one after the other:', reads, 5000, false],
    ['Reads of the store, a commit before every third:', reads, 3000, true],
    ['Changes, one after the other:', changes, 600, false],
  ] as const) {
    console.log(title)
    for (const [name, operation] of Object.entries(all))
      await compare(
        name,
        () => measure(small, operation, one.size.users, times, commits),
        () => measure(large, operation, other.size.users, times, commits),
      )
  }
  await small.close()
  await large.close()
}

/** The slowest of steady reads and durable writes while `work` lasts (milliseconds). */
async function slowestWhile(store: Store, work: () => Promise<unknown>): Promise<string> {
  const took = { reads: [] as number[], writes: [] as number[] }
  let over = false
  const asking = (async () => {
    while (!over) {
      const read = performance.now()
      await reads['user by id']?.(store, Math.floor(Math.random() * users))
      const write = performance.now()
      await create(store)
      took.reads.push(write - read)
      took.writes.push(performance.now() - write)
      await new Promise((next) => setTimeout(next, 1))
    }
  })()
  const started = performance.now()
  await work()
  const seconds = (performance.now() - started) / 1000
  over = true
  await asking
  const said = (all: number[]) => {
    all.sort((a, b) => a - b)
    return `${all[Math.floor(all.length * 0.99)]?.toFixed(1)} ms p99, ${all.at(-1)?.toFixed(1)} ms at most`
  }
  return `${seconds.toFixed(1)} s; reads ${said(took.reads)}; durable writes ${said(took.writes)}`
}

async function sweep(other: Filled): Promise<void> {
  const store = await other.open()
  const quiet = () => new Promise((done) => setTimeout(done, 10_000))
  console.log(`Without a sweep: ${await slowestWhile(store, quiet)}`)
  console.log(`Sweep of ${expired}: ${await slowestWhile(store, () => sweepAll(store, () => now + 2000))}`)
  await store.close()
}

const configText = `
clients:
  - client_id: ${clientId}
    client_secret: bench-secret-of-32-characters-or-more
    redirect_uris: [https://app.example/callback]
    token_endpoint_auth_method: client_secret_post
${benchClient}`

const anyOf = (many: number): number => Math.floor(Math.random() * many)

/** Requests, ready to send, to the server of a store of so many users. */
const requests: Readonly<Record<string, (server: Running, users: number, count: number) => Buffer[]>> = {
  userinfo: (_, __, count) =>
    Array.from({ length: count }, () =>
      requestBytes('localhost', 'GET', '/userinfo', {
        authorization: `Bearer ${accessToken(anyOf(tokens))}`,
      }),
    ),
  'token issue': (_, __, count) => ourClientCredentialsRequests(count),
  'iam GetUser, signed, audited': ({ url }, among, count) =>
    Array.from({ length: count }, () => {
      const body = formOf('iam', 'GetUser', { UserName: userName(anyOf(among)) })
      const { host = '', ...headers } = signRequest({
        method: 'POST',
        url: `${url}/`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
        credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
        region: 'us-east-1',
        service: 'iam',
        now: Math.floor(Date.now() / 1000),
      })
      return requestBytes(host, 'POST', '/', headers, body)
    }),
}

async function overHttp(one: Filled, other: Filled): Promise<void> {
  const start = ({ dir }: Filled) => startServer({ dir, config: configText, timeoutMs: 60_000 })
  const [small, large] = [await start(one), await start(other)]
  console.log('Requests over HTTP, one connection:')
  for (const [name, make] of Object.entries(requests)) {
    const measured = async (server: Running, { size }: Filled): Promise<Times> => {
      const sent = make(server, size.users, 1000)
      const { p50, p99 } = await drive(Number(new URL(server.url).port), sent, 1)
      return { p50: p50 * 1000, p99: p99 * 1000 }
    }
    await compare(
      name,
      () => measured(small, one),
      () => measured(large, other),
    )
  }
  await small.stop()
  await large.stop()
}

const dir = workplace()
const small = await fillStore(join(dir, 'small'), { users: 100, grantsPerUser, expired: 0 })
const large = await fillStore(join(dir, 'large'), { users, grantsPerUser, expired })
console.log(
  `${users} users, ${users * grantsPerUser} grants, ${expired} expired: ${large.megabytes.toFixed(0)} MB, filled in ${large.seconds.toFixed(0)} s`,
)
await verbs(small, large)
await sweep(large)
await overHttp(small, large)
