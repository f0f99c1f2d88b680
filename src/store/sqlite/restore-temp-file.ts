// The temporary file of a restore, next to the store: `<store>.restoring.<process id>.<random>`. If it exists and the store does
// not, a restore was interrupted.
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Problem } from '../../problem.ts'

export const newAside = (path: string): string =>
  `${path}.restoring.${process.pid}.${randomBytes(6).toString('hex')}`

export interface Aside {
  readonly file: string
  /** The process that fills it, on this machine or another one with the same disk. */
  readonly pid: number
}

/** Those beside the store at `path`, without the files SQLite keeps beside them. */
export function asidesOf(path: string): readonly Aside[] {
  const dir = dirname(path)
  const end = /^\.restoring\.(\d+)\.[0-9a-f]{12}$/
  return namesIn(dir).flatMap((name) => {
    const pid = name.startsWith(basename(path)) && end.exec(name.slice(basename(path).length))?.[1]
    return pid ? [{ file: join(dir, name), pid: Number(pid) }] : []
  })
}

/** None where there is no directory or it may not be read: whoever opens the store says so. */
function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}

/** Before a store is made at `path`. @throws Problem('unavailable'): an empty one would stand in the restore's way */
export function refuseHalfRestored(path: string): void {
  const [aside] = asidesOf(path)
  if (aside === undefined) return
  throw new Problem(
    'unavailable',
    `the store \`${path}\` is half restored: wait for \`chancery restore\` to end, or run it again; to begin with an empty store, remove \`${aside.file}\``,
  )
}
