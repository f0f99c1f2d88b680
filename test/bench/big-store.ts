// `node test/bench/big-store.ts [--users 1000000] [--grants 1000000] [--expired 1000000]`: point operations on a large SQLite
// store beside an empty one, and what a sweep of many expired records does to requests meanwhile. Filled through SQL,
// with the very columns the store writes, because through the store it would take hours.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { openMasterKey } from '../../src/secure/master-key.ts'
import { Secret } from '../../src/secure/secret.ts'
import type { Kind, Records } from '../../src/store/records.ts'
import { recordToText } from '../../src/store/sealing.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { columnValues, layoutFor, sideRows, type Value } from '../../src/store/sqlite-layout.ts'
import type { Store } from '../../src/store/store.ts'
import { sweepAll } from '../../src/store/sweeping.ts'
import { artifact, spent, user } from '../store/sample.ts'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    grants: { type: 'string', default: '100000' },
    expired: { type: 'string', default: '100000' },
  },
})
const count = { users: Number(values.users), grants: Number(values.grants), expired: Number(values.expired) }
const now = Math.floor(Date.now() / 1000)
const dir = mkdtempSync(join(tmpdir(), 'chancery-big-'))
process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
const file = (name: string) => join(dir, `${name}.db`)

const makers = {
  user: (n: number) => user(`AIDA${n}`, { email: `u${n}@example.com`, groups: [`AGPA${n % 1000}`] }),
  artifact: (n: number) =>
    artifact(`Grant:${n}`, {
      model: 'Grant',
      payload: new Secret(`{"openid":{"scope":"openid profile"},"clientId":"app-${n % 50}"}`),
      subject: `AIDA${n % Math.max(1, count.users)}`,
      clientId: `app-${n % 50}`,
      expiresAt: now + 90 * 86_400,
    }),
  spent: (n: number) => spent(`jti-${n}`, now - 1000),
} satisfies { [K in Kind]?: (n: number) => Records[K] }

function fill<K extends keyof typeof makers>(path: string, kind: K, many: number): void {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY')
  const layout = layoutFor(kind)
  const columns = ['id', 'version', ...layout.columns]
  const insert = db.prepare(
    `INSERT INTO ${layout.table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  const sides = layout.sides.map((side) => db.prepare(`INSERT INTO ${side.table} VALUES (?, ?, ?)`))
  for (let n = 0; n < many; ) {
    db.exec('BEGIN')
    for (const end = Math.min(many, n + 50_000); n < end; n++) {
      const record = makers[kind](n) as unknown as Records[K]
      const row: Value[] = [record.id, 1]
      columnValues(layout, record, recordToText(kind, record, masterKey), row)
      insert.run(...row)
      for (const [at, side] of layout.sides.entries())
        for (const [value, sort] of sideRows(layout, side, record)) sides[at]?.run(value, sort, record.id)
    }
    db.exec('COMMIT')
  }
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
}

type Operation = (store: Store, n: number) => Promise<unknown>
let serial = 0
/** `n` is anywhere among the users that both stores have. */
const operations: Readonly<Record<string, Operation>> = {
  'user by id': (store, n) => store.get('user', `AIDA${n}`),
  'user by name': (store, n) => store.getBy('user', 'name', `111122223333/aida${n}`),
  'user by e-mail': (store, n) =>
    store.find('user', { by: 'email', value: `111122223333/u${n}@example.com` }, { limit: 2 }),
  'grants of a user': (store, n) =>
    store.find('artifact', { by: 'subject', value: `Grant AIDA${n}` }, { limit: 10 }),
  'create, durable': (store) =>
    store.create(
      'artifact',
      artifact(`AccessToken:${serial++}`, { model: 'AccessToken', expiresAt: now + 600 }),
    ),
  'change a user, durable': (store, n) =>
    store.update('user', `AIDA${n}`, (old) => ({ ...old, passwordLastUsed: now })),
  'take, durable': async (store) => {
    const id = `AuthorizationCode:${serial++}`
    await store.create('artifact', artifact(id, { model: 'AuthorizationCode', expiresAt: now + 60 }))
    return store.take('artifact', id)
  },
}

/** Median microseconds of one after the other. */
async function measure(store: Store, operation: Operation, among: number, times: number): Promise<number> {
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    const n = Math.floor(Math.random() * among)
    const began = performance.now()
    await operation(store, n)
    took.push((performance.now() - began) * 1000)
  }
  took.sort((a, b) => a - b)
  return took[Math.floor(took.length / 2)] ?? Number.NaN
}

const few = 100
const small = await openSqlite(file('small'), { masterKey })
for (let n = 0; n < few; n++) {
  await small.create('user', makers.user(n))
  await small.create('artifact', makers.artifact(n))
}
await (await openSqlite(file('big'), { masterKey })).close()
const began = performance.now()
fill(file('big'), 'user', count.users)
fill(file('big'), 'artifact', count.grants)
const size = statSync(file('big')).size / 2 ** 20
console.log(
  `${count.users} users, ${count.grants} grants: ${size.toFixed(0)} MB, filled in ${((performance.now() - began) / 1000).toFixed(0)} s`,
)
const big = await openSqlite(file('big'), { masterKey })
for (const [name, operation] of Object.entries(operations)) {
  const times = name.includes('durable') ? 300 : 5000
  // Interleaved, so that the machine's drift hits both; the best of three rounds each.
  const rounds: [number, number][] = []
  for (let round = 0; round < 3; round++)
    rounds.push([
      await measure(small, operation, few, times),
      await measure(big, operation, count.users, times),
    ])
  const [one, other] = [0, 1].map((at) => Math.min(...rounds.map((pair) => pair[at] ?? 0)))
  console.log(
    `${name.padEnd(24)} ${one?.toFixed(1).padStart(8)} µs empty ${other?.toFixed(1).padStart(8)} µs full  × ${((other ?? 0) / (one ?? 1)).toFixed(2)}`,
  )
}
await small.close()

fill(file('big'), 'spent', count.expired)
/** The slowest of steady reads and durable writes while `work` lasts (milliseconds). */
async function slowestWhile(work: () => Promise<unknown>): Promise<string> {
  const reads: number[] = []
  const writes: number[] = []
  let over = false
  const asking = (async () => {
    for (let n = 0; !over; n++) {
      const read = performance.now()
      await operations['user by id']?.(big, n % count.users)
      const write = performance.now()
      await operations['create, durable']?.(big, n)
      reads.push(write - read)
      writes.push(performance.now() - write)
      await new Promise((next) => setTimeout(next, 1))
    }
  })()
  const started = performance.now()
  await work()
  const took = performance.now() - started
  over = true
  await asking
  const said = (all: number[]) => {
    all.sort((a, b) => a - b)
    return `${all[Math.floor(all.length * 0.99)]?.toFixed(1)} ms p99, ${all.at(-1)?.toFixed(1)} ms at most`
  }
  return `${(took / 1000).toFixed(1)} s; reads ${said(reads)}; durable writes ${said(writes)}`
}

console.log(`without a sweep: ${await slowestWhile(() => new Promise((done) => setTimeout(done, 10_000)))}`)
console.log(`sweep of ${count.expired}: ${await slowestWhile(() => sweepAll(big, () => now + 2000))}`)
await big.close()
