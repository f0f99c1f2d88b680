// `node test/bench/engines.ts [--seconds 3] [--rounds 3]`: what durability costs on each engine. Token issue over HTTP
// (client_credentials), and the store's own create and take with 32 callers at once. Rounds of the engines alternate, so
// that the machine's drift hits them alike; the median stands with the lowest and highest round. MongoDB is named as it
// names itself: the tests' FerretDB passes one command at a time, and its figure says nothing of a real MongoDB.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createConnection } from 'mongoose'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { openMongo } from '../../src/store/mongo/mongo.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { artifact } from '../store/sample.ts'
import { testDatabase, testServer } from '../support/databases/mongo-server.ts'
import { drive, median } from './load.ts'
import { ourClientCredentialsRequests, prepareChancery } from './subjects.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '3' } },
})
const seconds = Number(values.seconds)
const rounds = Number(values.rounds)
const callers = 32

interface Subject {
  readonly name: string
  readonly store: Store
  readonly port: number
  stop(): Promise<void>
}

async function subject(name: string, open: (dir: string) => Promise<Store>, url?: string): Promise<Subject> {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-bench-'))
  const store = await open(dir)
  const server = await prepareChancery(url === undefined ? {} : { env: { CHANCERY_STORE: url } })
  return {
    name,
    store,
    port: server.port,
    async stop() {
      await store.close()
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Says what it is: `MongoDB 8.0.4`, `FerretDB as MongoDB 7.0.42`. */
async function nameOf(url: string): Promise<string> {
  const connection = await createConnection(url).asPromise()
  const build = (await connection.db?.command({ buildInfo: 1 })) ?? {}
  await connection.close()
  const ferretdb = build['ferretdbVersion'] ?? build['ferretdb']?.version
  return `${ferretdb === undefined ? 'MongoDB' : 'FerretDB as MongoDB'} ${build['version']}`
}

/** Per second, with so many callers at once, each waiting for its answer. */
async function rate(work: (n: number) => Promise<unknown>): Promise<number> {
  let done = 0
  let next = 0
  const began = performance.now()
  const until = began + seconds * 1000
  const caller = async () => {
    while (performance.now() < until) {
      await work(next++)
      done++
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return (done * 1000) / (performance.now() - began)
}

let serial = 0

const measures: Readonly<Record<string, (subject: Subject) => Promise<number>>> = {
  'token issue (client_credentials)': async ({ port }) => {
    const { perSecond } = await drive(port, ourClientCredentialsRequests(100))
    const { perSecond: measured } = await drive(
      port,
      ourClientCredentialsRequests(Math.ceil(perSecond * seconds)),
    )
    return measured
  },
  'create and take, pairs': ({ store }) => {
    const round = serial++
    return rate(async (n) => {
      const id = `bench-${round}-${n}`
      await store.create('artifact', artifact(id))
      if (!(await store.take('artifact', id))) throw new Error(`${id} was not there`)
    })
  },
}

const subjects = [
  await subject('SQLite', async (dir) =>
    openSqlite(join(dir, 'bench.db'), {
      masterKey: openMasterKey(join(dir, 'keys'), { storeExists: false }),
    }),
  ),
]
const server = await testServer()
const databases = server ? [await testDatabase(), await testDatabase()] : []
const [own, served] = databases
if (server && own && served)
  subjects.push(
    await subject(
      await nameOf(own.url),
      async (dir) =>
        (await openMongo(own.url, { masterKey: (found) => openMasterKey(join(dir, 'keys'), found) })).store,
      served.url,
    ),
  )
console.log(`MongoDB here: ${server?.what ?? 'none; CHANCERY_TEST_MONGODB names one'}`)

for (const [what, measure] of Object.entries(measures)) {
  const samples = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const one of subjects) samples.get(one.name)?.push(await measure(one))
  for (const [name, all] of samples)
    console.log(
      `${what.padEnd(34)} ${name.padEnd(28)} ${median(all).toFixed(0).padStart(7)} /s  (${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)})`,
    )
}
for (const one of subjects) await one.stop()
for (const database of databases) await database.drop()
await server?.stop()
