// The master key: seals what the store keeps secret. One file, made on first start, readable by its owner alone.
// It holds every version there was: the newest seals, all open, so that the key can be rotated without a stop.
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { Problem } from '../problem.ts'
import { hmacSha256 } from './digest.ts'
import { isThere, openPrivate, othersMay, withinDirectory } from './private-files.ts'

const fileName = 'master-key.json'
const format = 'chancery-master-key/1'
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

type Versions = ReadonlyMap<number, Buffer>

/** Made by `openMasterKey`; seals under the newest version. */
export class MasterKey {
  readonly #file: string
  #versions: Versions
  #newest = 0

  constructor(file: string, versions: Versions) {
    this.#file = file
    this.#versions = versions
    this.#newest = Math.max(...versions.keys())
  }

  /** The version that seals now. */
  get version(): number {
    return this.#newest
  }

  /**
   * `<version>.<nonce, ciphertext and tag>`: AES-256-GCM, bound to `aad`, which `open` must repeat. Each aad has a key
   * of its own (HMAC of the master key), so that the limit of 2³² random nonces under one key (NIST SP 800-38D §8.3)
   * counts per record, not per server.
   */
  seal(plain: string, aad: string): string {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(this.#newest, aad), nonce)
    cipher.setAAD(Buffer.from(aad))
    const body = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]
    return `${this.#newest}.${Buffer.concat(body).toString('base64url')}`
  }

  /** @throws Problem('unavailable') when it was sealed under another key, for another aad, or was changed. */
  open(sealed: string, aad: string): string {
    const dot = sealed.indexOf('.')
    const version = Number(sealed.slice(0, dot))
    const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url')
    try {
      const decipher = createDecipheriv(
        'aes-256-gcm',
        this.#keyOf(version, aad),
        bytes.subarray(0, nonceBytes),
        {
          authTagLength: tagBytes, // without it a shortened tag would be taken
        },
      )
      decipher.setAAD(Buffer.from(aad))
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      const plain = decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8')
      return plain + decipher.final('utf8')
    } catch (cause) {
      throw new Problem(
        'unavailable',
        'a sealed value cannot be opened; is this the master key of this store?',
        {
          detail: `version ${version} for ${aad}, ${this.#file}`,
          cause,
        },
      )
    }
  }

  /** A subkey for one named use (HKDF, RFC 5869). It changes when the master key is rotated, unless a version is named. */
  derive(label: string, version = this.#newest): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#key(version), '', `chancery ${label}`, keyBytes))
  }

  /** A key object, because a cipher that is given bytes makes one at length: 11 → 5 µs for each sealing. */
  #keyOf(version: number, aad: string): KeyObject {
    return createSecretKey(hmacSha256(this.#key(version), `seal ${aad}`))
  }

  #key(version: number): Buffer {
    const known = this.#versions.get(version)
    if (known) return known
    // Another process rotated the key: read the file once more.
    this.#versions = readVersions(this.#file)
    this.#newest = Math.max(...this.#versions.keys())
    const found = this.#versions.get(version)
    if (!found) throw new Problem('unavailable', `the master key has no version \`${version}\``)
    return found
  }
}

/**
 * Opens `<dir>/master-key.json`, or makes it (directory 0700, file 0600) when there is no store yet.
 * @throws Problem('unavailable') that says what to do, when it is missing beside an existing store, cannot be made, is
 * readable by others, or not a key file.
 */
export function openMasterKey(dir: string, { storeExists }: { readonly storeExists: boolean }): MasterKey {
  const file = join(dir, fileName)
  if (isMissing(file)) {
    if (storeExists)
      throw new Problem(
        'unavailable',
        `the master key \`${file}\` is missing, but the store is there: restore the file from your backup, or set CHANCERY_KEYS to the directory that holds it`,
      )
    makeFirst(dir, file)
  }
  return new MasterKey(file, readVersions(file))
}

/** False also when it cannot be told: opening it then says why. */
function isMissing(file: string): boolean {
  try {
    return fs.lstatSync(file, { throwIfNoEntry: false }) === undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR'
  }
}

/** Whether there is a file to open; a restore makes none. */
export const hasMasterKey = (dir: string): boolean => isThere(join(dir, fileName))

/**
 * Adds a version, which seals from now on in every process that opens the file. Returns its number.
 * @throws Problem('conflict') while another process adds one: the second to write would drop the first one's
 */
export function rotateMasterKey(dir: string): number {
  const file = join(dir, fileName)
  const aside = `${file}.next`
  const fd = claimed(aside)
  try {
    const versions = new Map(readVersions(file))
    const next = Math.max(...versions.keys()) + 1
    fs.writeFileSync(fd, textOf(versions.set(next, randomBytes(keyBytes))), { flush: true })
    fs.renameSync(aside, file)
    return next
  } catch (error) {
    fs.rmSync(aside, { force: true })
    throw error
  } finally {
    fs.closeSync(fd)
  }
}

function claimed(aside: string): number {
  try {
    return fs.openSync(aside, 'wx', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new Problem(
      'conflict',
      `another process rotates the master key: try again, and remove \`${aside}\` if it was killed`,
    )
  }
}

function readVersions(file: string): Versions {
  const text = readPrivately(file)
  try {
    const parsed: unknown = JSON.parse(text)
    const { format: found, keys } = parsed as { format: unknown; keys: { version: number; key: string }[] }
    if (found !== format) throw new TypeError(`format is not ${format}`)
    const versions = new Map(keys.map(({ version, key }) => [version, Buffer.from(key, 'base64url')]))
    for (const [version, key] of versions)
      if (!Number.isSafeInteger(version) || version < 1 || key.length !== keyBytes)
        throw new TypeError('bad entry')
    if (versions.size === 0) throw new TypeError('no keys')
    return versions
  } catch (cause) {
    throw new Problem(
      'unavailable',
      `\`${file}\` is not a master key file of ours: restore it from your backup`,
      { cause },
    )
  }
}

/** Asks the open file, not the path, for its mode, so that nothing can be swapped in between. */
function readPrivately(file: string): string {
  let fd: number
  try {
    fd = openPrivate(withinDirectory(dirname(file), file), fs.constants.O_RDONLY)
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem(
      'unavailable',
      `the master key \`${file}\` cannot be read: give it to the user this server runs as`,
      { cause },
    )
  }
  try {
    if (othersMay(0o7, fs.fstatSync(fd)))
      throw new Problem(
        'unavailable',
        `the master key \`${file}\` can be read by others: chmod 600 it, and rotate it if they may have`,
      )
    return fs.readFileSync(fd, 'utf8')
  } finally {
    fs.closeSync(fd)
  }
}

const textOf = (versions: Versions): string => {
  const keys = [...versions].map(([version, key]) => ({ version, key: key.toString('base64url') }))
  return `${JSON.stringify({ format, keys }, null, 2)}\n`
}

function makeFirst(dir: string, file: string): void {
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
    writeFirst(file, new Map([[1, randomBytes(keyBytes)]]))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new Problem(
      'unavailable',
      `the master key \`${file}\` cannot be made (${code}): the user this server runs as must own its directory; CHANCERY_KEYS names another`,
      { cause },
    )
  }
}

/** The whole file or nothing: written aside, synced, then linked, never over an existing one. */
function writeFirst(file: string, versions: Versions): void {
  const aside = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`
  try {
    fs.writeFileSync(aside, textOf(versions), { mode: 0o600, flag: 'wx', flush: true })
    fs.linkSync(aside, file)
  } catch (error) {
    // Another process that started at the same moment was first: its key is the key.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    fs.rmSync(aside, { force: true })
  }
}
