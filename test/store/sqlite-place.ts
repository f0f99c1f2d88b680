// A SQLite store in a directory of its own, for this process and for children.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import type { EpochSeconds } from '../../src/store/records.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { Child } from './children.ts'
import type { Place } from './contract/place.ts'

/** What children call, with the directory. */
export function open(dir: string, options: { readonly clock?: () => EpochSeconds } = {}): Promise<Store> {
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
  return openSqlite(join(dir, 'data', 'store.db'), { masterKey, ...options })
}

export async function sqlitePlace(): Promise<Place & { readonly dir: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'store-'))
  const data = join(dir, 'data')
  return {
    dir,
    open: (options) => open(dir, options),
    child: () => Child.start(new URL(import.meta.url), [dir]),
    written: async () => Buffer.concat(readdirSync(data).map((name) => readFileSync(join(data, name)))),
    remove: async () => rmSync(dir, { recursive: true, force: true }),
  }
}
