// The master key encrypts the secrets in the store. It is one file, created on first start and readable only by its owner.
// It contains every version: the newest encrypts and all decrypt, so that the key can be rotated while the server runs.
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
import { Problem } from '../../problem.ts'
import { hmacSha256 } from '../digest.ts'
import { openPrivate, othersHaveAccess, pathExists, withinDirectory } from '../private-files.ts'

const fileName = 'master-key.json'
const format = 'chancery-master-key/1'
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

type Versions = ReadonlyMap<number, Buffer>

interface KeyFile {
  readonly versions: Versions
  /** The version that encrypts. A newer one may be there so that it is on every machine before it is used. */
  readonly current: number
}

/** Milliseconds after which a process notices that the file has changed. */
export const masterKeyFollowMs = 2000

/** Created by `openMasterKey`; encrypts with the newest version. */
export class MasterKey {
  readonly #file: string
  #versions: Versions
  #newest: number
  #checkedAt = performance.now()
  #changedAt: number | undefined

  constructor(file: string, { versions, current }: KeyFile) {
    this.#file = file
    this.#versions = versions
    this.#newest = current
    this.#changedAt = changeOf(file)
  }

  /** The version that encrypts now. */
  get version(): number {
    return this.#newest
  }

  /** Every version in the file, as this process knows it. */
  get versions(): readonly number[] {
    return [...this.#versions.keys()]
  }

  /**
   * Returns `<version>.<nonce, ciphertext and tag>`: AES-256-GCM, bound to `aad`, which must be passed to `open` again.
   * Each aad has its own key (an HMAC of the master key), so that the limit of 2³² random nonces per key (NIST SP 800-38D
   * §8.3) applies per record rather than per server.
   */
  seal(plain: string, aad: string): string {
    this.#follow()
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(this.#newest, aad), nonce)
    cipher.setAAD(Buffer.from(aad))
    const body = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]
    return `${this.#newest}.${Buffer.concat(body).toString('base64url')}`
  }

  /** Decrypts. @throws Problem('unavailable') when the text was sealed with another key or aad, or was modified */
  open(sealed: string, aad: string): string {
    const dot = sealed.indexOf('.')
    const version = Number(sealed.slice(0, dot))
    const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url')
    try {
      const key = this.#keyOf(version, aad)
      // Another process encrypts with a newer version: every process has it, or could not go on.
      if (version > this.#newest) this.#newest = version
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes, // without it a shortened tag would be taken
      })
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

  /**
   * Derives a subkey for a named purpose (HKDF, RFC 5869). It changes when the master key is rotated, unless a version is
   * given.
   */
  derive(label: string, version = this.#newest): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#key(version), '', `chancery ${label}`, keyBytes))
  }

  /** A key object, because a cipher that is given bytes creates one each time: 11 → 5 µs per call. */
  #keyOf(version: number, aad: string): KeyObject {
    return createSecretKey(hmacSha256(this.#key(version), `seal ${aad}`))
  }

  #key(version: number): Buffer {
    const known = this.#versions.get(version)
    if (known) return known
    // Another process may have rotated the key: read the file again.
    this.#read()
    const found = this.#versions.get(version)
    if (!found) throw new Problem('unavailable', `the master key has no version \`${version}\``)
    return found
  }

  /** Reads the file again when it has changed; looked at every two seconds at most. */
  #follow(): void {
    const now = performance.now()
    if (now - this.#checkedAt < masterKeyFollowMs) return
    this.#checkedAt = now
    const changedAt = changeOf(this.#file)
    if (changedAt === undefined || changedAt === this.#changedAt) return
    this.#changedAt = changedAt
    try {
      this.#read()
    } catch {
      // The versions read before stay in use. The next start with this file reports what is wrong with it.
    }
  }

  #read(): void {
    const { versions, current } = readVersions(this.#file)
    this.#versions = versions
    this.#newest = versions.has(this.#newest) ? Math.max(this.#newest, current) : current
  }
}

/** Changes whenever the file is replaced; undefined when it cannot be seen. */
function changeOf(file: string): number | undefined {
  try {
    const { ino, mtimeMs } = fs.statSync(file)
    return ino + mtimeMs
  } catch {
    return undefined
  }
}

/** The version that a text was sealed with. */
export const sealedVersion = (sealed: string): number => Number(sealed.slice(0, sealed.indexOf('.')))

/**
 * Opens `<dir>/master-key.json`, or creates it (directory 0700, file 0600) when there is no store yet.
 * @throws Problem('unavailable') with instructions, when the file is missing beside an existing store, cannot be created,
 * is readable by others, or is not a key file
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

/** Also false when that cannot be determined; opening it then reports why. */
function isMissing(file: string): boolean {
  try {
    return fs.lstatSync(file, { throwIfNoEntry: false }) === undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR'
  }
}

/** Whether the file exists; a restore does not create one. */
export const hasMasterKey = (dir: string): boolean => pathExists(join(dir, fileName))

/**
 * Adds a version, with which every process that opens the file encrypts from now on. Returns its number.
 * @param prepare only add it, so that the file can be copied to every machine first; `activateMasterKey` makes it encrypt
 * @throws Problem('conflict') while another process changes the file, because one of the changes would be lost
 */
export function rotateMasterKey(
  dir: string,
  { prepare = false }: { readonly prepare?: boolean } = {},
): number {
  let next = 0
  replaceFile(dir, ({ versions, current }) => {
    next = Math.max(...versions.keys()) + 1
    const added = new Map(versions).set(next, randomBytes(keyBytes))
    return { versions: added, current: prepare ? current : next }
  })
  return next
}

/** Makes the newest version of the file encrypt. Returns its number. @throws Problem('conflict') as `rotateMasterKey` */
export function activateMasterKey(dir: string): number {
  let newest = 0
  replaceFile(dir, ({ versions }) => {
    newest = Math.max(...versions.keys())
    return { versions, current: newest }
  })
  return newest
}

/** Removes every version but the one that encrypts: what is sealed with them is lost. @throws Problem('conflict') */
export function removeFormerMasterKeys(dir: string): void {
  replaceFile(dir, ({ versions, current }) => ({
    versions: new Map([...versions].filter(([version]) => version === current)),
    current,
  }))
}

function replaceFile(dir: string, change: (old: KeyFile) => KeyFile): void {
  const file = join(dir, fileName)
  const aside = `${file}.next`
  const fd = claimed(aside)
  try {
    fs.writeFileSync(fd, textOf(change(readVersions(file))), { flush: true })
    fs.renameSync(aside, file)
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

function readVersions(file: string): KeyFile {
  const text = readPrivately(file)
  try {
    const parsed: unknown = JSON.parse(text)
    const {
      format: found,
      keys,
      current: given,
    } = parsed as { format: unknown; keys: { version: number; key: string }[]; current?: number }
    if (found !== format) throw new TypeError(`format is not ${format}`)
    const versions = new Map(keys.map(({ version, key }) => [version, Buffer.from(key, 'base64url')]))
    for (const [version, key] of versions)
      if (!Number.isSafeInteger(version) || version < 1 || key.length !== keyBytes)
        throw new TypeError('bad entry')
    if (versions.size === 0) throw new TypeError('no keys')
    const current = given ?? Math.max(...versions.keys())
    if (!versions.has(current)) throw new TypeError('the current version is missing')
    return { versions, current }
  } catch (cause) {
    throw new Problem('unavailable', `\`${file}\` is not a master key file: restore it from your backup`, {
      cause,
    })
  }
}

/** Checks the mode of the open file rather than of the path, so that the file cannot be replaced in between. */
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
    if (othersHaveAccess(0o7, fs.fstatSync(fd)))
      throw new Problem(
        'unavailable',
        `the master key \`${file}\` is readable by others: run chmod 600, and rotate the key if it may have been read`,
      )
    return fs.readFileSync(fd, 'utf8')
  } finally {
    fs.closeSync(fd)
  }
}

const textOf = ({ versions, current }: KeyFile): string => {
  const keys = [...versions].map(([version, key]) => ({ version, key: key.toString('base64url') }))
  const named = current === Math.max(...versions.keys()) ? {} : { current }
  return `${JSON.stringify({ format, keys, ...named }, null, 2)}\n`
}

function makeFirst(dir: string, file: string): void {
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
    writeFirst(file, { versions: new Map([[1, randomBytes(keyBytes)]]), current: 1 })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new Problem(
      'unavailable',
      `the master key \`${file}\` cannot be created (${code}): the user this server runs as must own its directory; CHANCERY_KEYS names another`,
      { cause },
    )
  }
}

/** Writes the whole file or nothing: to a temporary file, synced, then linked without overwriting an existing one. */
function writeFirst(file: string, first: KeyFile): void {
  const aside = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`
  try {
    fs.writeFileSync(aside, textOf(first), { mode: 0o600, flag: 'wx', flush: true })
    fs.linkSync(aside, file)
  } catch (error) {
    // Another process created the key at the same moment: use that one.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    fs.rmSync(aside, { force: true })
  }
}
