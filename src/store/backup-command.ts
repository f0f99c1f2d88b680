// `chancery backup` and `chancery restore`. Settings and the terminal are passed in by the command line.
import { resolve } from 'node:path'
import { Problem } from '../problem.ts'
import { hasMasterKey, type MasterKey, openMasterKey } from '../secure/key/master-key.ts'
import { readBackup, writeBackup } from './backup/file.ts'
import { backUp, type Counts, type Source, type Target, total } from './backup/format.ts'
import { restore } from './backup/restore.ts'
import { checkStoreExists, refuseSharedDirectories, type StorePlace } from './open.ts'
import type { EpochSeconds } from './records.ts'
import { openSqliteSource, openSqliteTarget } from './sqlite/backup.ts'

export interface BackupContext extends StorePlace {
  readonly now: EpochSeconds
  /** Prints a line to standard error; standard output may be the backup itself. */
  readonly report: (line: string) => void
  /** Called with the number of records written so far. */
  readonly progress: (done: number) => void
  /** Aborts the command; partial results are removed. */
  readonly stopped: AbortSignal
}

/**
 * Writes the store to one file.
 * @param file `-` for standard output; by default a name with the current time
 * @throws Problem('not_found') when there is no store
 */
export async function backup(file: string | undefined, context: BackupContext): Promise<void> {
  const out = file ?? `chancery-${stamp(context.now)}.jsonl.gz`
  checkStoreExists(context)
  const key = openMasterKey(context.keysDir, { storeExists: true })
  const source = counted(await openSource(context, key), context)
  const counts: Counts = new Map()
  try {
    await unlessStopped(context, () =>
      writeBackup(out, backUp(source, key, { now: context.now, counts }), context.stopped),
    )
  } finally {
    await source.close()
  }
  context.report(`${total(counts)} records of ${source.name} are in ${out === '-' ? 'standard output' : out}`)
  if (source.consistency === 'by kind')
    context.report(
      'this server has no snapshots: each kind of record is as it was while it was read; for a backup of one moment, stop the changes or use a MongoDB replica set',
    )
  context.report(
    `the master key is not in it: keep a copy of ${resolve(context.keysDir)} apart, without it the backup is worth nothing`,
  )
}

/**
 * Reads a backup into the new, empty store of the settings.
 * @param from `-` is standard input
 * @throws Problem when the store exists, or the backup is incomplete or was made with another key
 */
export async function restoreBackup(from: string, context: BackupContext): Promise<void> {
  if (!hasMasterKey(context.keysDir))
    throw new Problem(
      'unavailable',
      `there is no master key in \`${context.keysDir}\`: copy the \`keys/\` of the server the backup was made of, or set CHANCERY_KEYS to it`,
    )
  refuseSharedDirectories(context)
  const key = openMasterKey(context.keysDir, { storeExists: true })
  let name = ''
  const open = async () => {
    const target = await openTarget(context, key)
    name = target.name
    return countedTarget(target, context)
  }
  const { header, counts } = await unlessStopped(context, () =>
    restore(readBackup(from, context.stopped), key, open, context.stopped),
  )
  const kinds = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')
  context.report(`${total(counts)} records of ${header.at.replace('.000Z', 'Z')} are in ${name}: ${kinds}`)
  context.report('what was changed, revoked or signed out after that moment is as it was then')
}

function counted(source: Source, { progress }: Pick<BackupContext, 'progress'>): Source {
  let done = 0
  return {
    engine: source.engine,
    name: source.name,
    consistency: source.consistency,
    async *bodies(kind, now) {
      for await (const body of source.bodies(kind, now)) {
        progress(++done)
        yield body
      }
    },
    close: () => source.close(),
  }
}

function countedTarget(target: Target, { progress }: Pick<BackupContext, 'progress'>): Target {
  let done = 0
  return {
    name: target.name,
    async write(batch) {
      const place = await target.write(batch)
      done += batch.length
      progress(done)
      return place
    },
    finish: () => target.finish(),
    abandon: () => target.abandon(),
  }
}

async function openSource({ store }: BackupContext, key: MasterKey): Promise<Source> {
  if (store.engine === 'sqlite') return openSqliteSource(store.path, key)
  const { openMongoSource } = await import('./mongo/mongo.ts')
  return openMongoSource(store.url.reveal(), key)
}

async function openTarget({ store }: BackupContext, key: MasterKey): Promise<Target> {
  if (store.engine === 'sqlite') return openSqliteTarget(store.path, key)
  const { openMongoTarget } = await import('./mongo/mongo.ts')
  return openMongoTarget(store.url.reveal(), key)
}

async function unlessStopped<T>({ stopped }: BackupContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (stopped.aborted) throw new Problem('unavailable', 'stopped; nothing of it is left')
    throw error
  }
}

/** `20260131T235959Z` */
const stamp = (now: EpochSeconds): string => new Date(now * 1000).toISOString().replace(/[-:]|\.\d+/g, '')
