// A file in which `chancery credentials` keeps the credentials of a session, so that a command that runs often does not
// assume the role each time.
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { randomToken } from '../verify/client.ts'
import { jsonObject } from './http.ts'
import type { SessionCredentials } from './session-credentials.ts'

/** Seconds before their end from which cached credentials are no longer used. */
export const refreshMargin = 300

/**
 * The cached credentials for `key`; undefined when there are none, they end within `refreshMargin`, or the file is not a
 * regular file that only its owner, this user, can read.
 */
export function readCache(file: string, key: string, now: number): SessionCredentials | undefined {
  const {
    key: kept,
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiration,
    roleArn,
  } = jsonObject(privateText(file))
  if (kept !== key || typeof expiration !== 'number' || expiration - now <= refreshMargin) return undefined
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string') return undefined
  if (typeof sessionToken !== 'string' || typeof roleArn !== 'string') return undefined
  return { accessKeyId, secretAccessKey, sessionToken, expiration, roleArn }
}

/** Replaces the file as one step, with mode 0600. */
export function writeCache(file: string, key: string, credentials: SessionCredentials): void {
  replacePrivateFile(file, JSON.stringify({ key, ...credentials }))
}

/** Writes a file of mode 0600 beside `file` and renames it, so that readers see the old text or the new one. */
export function replacePrivateFile(file: string, text: string): void {
  const next = `${file}.${randomToken(9)}.tmp`
  try {
    writeFileSync(next, text, { mode: 0o600, flag: 'wx', flush: true })
    renameSync(next, file)
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  }
}

function privateText(file: string): string {
  let handle: number
  try {
    handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch {
    return ''
  }
  try {
    const stat = fstatSync(handle)
    const isPrivate = stat.isFile() && (stat.mode & 0o077) === 0 && stat.uid === process.getuid?.()
    return isPrivate && stat.size < 65_536 ? readFileSync(handle, 'utf8') : ''
  } finally {
    closeSync(handle)
  }
}
