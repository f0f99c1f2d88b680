// The token of the container credentials endpoint, in a file of mode 0600: who can read the file may have the credentials.
import { closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../../problem.ts'
import { randomToken, Secret } from '../../verify/client.ts'
import { replacePrivateFile } from '../credential-cache.ts'

/**
 * Reads the token, or creates the file. The token of an earlier run is kept, so that programs that hold it go on.
 * @throws Problem('unavailable') when the file cannot be written, or others may read it
 */
export function authorizationToken(file: string): Secret {
  const kept = readPrivate(file)
  if (kept !== undefined) return new Secret(kept)
  const token = randomToken()
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    replacePrivateFile(file, token)
  } catch (cause) {
    throw new Problem('unavailable', `cannot write the token file \`${file}\` (${String(cause)})`, { cause })
  }
  return new Secret(token)
}

function readPrivate(file: string): string | undefined {
  let handle: number
  try {
    handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Problem('unavailable', `cannot read the token file \`${file}\` (${String(error)})`)
  }
  try {
    const stat = fstatSync(handle)
    if (!stat.isFile() || (stat.mode & 0o077) !== 0 || stat.uid !== process.getuid?.())
      throw new Problem(
        'unavailable',
        `the token file \`${file}\` must be a file of this user that nobody else can read: run \`chmod 600\`, or delete it`,
      )
    const token = readFileSync(handle, 'utf8').trim()
    return /^[\w-]{32,}$/.test(token) ? token : undefined
  } finally {
    closeSync(handle)
  }
}
