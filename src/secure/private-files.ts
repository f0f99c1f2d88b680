// Files that contain secrets: checks who else may read or change them, and does not follow symbolic links out of their
// directory. Otherwise a link planted in a shared directory could redirect a write, or supply a different file.
import * as fs from 'node:fs'
import { sep } from 'node:path'
import { Problem } from '../problem.ts'

/** Mode bits with the group they apply to. */
type Access = Pick<fs.Stats, 'mode' | 'gid'>

/**
 * The groups of this process: Kubernetes gives volumes to one of them (`fsGroup`), so group permissions are the process's
 * own.
 */
const ownGroups = (): readonly number[] => [
  ...(process.getgroups?.() ?? []),
  ...(process.getegid === undefined ? [] : [process.getegid()]),
]

/** Whether anyone except the owner and the process's own groups has one of `bits` (of 0o7: read 4, write 2, search 1). */
export function othersHaveAccess(bits: number, { mode, gid }: Access, groups = ownGroups()): boolean {
  return (mode & bits) !== 0 || ((mode & (bits << 3)) !== 0 && !groups.includes(gid))
}

/**
 * Opens a file, creating it with mode 0600 if `flags` include creation.
 * @throws Problem('unavailable') when the last component of the path is a symbolic link; otherwise the system's error
 */
export function openPrivate(path: string, flags: number): number {
  try {
    return fs.openSync(path, flags | fs.constants.O_NOFOLLOW, 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') throw linkRefused(path)
    throw error
  }
}

/** @throws Problem('unavailable') when `path` is a symbolic link, even a dangling one */
export function refuseLink(path: string): void {
  if (pathExists(path) && fs.lstatSync(path).isSymbolicLink()) throw linkRefused(path)
}

/** Whether `path` exists; a symbolic link counts, even a dangling one. */
export const pathExists = (path: string): boolean => {
  try {
    return fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false // whoever opens it says why
  }
}

/**
 * Resolves symbolic links within the directory: a mounted Kubernetes Secret links each file to the current version beside
 * it.
 * @throws Problem('unavailable') when a link leads out of the directory; otherwise the system's error
 */
export function withinDirectory(dir: string, file: string): string {
  const real = fs.realpathSync(file)
  if (!real.startsWith(fs.realpathSync(dir) + sep)) throw linkRefused(file)
  return real
}

/**
 * Refuses a directory in which others may create, rename or remove files, whatever the modes of the files. A directory that
 * does not exist yet, or is on a read-only file system, passes. Its owner is not checked.
 * @throws Problem('unavailable') with the command that fixes it
 */
export function refuseSharedDirectory(dir: string): void {
  let stat: fs.Stats | undefined
  try {
    stat = fs.statSync(dir, { throwIfNoEntry: false })
  } catch {
    return // whoever makes it says why it cannot
  }
  if (stat === undefined || !othersHaveAccess(0o2, stat) || isReadOnly(dir)) return
  throw new Problem(
    'unavailable',
    `others may write to the directory \`${dir}\` (mode ${(stat.mode & 0o7777).toString(8)}): run \`chmod go-w '${dir}'\`, and check its contents before you start again`,
  )
}

function isReadOnly(dir: string): boolean {
  try {
    fs.accessSync(dir, fs.constants.W_OK)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS'
  }
}

const linkRefused = (path: string): Problem =>
  new Problem(
    'unavailable',
    `\`${path}\` is a symbolic link, and links are not followed here: remove it, or set CHANCERY_DATA, CHANCERY_STORE or CHANCERY_KEYS to where it leads`,
  )
