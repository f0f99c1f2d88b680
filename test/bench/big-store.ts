// `node test/bench/big-store.ts [--users 1000000] [--grants 10000000] [--expired 1000000]`: the SQLite store at size beside a
// small one (100 users, as many grants each), in three forms. The store's verbs by themselves, one after the other and
// nothing between: there the small store never leaves the processor's caches, and the large one is never in them. Reads
// with a commit before every third, as a server that writes down what it does makes them. And whole requests over HTTP.
// Then what a sweep of many expired records does to others. The whole file must fit the machine's memory.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
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
import { drive, requestBytes, type Spread, spreadOf } from './load.ts'
import { compare, hold, workplace } from './small-and-large.ts'
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

const anyOf = (many: number): number => Math.floor(Math.random() * many)

interface Operation {
  /** Of any of the users of the store; made before the clock runs. */
  readonly key: (n: number) => string
  readonly run: (store: Store, key: string) => Promise<unknown>
}
let serial = 0
const byId: Operation = { key: userId, run: (store, id) => store.get('user', id) }
const reads: Readonly<Record<string, Operation>> = {
  'user by id': byId,
  'user by name': {
    key: (n) => `${accountId}/${userName(n)}`,
    run: (store, name) => store.getBy('user', 'name', name),
  },
  'user by e-mail': {
    key: (n) => `${accountId}/${email(n)}`,
    run: (store, value) => store.find('user', { by: 'email', value }, { limit: 2 }),
  },
  'grant by id': { key: grantRecordId, run: (store, id) => store.get('artifact', id) },
  [`${grantsPerUser} grants of a user`]: {
    key: (n) => `Grant ${userId(n)}`,
    run: (store, value) => store.find('artifact', { by: 'subject', value }, { limit: grantsPerUser }),
  },
}
const create = async (store: Store): Promise<string> => {
  const id = `AccessToken:${serial++}`
  await store.create('artifact', artifact(id, { model: 'AccessToken', expiresAt: now + 600 }))
  return id
}
const changes: Readonly<Record<string, Operation>> = {
  'create, durable': { key: String, run: create },
  'change a user, durable': {
    key: userId,
    run: (store, id) =>
      store.update('user', id, (old) => ({ ...old, passwordLastUsed: now + (serial++ % 100) })),
  },
  'create and take, durable': {
    key: String,
    run: async (store) => store.take('artifact', await create(store)),
  },
}

/** Of one after the other, each on a user chosen at random; `commits`: before every third another record is written. */
async function measure(
  store: Store,
  operation: Operation,
  among: number,
  times: number,
  commits = false,
): Promise<Spread> {
  const keys = Array.from({ length: times }, () => operation.key(anyOf(among)))
  const took: number[] = []
  for (const [at, key] of keys.entries()) {
    if (commits && at % 3 === 0) await create(store)
    const began = performance.now()
    await operation.run(store, key)
    took.push(performance.now() - began)
  }
  return spreadOf(took)
}

async function verbs(one: Filled, other: Filled): Promise<void> {
  const [small, large] = [await one.open(), await other.open()]
  for (const [title, all, times, commits] of [
    ['Reads of the store, one after the other:', reads, 5000, false],
    ['Reads of the store, a commit before every third:', reads, 3000, true],
    ['Changes, one after the other:', changes, 600, false],
  ] as const) {
    console.log(title)
    for (const [name, operation] of Object.entries(all)) {
      await hold(other)
      await compare(
        name,
        () => measure(small, operation, one.size.users, times, commits),
        () => measure(large, operation, other.size.users, times, commits),
      )
    }
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
      await byId.run(store, byId.key(anyOf(users)))
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
  const said = (all: number[]) =>
    `${spreadOf(all).p99.toFixed(1)} ms p99, ${Math.max(...all).toFixed(1)} ms at most`
  return `${seconds.toFixed(1)} s; reads ${said(took.reads)}; durable writes ${said(took.writes)}`
}

async function sweep(other: Filled): Promise<void> {
  await hold(other)
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
    const measured = (server: Running, { size }: Filled): Promise<Spread> =>
      drive(Number(new URL(server.url).port), make(server, size.users, 2000), 1)
    await hold(other)
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
