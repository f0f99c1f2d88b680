// Which engine the tests run on: SQLite, or with CHANCERY_TEST_STORE=mongodb a MongoDB of databases/mongo-server.ts. A store is known
// by the path its SQLite file has or would have; on MongoDB that is a database of its own, dropped when the test file ends.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { after } from 'node:test'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import type { EpochSeconds } from '../../src/store/records.ts'
import type { Sealer } from '../../src/store/sealing.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { databaseUrl, dropDatabase, testServer } from './databases/mongo-server.ts'

export const onMongo = process.env['CHANCERY_TEST_STORE'] === 'mongodb'

const used = new Set<string>()
const besides = new Map<string, Promise<Store>>()
// A process that a test starts leaves the databases to the test.
if (onMongo && /\.(test|long)\.ts$/.test(process.argv[1] ?? ''))
  after(async () => {
    for (const store of besides.values()) await (await store).close()
    await Promise.all([...used].map(dropDatabase))
  })

/** The connection string for this path; undefined on SQLite. */
export async function mongoUrl(path: string): Promise<string | undefined> {
  if (!onMongo) return undefined
  const server = await testServer()
  if (!server) throw new Error('CHANCERY_TEST_STORE=mongodb, but no MongoDB can be had')
  const name = createHash('sha256').update(path).digest('hex').slice(0, 16)
  const url = databaseUrl(server.url, `chancery-test-${name}`)
  used.add(url)
  return url
}

/** For commands that run beside a server of this directory. */
export async function storeEnv(dir: string): Promise<Record<string, string>> {
  const url = await mongoUrl(join(dir, 'data', 'chancery.db'))
  return url === undefined ? {} : { CHANCERY_STORE: url }
}

export async function openStore(
  path: string,
  options: { readonly masterKey: Sealer; readonly clock?: () => EpochSeconds },
): Promise<Store> {
  const url = await mongoUrl(path)
  if (url === undefined) return openSqlite(path, options)
  const { openMongo } = await import('../../src/store/mongo/mongo.ts')
  return (await openMongo(url, { ...options, masterKey: () => options.masterKey })).store
}

/**
 * The store of a running server, opened beside it. It is opened once per test file, because the writing thread takes
 * longer to start than what is done with it; on SQLite it ends with the process.
 */
export function storeBeside({ dir }: { readonly dir: string }): Promise<Store> {
  const path = join(dir, 'data', 'chancery.db')
  let store = besides.get(path)
  if (store === undefined) {
    store = openStore(path, { masterKey: openMasterKey(join(dir, 'keys'), { storeExists: true }) })
    besides.set(path, store)
  }
  return store
}
