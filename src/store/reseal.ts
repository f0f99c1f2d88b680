// Rotates the master key: adds a version and seals every secret of the store under it, beside running servers. Interrupted at any
// moment it can be run again, because a file with more than one version is a rotation that goes on. Records change by
// compare-and-swap, and every process opens both versions meanwhile.
import { setTimeout as sleep } from 'node:timers/promises'
import { isProblem, Problem } from '../problem.ts'
import {
  activateMasterKey,
  type MasterKey,
  masterKeyFollowMs,
  openMasterKey,
  removeFormerMasterKeys,
  rotateMasterKey,
  sealedVersion,
} from '../secure/key/master-key.ts'
import type { Source } from './backup/format.ts'
import { kinds, ruleOf } from './kinds.ts'
import { openExistingStore, type StorePlace } from './open.ts'
import type { Kind } from './records.ts'
import { openSqliteSource } from './sqlite/backup.ts'
import { resealCheck } from './sqlite/file.ts'
import type { Store } from './store.ts'

export interface ResealContext extends StorePlace {
  readonly report: (line: string) => void
  /** Called with the number of records sealed so far. */
  readonly progress: (done: number) => void
  /** Aborts between two records; what was sealed stays so, and the next run goes on. */
  readonly stopped: AbortSignal
  /**
   * Milliseconds in which running servers take the new version and finish writes under the old one. Default 15,000.
   */
  readonly settleMs?: number
}

/** Kinds with sealed fields; keys first, because every server reads them again at once and so learns the new version. */
const sealedKinds: readonly Kind[] = [
  'key',
  ...(Object.keys(kinds) as Kind[]).filter((kind) => kind !== 'key' && ruleOf(kind).sealed.length > 0),
]
/** A write that waited for a lock for as long as it may (sqlite/file.ts), and the time in which the file is noticed. */
const usualSettleMs = masterKeyFollowMs + 13_000
const atOnce = 32

/** Only adds the next version to the file, to be copied to every machine before it is used. Returns its number. */
export function prepareMasterKey({ keysDir }: Pick<StorePlace, 'keysDir'>): number {
  const { versions } = openMasterKey(keysDir, { storeExists: true })
  if (versions.length > 1)
    throw new Problem('conflict', 'the master key has a next version already: go on without --prepare')
  return rotateMasterKey(keysDir, { prepare: true })
}

/**
 * @returns the version that everything is sealed under, and how many records were sealed anew
 * @throws Problem('unavailable') when it was stopped; run it again to go on
 */
export async function resealStore(
  context: ResealContext,
): Promise<{ readonly version: number; readonly records: number }> {
  const { keysDir, report, stopped, settleMs = usualSettleMs } = context
  // A store that cannot be opened is refused before anything changes.
  const before = await openExistingStore(context)
  await before.store.close()
  const version = before.masterKey.versions.length > 1 ? activateMasterKey(keysDir) : rotateMasterKey(keysDir)
  const { store, masterKey } = await openExistingStore(context)
  try {
    report(`every secret is being sealed under version ${version} of the master key`)
    let records = 0
    // What a server wrote under the old version while it was read is found by the next pass.
    for (let clean = false; !clean; ) {
      const sealed = await pass(context, store, masterKey, records)
      records += sealed
      clean = sealed === 0
      if (!clean) {
        report(`${sealed} records are sealed; waiting for what servers still write under the earlier version`)
        await sleep(settleMs, undefined, { signal: stopped }).catch(() => undefined)
      }
      if (stopped.aborted) throw interrupted()
    }
    await sealCheck(context, masterKey)
    removeFormerMasterKeys(keysDir)
    return { version, records }
  } finally {
    await store.close()
  }
}

const interrupted = (): Problem =>
  new Problem('unavailable', 'stopped: both versions are in use; run the command again to go on')

async function pass(context: ResealContext, store: Store, key: MasterKey, before: number): Promise<number> {
  let done = 0
  for (const kind of sealedKinds) {
    const source = await openSource(context, key)
    try {
      let group: string[] = []
      const flush = async () => {
        await Promise.all(group.map((id) => reseal(store, kind, id)))
        done += group.length
        group = []
        context.progress(before + done)
      }
      // Expired records are among them, as later versions of the program may read them in an upgrade.
      for await (const body of source.bodies(kind, 0)) {
        const id = staleId(kind, body, key.version)
        if (id !== undefined) group.push(id)
        if (group.length >= atOnce) await flush()
        if (context.stopped.aborted) throw interrupted()
      }
      await flush()
    } finally {
      await source.close()
    }
  }
  return done
}

/** The id of a record that has a field sealed under another version. */
function staleId(kind: Kind, body: string, version: number): string | undefined {
  const record = JSON.parse(body) as Readonly<Record<string, unknown>>
  const isStale = ruleOf(kind).sealed.some((field) => {
    const value = record[field]
    return typeof value === 'string' && sealedVersion(value) !== version
  })
  return isStale ? String(record['id']) : undefined
}

/** Every write seals with the current version, so a change of nothing is enough. */
async function reseal(store: Store, kind: Kind, id: string): Promise<void> {
  try {
    await store.update(kind, id, (old) => ({ ...old }))
  } catch (error) {
    if (!isProblem(error, 'not_found')) throw error
    // It has expired, and is invisible to everybody; or it was deleted meanwhile.
    await store.delete(kind, id)
  }
}

async function openSource({ store }: StorePlace, key: MasterKey): Promise<Source> {
  if (store.engine === 'sqlite') return openSqliteSource(store.path, key)
  const { openMongoSource } = await import('./mongo/mongo.ts')
  return openMongoSource(store.url.reveal(), key)
}

async function sealCheck({ store }: StorePlace, key: MasterKey): Promise<void> {
  if (store.engine === 'sqlite') return resealCheck(store.path, key)
  const { resealMongoCheck } = await import('./mongo/mongo.ts')
  await resealMongoCheck(store.url.reveal(), key)
}
