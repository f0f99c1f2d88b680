// A store as lines of JSON, whichever engine keeps it: a header, one line a record, a last line that seals all before it.
//   {"chancery":"backup/1","at":…,"from":"sqlite","kinds":[…],"key":{"version":1,"check":"1.…"}}
//   {"kind":"user","record":{…}}
//   {"end":{"records":1,"counts":{"user":1},"mac":"…"}}
// Records stand as engines keep them, secrets sealed; they are never opened on the way. The last line's MAC is made under
// the master key, so that a backup that was cut off, or changed where it lay, is refused. The parts are
//   backup-lines    bytes → lines              restore         lines → checked records → an engine
//   backup-file     files, gzip, modes         backup-command  `chancery backup` and `chancery restore`
//   sqlite/backup, mongo/backup                what each engine gives and takes
import { hmacSha256Over } from '../../secure/digest.ts'
import { kinds } from '../kinds.ts'
import type { EpochSeconds, Kind, Records } from '../records.ts'
import type { Sealer } from '../sealing.ts'

export const format = 'backup/1'
export const checkWord = 'this is the master key of this backup'
export const checkAad = 'backup/master-key'
export const macLabel = 'backup'

/** The key operations that backups need (secure/key/master-key.ts). */
export interface BackupKey extends Sealer {
  readonly version: number
  /** @throws Problem when there is no such version. */
  derive(label: string, version?: number): Buffer
}

export type Engine = 'sqlite' | 'mongodb'

/** A store to back up, as a snapshot if the engine supports that. */
export interface Source {
  readonly engine: Engine
  /** For messages. */
  readonly name: string
  /** `snapshot`: all kinds as of one moment. `by kind`: each kind as it was while it was read. */
  readonly consistency: 'snapshot' | 'by kind'
  /** The bodies (sealing.ts) of the records that have not expired. */
  bodies(kind: Kind, now: EpochSeconds): AsyncIterable<string> | Iterable<string>
  close(): Promise<void>
}

/** A record being restored. In `record`, secrets are still sealed texts. */
export interface Parked<K extends Kind = Kind> {
  readonly kind: K
  readonly record: Records[K]
  readonly body: string
}

/** A store being restored: nobody can open it before `finish`. */
export interface Target {
  readonly name: string
  /** Returns the index of the first record whose id or unique value is taken. */
  write(batch: readonly Parked[]): Promise<number | undefined>
  finish(): Promise<void>
  /** Removes everything written so far. */
  abandon(): Promise<void>
}

export type Counts = Map<string, number>

/**
 * Referenced kinds are read after those that refer to them, for engines without snapshots: whatever a record referred to when it
 * was read is read later. Keys come last, so that they cover everything signed until then.
 */
const referredTo: readonly Kind[] = [
  'user',
  'role',
  'group',
  'policy',
  'identityProvider',
  'account',
  'configuration',
  'setting',
  'key',
]
export const readingOrder: readonly Kind[] = [
  ...(Object.keys(kinds) as Kind[]).filter((kind) => !referredTo.includes(kind)),
  ...referredTo,
]

const pieceSize = 64 * 1024

/** The text of a backup in chunks; fills `counts`. */
export async function* backUp(
  source: Source,
  key: BackupKey,
  at: { readonly now: EpochSeconds; readonly counts: Counts },
): AsyncGenerator<string> {
  const mac = hmacSha256Over(key.derive(macLabel, key.version))
  let piece = `${JSON.stringify(headerOf(source, key, at.now))}\n`
  for (const kind of readingOrder) {
    let count = 0
    for await (const body of source.bodies(kind, at.now)) {
      count++
      piece += `{"kind":"${kind}","record":${body}}\n`
      if (piece.length < pieceSize) continue
      mac.update(piece)
      yield piece
      piece = ''
    }
    if (count > 0) at.counts.set(kind, count)
  }
  mac.update(piece)
  const end = {
    records: total(at.counts),
    counts: Object.fromEntries(at.counts),
    mac: mac.digest('base64url'),
  }
  yield `${piece}${JSON.stringify({ end })}\n`
}

const headerOf = ({ engine, consistency }: Source, key: BackupKey, now: EpochSeconds) => ({
  chancery: format,
  at: new Date(now * 1000).toISOString(),
  from: engine,
  consistency,
  kinds: readingOrder,
  key: { version: key.version, check: key.seal(checkWord, checkAad) },
})

export const total = (counts: Counts): number => counts.values().reduce((sum, count) => sum + count, 0)
