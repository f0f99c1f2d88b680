// The access key of one profile in an AWS shared credentials file. Other profiles, settings and comments are not touched
// (AWS SDKs and Tools Reference Guide, "Shared config and credentials files").
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../../problem.ts'
import { type Credentials, randomToken } from '../../verify/client.ts'

/** The lines of one profile's key, by their index in the file. */
interface KeyLines {
  readonly lines: readonly string[]
  readonly id: KeyLine
  readonly secret: KeyLine
}

interface KeyLine {
  readonly at: number
  readonly before: string
  readonly value: string
  readonly after: string
}

/**
 * The access key of a profile.
 * @throws Problem('invalid_input') when the file or profile has no long-term access key
 */
export function readProfileKey(file: string, profile: string): Credentials {
  const { id, secret } = findKey(textOf(file), profile)
  return { accessKeyId: id.value, secretAccessKey: secret.value }
}

/**
 * Writes the next key in place of the one with `previousId`, with one rename: readers see the old key or the new one. The
 * file gets mode 0600 and keeps its owner; a symbolic link is followed.
 * @throws Problem('conflict') when the profile has another key meanwhile · Problem('unavailable') when the file cannot be written
 */
export function replaceProfileKey(
  file: string,
  profile: string,
  previousId: string,
  next: Credentials,
): void {
  const target = realpathSync(file)
  const text = withKey(textOf(target), profile, previousId, next)
  const { uid, gid } = statSync(target)
  const temporary = `${target}.${randomToken(9)}.tmp`
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx', flush: true })
    chmodSync(temporary, 0o600)
    if (process.getuid?.() === 0) chownSync(temporary, uid, gid)
    renameSync(temporary, target)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw new Problem('unavailable', `cannot write the credentials file \`${file}\` (${String(cause)})`, {
      cause,
    })
  }
  syncDirectory(dirname(target))
}

/** The text with another key in the profile. @throws Problem('conflict') when the key there is not `previousId` */
export function withKey(text: string, profile: string, previousId: string, next: Credentials): string {
  const { lines, id, secret } = findKey(text, profile)
  if (id.value !== previousId)
    throw new Problem('conflict', `profile \`${profile}\` has another access key than \`${previousId}\` now`)
  const changed = [...lines]
  changed[id.at] = `${id.before}${next.accessKeyId}${id.after}`
  changed[secret.at] = `${secret.before}${next.secretAccessKey}${secret.after}`
  return changed.join('\n')
}

function findKey(text: string, profile: string): KeyLines {
  const lines = text.split('\n')
  let current: string | undefined
  const found = new Map<string, KeyLine>()
  for (const [at, line] of lines.entries()) {
    const header = /^\s*\[([^\]]+)\]/.exec(line)
    if (header) current = header[1]?.trim()
    const setting = /^((\w+)\s*=\s*)(\S+)(\s*)$/.exec(line)
    const name = setting?.[2]?.toLowerCase()
    if (current !== profile || setting === null || name === undefined || found.has(name)) continue
    found.set(name, { at, before: setting[1] ?? '', value: setting[3] ?? '', after: setting[4] ?? '' })
  }
  const [id, secret] = [found.get('aws_access_key_id'), found.get('aws_secret_access_key')]
  if (id === undefined || secret === undefined)
    throw new Problem('invalid_input', `profile \`${profile}\` has no access key in the credentials file`)
  if (found.has('aws_session_token'))
    throw new Problem(
      'invalid_input',
      `profile \`${profile}\` holds credentials of a session, which are not rotated`,
    )
  return { lines, id, secret }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Problem('invalid_input', `cannot read the credentials file \`${file}\` (${String(cause)})`, {
      cause,
    })
  }
}

function syncDirectory(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
