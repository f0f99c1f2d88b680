// The state of a rotation, in a file beside the credentials file, so that a rotation that was interrupted at any point is
// continued. It holds no secret. A lock file keeps a second rotation of the same profile out.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Problem } from '../../problem.ts'
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

export const writeJournal = (file: string, journal: Journal): void =>
  replacePrivateFile(file, JSON.stringify(journal))

export const endJournal = (file: string): void => rmSync(file, { force: true })

/**
 * Runs `work` while no other process of this machine rotates the same profile.
 * @throws Problem('conflict') when one does
 */
export async function withRotationLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`
  if (!takeLock(lock)) {
    const holder = Number(readFileSync(lock, 'utf8'))
    if (isRunning(holder)) throw new Problem('conflict', `process ${holder} is rotating the same access key`)
    rmSync(lock, { force: true })
    if (!takeLock(lock)) throw new Problem('conflict', 'another process is rotating the same access key')
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function takeLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw new Problem('unavailable', `cannot write \`${file}\` (${String(error)})`)
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
