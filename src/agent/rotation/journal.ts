// The state of a rotation, in a file beside the credentials file, so that a rotation that was interrupted at any point is
// continued. It holds no secret. A lock file keeps a second rotation of the same profile out.
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { Problem } from '../../problem.ts'
import { randomToken } from '../../verify/client.ts'
import { replacePrivateFile } from '../credential-cache.ts'
import { jsonObject } from '../http.ts'

export type Journal = {
  /** Id of the key that is replaced. */
  readonly previous: string
  /** Epoch seconds at which this state began. */
  readonly since: number
} & (
  | {
      /** The next key is about to be created. */
      readonly state: 'creating'
      /** Ids of the keys that existed before. */
      readonly known: readonly string[]
    }
  | {
      /** The next key exists; whether the credentials file has it is read there. */
      readonly state: 'created'
      readonly next: string
    }
  /** The credentials file has the next key; both keys are active. */
  | { readonly state: 'overlap' }
  /** The previous key is inactive. */
  | { readonly state: 'inactive' }
)

export const journalFile = (credentialsFile: string, profile: string): string =>
  `${credentialsFile}.${encodeURIComponent(profile)}.rotation`

/** @throws Problem('unavailable') for a file that is no journal: its rotation must be ended by hand */
export function readJournal(file: string): Journal | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Problem('unavailable', `cannot read \`${file}\` (${String(error)})`)
  }
  const { previous, since, state, known, next } = jsonObject(text)
  if (typeof previous === 'string' && typeof since === 'number') {
    if (state === 'overlap' || state === 'inactive') return { previous, since, state }
    if (state === 'created' && typeof next === 'string') return { previous, since, state, next }
    if (state === 'creating' && Array.isArray(known))
      return { previous, since, state, known: known.filter((id) => typeof id === 'string') }
  }
  throw new Problem(
    'unavailable',
    `\`${file}\` is not readable: compare the user's access keys, then delete it`,
  )
}

/** @throws Problem('unavailable') when the file cannot be written, as on a full disk */
export function writeJournal(file: string, journal: Journal): void {
  try {
    replacePrivateFile(file, JSON.stringify(journal))
  } catch (cause) {
    throw new Problem('unavailable', `cannot write \`${file}\` (${String(cause)})`, { cause })
  }
}

export const endJournal = (file: string): void => rmSync(file, { force: true })

/** Milliseconds between two signs of life of the process that holds a lock, and after which one without them is taken over. */
const heartbeat = 10_000
const abandonedAfter = 600_000

/**
 * Runs `work` while no other process rotates the same profile. The lock of a process that was killed is taken over: at once when
 * no process has its number, otherwise after ten minutes without a sign of life. Its number alone says little, because in a
 * container the next process has the number of the one before.
 * @throws Problem('conflict') when one does · Problem('unavailable') when the lock cannot be written
 */
export async function withRotationLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`
  if (!takeLock(lock)) {
    removeAbandoned(lock)
    if (!takeLock(lock)) throw new Problem('conflict', 'another process is rotating the same access key')
  }
  const alive = setInterval(() => touch(lock), heartbeat).unref()
  try {
    return await work()
  } finally {
    clearInterval(alive)
    rmSync(lock, { force: true })
  }
}

function takeLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    // On a full disk the file may be there without its content.
    rmSync(file, { force: true })
    throw new Problem('unavailable', `cannot write \`${file}\` (${String(error)})`)
  }
}

function touch(lock: string): void {
  try {
    utimesSync(lock, new Date(), new Date())
  } catch {
    // The next one may succeed; without any the lock counts as abandoned.
  }
}

/**
 * Removes the lock of a process that ended. Moved away first: of two processes that find it abandoned one would otherwise remove
 * the lock that the other has taken.
 * @throws Problem('conflict') when its process runs
 */
function removeAbandoned(lock: string): void {
  const found = lockState(lock)
  if (found === undefined) return
  if (found.isHeld)
    throw new Problem(
      'conflict',
      `${found.holder === '' ? 'another process' : `process ${found.holder}`} is rotating the same access key; if it was killed, \`${lock}\` is removed ten minutes after it`,
    )
  const moved = `${lock}.${randomToken(9)}.tmp`
  try {
    renameSync(lock, moved)
    const state = lockState(moved)
    if (state?.inode !== found.inode) linkSync(moved, lock)
  } catch {
    // Another process was faster: `takeLock` decides.
  } finally {
    rmSync(moved, { force: true })
  }
}

function lockState(
  lock: string,
): { readonly inode: bigint; readonly holder: string; readonly isHeld: boolean } | undefined {
  try {
    const { ino, mtimeMs } = statSync(lock, { bigint: true })
    const holder = readFileSync(lock, 'utf8').slice(0, 20)
    const isRecent = Math.abs(Date.now() - Number(mtimeMs)) < abandonedAfter
    // Empty: it was made a moment ago, or the disk was full.
    return { inode: ino, holder, isHeld: isRecent && (holder === '' || isRunning(Number(holder))) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Problem('unavailable', `cannot read \`${lock}\` (${String(error)})`)
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
