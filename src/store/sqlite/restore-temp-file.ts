// The temporary file of a restore, next to the store: `<store>.restoring.<process id>.<random>`. If it exists and the store does
// not, a restore was interrupted.
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Problem } from '../../problem.ts'

export const newRestoreFile = (path: string): string =>
  `${path}.restoring.${process.pid}.${randomBytes(6).toString('hex')}`

export interface RestoreFile {
  readonly file: string
  /** The process that writes it, on this machine or another one with the same disk. */
  readonly pid: number
}

/** The temporary files of restores next to the store at `path`, without SQLite's own files. */
export function restoreFilesOf(path: string): readonly RestoreFile[] {
  const dir = dirname(path)
  const end = /^\.restoring\.(\d+)\.[0-9a-f]{12}$/
  return namesIn(dir).flatMap((name) => {
    const pid = name.startsWith(basename(path)) && end.exec(name.slice(basename(path).length))?.[1]
    return pid ? [{ file: join(dir, name), pid: Number(pid) }] : []
  })
}

/** Empty when the directory cannot be read; opening the store reports that. */
function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}

/** Call it before a store is created at `path`. @throws Problem('unavailable') when a restore is running or was interrupted */
export function refuseIncompleteRestore(path: string): void {
  const [restoreFile] = restoreFilesOf(path)
  if (restoreFile === undefined) return
  throw new Problem(
    'unavailable',
    `the restore of the store \`${path}\` is not complete: wait for \`chancery restore\` to end, or run it again; to start with an empty store, remove \`${restoreFile.file}\``,
  )
}
