// `chancery backup` and `chancery restore`. Settings and the screen come from cli.ts.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '../problem.ts'
import { hasMasterKey, type MasterKey, openMasterKey } from '../secure/master-key.ts'
import { readBackup, writeBackup } from './backup/file.ts'
import { backUp, type Counts, type Source, type Target, total } from './backup/format.ts'
import { restore } from './backup/restore.ts'
import { checkStoreExists, refuseSharedDirectories, type StorePlace } from './open.ts'
import type { EpochSeconds } from './records.ts'
import { openSqliteSource, openSqliteTarget } from './sqlite/backup.ts'

export interface BackupWorld extends StorePlace {
  readonly now: EpochSeconds
  /** A line for whoever runs the command; never standard output, which may be the backup. */
  readonly say: (line: string) => void
  /** Ends the work; what was begun is undone. */
  readonly stopped: AbortSignal
}

export async function backupCommand(args: readonly string[], world: BackupWorld): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { out: { type: 'string' } } })
  const out = values.out ?? `chancery-${stamp(world.now)}.jsonl.gz`
  checkStoreExists(world)
  const key = openMasterKey(world.keysDir, { storeExists: true })
  const source = await openSource(world, key)
  const counts: Counts = new Map()
  try {
    await unlessStopped(world, () =>
      writeBackup(out, backUp(source, key, { now: world.now, counts }), world.stopped),
    )
  } finally {
    await source.close()
  }
  world.say(`${total(counts)} records of ${source.name} are in ${out === '-' ? 'standard output' : out}`)
  if (source.consistency === 'by kind')
    world.say(
      'this server has no snapshots: each kind of record is as it was while it was read; for a backup of one moment, stop the changes or use a MongoDB replica set',
    )
  world.say(
    `the master key is not in it: keep a copy of ${resolve(world.keysDir)} apart, without it the backup is worth nothing`,
  )
  return 0
}

export async function restoreCommand(args: readonly string[], world: BackupWorld): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
  const [from, ...more] = positionals
  if (from === undefined || more.length > 0) {
    world.say('chancery: name one backup, or `-` for standard input\nusage: chancery restore FILE|-')
    return 2
  }
  if (!hasMasterKey(world.keysDir))
    throw new Problem(
      'unavailable',
      `there is no master key in \`${world.keysDir}\`: copy the \`keys/\` of the server the backup was made of, or set CHANCERY_KEYS to it`,
    )
  refuseSharedDirectories(world)
  const key = openMasterKey(world.keysDir, { storeExists: true })
  let name = ''
  const open = async () => {
    const target = await openTarget(world, key)
    name = target.name
    return target
  }
  const { header, counts } = await unlessStopped(world, () =>
    restore(readBackup(from, world.stopped), key, open, world.stopped),
  )
  const kinds = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')
  world.say(`${total(counts)} records of ${header.at} are in ${name}: ${kinds}`)
  world.say('what was changed, revoked or signed out after that moment is as it was then')
  return 0
}

async function openSource({ store }: BackupWorld, key: MasterKey): Promise<Source> {
  if (store.engine === 'sqlite') return openSqliteSource(store.path, key)
  const { openMongoSource } = await import('./mongo/mongo.ts')
  return openMongoSource(store.url.reveal(), key)
}

async function openTarget({ store }: BackupWorld, key: MasterKey): Promise<Target> {
  if (store.engine === 'sqlite') return openSqliteTarget(store.path, key)
  const { openMongoTarget } = await import('./mongo/mongo.ts')
  return openMongoTarget(store.url.reveal(), key)
}

async function unlessStopped<T>({ stopped }: BackupWorld, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (stopped.aborted) throw new Problem('unavailable', 'stopped; nothing of it is left')
    throw error
  }
}

/** `20260131T235959Z` */
const stamp = (now: EpochSeconds): string => new Date(now * 1000).toISOString().replace(/[-:]|\.\d+/g, '')
