// Stores for tests that need one each: opening one starts a thread and makes forty tables, emptying one takes milliseconds.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import { type MasterKey, openMasterKey } from '../../src/secure/key/master-key.ts'
import type { EpochSeconds } from '../../src/store/records.ts'
import { layouts } from '../../src/store/sqlite/layout.ts'
import type { Store } from '../../src/store/store.ts'
import { onMongo, openStore } from './store.ts'

export interface PooledStore {
  readonly store: Store
  /** With the file and its keys, which stay from one test to the next. */
  readonly dir: string
  readonly path: string
  readonly masterKey: MasterKey
}

interface Entry extends PooledStore {
  clock: () => EpochSeconds
}

/** Records beyond which a new store is cheaper than emptying this one. */
const mostEmptied = 300
const free: Entry[] = []
const dirs = new Set<string>()
process.once('exit', () => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})

/** An empty store for this test alone, until `giveBack` of it has resolved. On MongoDB it is always a new one. */
export async function takeStore(clock: () => EpochSeconds): Promise<PooledStore & Pick<Entry, 'clock'>> {
  const pooled = free.pop()
  if (pooled) {
    pooled.clock = clock
    return pooled
  }
  const dir = mkdtempSync(join(tmpdir(), 'chancery-pool-'))
  dirs.add(dir)
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
  const path = join(dir, 'chancery.db')
  const store = await openStore(path, { masterKey, clock: () => entry.clock() })
  const entry: Entry = { store, dir, path, masterKey, clock }
  return entry
}

/** Whoever else opened the file has closed it, and nobody of the test watches the store any more. */
export async function giveBack(entry: Entry): Promise<void> {
  if (!onMongo && (await emptied(entry))) {
    free.push(entry)
    return
  }
  await entry.store.close()
  rmSync(entry.dir, { recursive: true, force: true })
}

/** `takeStore` until the end of the test. Hooks of the test that use the store must be set before. */
export async function pooledStore(t: TestContext, clock: () => EpochSeconds): Promise<PooledStore> {
  const entry = await takeStore(clock)
  t.after(() => giveBack(entry))
  return entry
}

/** False when it is closed or holds much. Deletes through the store, which knows then what it holds. */
async function emptied({ store, path }: Entry): Promise<boolean> {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const records = layouts.flatMap(({ kind, table }) =>
      database
        .prepare(`SELECT id FROM ${table} LIMIT ${mostEmptied}`)
        .all()
        .map(({ id }) => ({ kind, id: String(id) })),
    )
    if (records.length >= mostEmptied) return false
    await Promise.all([store.ping(), ...records.map(({ kind, id }) => store.delete(kind, id))])
    return true
  } catch {
    return false
  } finally {
    database.close()
  }
}
