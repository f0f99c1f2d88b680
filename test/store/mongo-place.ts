// A MongoDB store in a database of its own, for this process and for children.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mongoose'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { openMongo } from '../../src/store/mongo/mongo.ts'
import type { EpochSeconds } from '../../src/store/records.ts'
import type { Store } from '../../src/store/store.ts'
import { type TestServer, testDatabase } from '../support/databases/mongo-server.ts'
import { Child } from './children.ts'
import type { Place } from './contract/place.ts'

/** What children call, with the connection string and the directory of the master key. */
export async function open(
  url: string,
  keys: string,
  options: { readonly clock?: () => EpochSeconds } = {},
): Promise<Store> {
  return (await openMongo(url, { masterKey: (found) => openMasterKey(keys, found), ...options })).store
}

/** Every document of a database, as EJSON-like text. */
export async function everything(url: string): Promise<Buffer> {
  const connection = await createConnection(url).asPromise()
  const names = (await connection.listCollections()).map(({ name }) => name)
  const documents = await Promise.all(names.map((name) => connection.collection(name).find().toArray()))
  await connection.close()
  return Buffer.from(JSON.stringify(documents))
}

/** On the server that tests of MongoDB use, or another. */
export async function mongoPlace(
  server?: TestServer,
): Promise<Place & { readonly url: string; readonly keys: string }> {
  const { url, drop } = await testDatabase(server)
  const keys = join(mkdtempSync(join(tmpdir(), 'store-')), 'keys')
  return {
    url,
    keys,
    open: (options) => open(url, keys, options),
    child: () => Child.start(new URL(import.meta.url), [url, keys]),
    written: () => everything(url),
    remove: async () => {
      await drop()
      rmSync(join(keys, '..'), { recursive: true, force: true })
    },
  }
}
