// Password hashes: argon2id in PHC format, and those that were imported from other programs until they are renewed at the first
// sign-in. Computed in threads with bounded concurrency, so that other work can proceed.
import { argon2, pbkdf2, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Problem } from '../../problem.ts'
import { sha256hex } from '../digest.ts'
import { Secret } from '../secret.ts'
import { BcryptThreads } from './bcrypt-threads.ts'
import { defaultCost, defaultQueue } from './password-cost.ts'
import {
  type Argon2Hash,
  type BcryptHash,
  type PasswordCost,
  type PasswordHash,
  parsePasswordHash,
  type ScryptHash,
  sampleOf,
} from './password-hash.ts'
import { lowerPoolPriority } from './pool-priority.ts'

const saltBytes = 16
const tagBytes = 32
/** Longer passwords are refused without hashing (docs/attacks.md 23). */
const maxPasswordBytes = 1024

export interface PasswordHasherOptions extends Partial<PasswordCost> {
  /**
   * Maximum concurrent hashes. Default and upper bound: half of libuv's thread pool (`UV_THREADPOOL_SIZE`, 4 unless set),
   * because ES256 signatures and file reads use the same threads, and a burst of sign-ins must not stop token issuance.
   */
  readonly concurrency?: number
  /** Maximum number of waiting hashes; further ones are refused. Default: `defaultQueue`. */
  readonly queue?: number
  /** Milliseconds of a clock that is never set. */
  readonly clock?: () => number
  readonly pause?: (ms: number) => Promise<unknown>
}

export interface CheckedPassword {
  readonly matches: boolean
  /** Resolves when a refusal may be answered. */
  readonly refusal: () => Promise<void>
}

/** How much longer than the slowest hash alone a refusal takes, because a hash takes longer beside other work. */
const refusalMargin = 2

function readHash(text: string): PasswordHash | undefined {
  const hash = parsePasswordHash(text)
  return hash.kind === 'refused' ? undefined : hash
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** PHC string format: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`, unpadded base64. */
const phc = (p: Omit<Argon2Hash, 'kind'>): string =>
  `$argon2id$v=19$m=${p.memoryKiB},t=${p.passes},p=${p.lanes}$${base64(p.salt)}$${base64(p.tag)}`

/** RFC 8265 §4.2 (OpaqueString): the same password typed on different keyboards gives the same bytes. */
const passwordBytes = (password: Secret): Buffer =>
  Buffer.from(
    password
      .reveal()
      .replace(/\p{Zs}/gu, ' ')
      .normalize('NFC'),
  )

const derive = (message: Buffer, p: PasswordCost, nonce: Buffer, tagLength: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { message, nonce, tagLength, memory: p.memoryKiB, passes: p.passes, parallelism: p.lanes }
    argon2('argon2id', options, (error, tag) => (error ? reject(error) : resolve(tag)))
  })

/** Our own hashes are of the normalized password; both are tried, whichever matches, so that the time does not tell. */
async function matchesArgon2(hash: Argon2Hash, normalized: Buffer, typed: Buffer): Promise<boolean> {
  let matches = false
  for (const message of normalized.equals(typed) ? [normalized] : [normalized, typed])
    if (timingSafeEqual(await derive(message, hash, hash.salt, hash.tag.length), hash.tag)) matches = true
  return matches
}

const derivePbkdf2 = promisify(pbkdf2)

const deriveScrypt = (message: Buffer, { n, blockSize, parallelism, salt, tag }: ScryptHash) =>
  new Promise<Buffer>((resolve, reject) => {
    const maxmem = 2 * 128 * (n + parallelism) * blockSize
    const options = { N: n, r: blockSize, p: parallelism, maxmem }
    scrypt(message, salt, tag.length, options, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** libuv's interpretation of the variable: 4 unless set, at most 1024. */
const threadPool = (): number =>
  Math.min(1024, Number.parseInt(process.env['UV_THREADPOOL_SIZE'] ?? '', 10) || 4)

/** Hashes and verifies passwords in threads, a bounded number at a time; further ones wait in a bounded queue. */
export class PasswordHasher {
  readonly #cost: PasswordCost
  readonly #concurrency: number
  readonly #queue: number
  readonly #bcrypt = new BcryptThreads()
  readonly #clock: () => number
  readonly #pause: (ms: number) => Promise<unknown>
  /** Milliseconds that samples took. */
  readonly #durations = new Map<string, number>()
  readonly #waiting: (() => void)[] = []
  #running = 0
  #isPriorityLower = false

  constructor(options: PasswordHasherOptions = {}) {
    const { memoryKiB, passes, lanes } = { ...defaultCost, ...options }
    this.#cost = { memoryKiB, passes, lanes }
    const half = Math.max(1, Math.floor(threadPool() / 2))
    this.#concurrency = Math.max(1, Math.min(options.concurrency ?? half, half))
    this.#queue = options.queue ?? defaultQueue
    this.#clock = options.clock ?? (() => performance.now())
    this.#pause = options.pause ?? pause
  }

  /** Hashes that wait, and that run. */
  get load(): { readonly waiting: number; readonly running: number } {
    return { waiting: this.#waiting.length, running: this.#running }
  }

  /**
   * Hashes a password with a new salt.
   * @throws Problem('validation') for an empty password or one over 1,024 bytes, Problem('throttled') when the queue is
   * full
   */
  async hash(password: Secret): Promise<string> {
    const message = passwordBytes(password)
    if (message.length === 0 || message.length > maxPasswordBytes)
      throw new Problem('validation', `a password must have 1 to ${maxPasswordBytes} bytes`)
    const salt = randomBytes(saltBytes)
    const tag = await this.#inTurn(() => derive(message, this.#cost, salt, tagBytes))
    return phc({ ...this.#cost, salt, tag })
  }

  /**
   * Whether the password matches the hash, in any form of password-hash.ts. A missing hash (unknown user) or an unreadable one
   * takes the time of one of our own and is false; a password that could never have been set is false at once for every user.
   * @throws Problem('throttled') when the queue is full
   */
  async verify(hash: string | undefined, password: Secret): Promise<boolean> {
    return (await this.check(hash, password, [])).matches
  }

  /**
   * Like `verify`, where hashes of other programs are held: a refusal is to be answered when its time has come, which is the same
   * whatever kind of hash there is, or none (docs/attacks.md 22).
   * @param samples hashes that take as long as the slowest of each kind that is held
   */
  async check(
    hash: string | undefined,
    password: Secret,
    samples: readonly string[],
  ): Promise<CheckedPassword> {
    for (const sample of samples) if (!this.#durations.has(sample)) await this.#measure(sample)
    const length = passwordBytes(password).length
    const possible = length > 0 && length <= maxPasswordBytes
    const stored = hash === undefined ? undefined : readHash(hash)
    let began = this.#clock()
    const matches =
      possible &&
      (await this.#inTurn(() => {
        // Waiting for a turn takes the same time for all.
        began = this.#clock()
        return this.#matches(stored ?? this.#dummy(), password)
      }))
    const duration = this.#clock() - began
    if (possible && stored !== undefined) this.#measured(sampleOf(stored), duration)
    const slowest = Math.max(0, ...samples.map((sample) => this.#durations.get(sample) ?? 0))
    const refuseAt = began + slowest * refusalMargin
    return {
      matches: matches && stored !== undefined,
      refusal: async () => {
        const left = refuseAt - this.#clock()
        if (left > 0) await this.#pause(left)
      },
    }
  }

  async #measure(sample: string): Promise<void> {
    const hash = readHash(sample)
    if (hash === undefined) return
    let began = 0
    await this.#inTurn(() => {
      began = this.#clock()
      return this.#matches(hash, new Secret('sample'))
    })
    this.#durations.set(sample, this.#clock() - began)
  }

  /** The shortest time is that without other work on the machine. */
  #measured(sample: string, duration: number): void {
    const known = this.#durations.get(sample)
    if (known !== undefined && duration < known) this.#durations.set(sample, duration)
  }

  /** True when the hash has other than the current cost parameters and should be renewed at the next successful sign-in. */
  needsRehash(hash: string): boolean {
    const stored = readHash(hash)
    const { memoryKiB, passes, lanes } = this.#cost
    return (
      stored?.kind !== 'argon2id' ||
      stored.memoryKiB !== memoryKiB ||
      stored.passes !== passes ||
      stored.lanes !== lanes
    )
  }

  #dummy(): Argon2Hash {
    return { kind: 'argon2id', ...this.#cost, salt: randomBytes(saltBytes), tag: randomBytes(tagBytes) }
  }

  async #matches(hash: PasswordHash, password: Secret): Promise<boolean> {
    // Other programs hash the bytes as they were typed.
    const typed = Buffer.from(password.reveal())
    switch (hash.kind) {
      case 'argon2id':
        return matchesArgon2(hash, passwordBytes(password), typed)
      case 'bcrypt':
        return this.#matchesBcrypt(hash, password)
      case 'scrypt':
        return timingSafeEqual(await deriveScrypt(typed, hash), hash.tag)
      case 'pbkdf2': {
        const { salt, iterations, tag, digest } = hash
        return timingSafeEqual(await derivePbkdf2(typed, salt, iterations, tag.length, digest), tag)
      }
    }
  }

  async #matchesBcrypt({ cost, salt, digest, isSha256 }: BcryptHash, password: Secret): Promise<boolean> {
    const typed = password.reveal()
    const made = await this.#bcrypt.hash({
      password: isSha256 ? sha256hex(typed) : typed,
      salt: `$2b$${String(cost).padStart(2, '0')}$${salt}`,
    })
    // The key of bcrypt is the password and NUL, again and again: `a` and `a\0a` are one key.
    return timingSafeEqual(Buffer.from(made.slice(-31)), Buffer.from(digest)) && !typed.includes('\0')
  }

  #lowerPriority(): void {
    if (this.#isPriorityLower) return
    this.#isPriorityLower = true
    lowerPoolPriority()
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#concurrency) {
      if (this.#waiting.length >= this.#queue)
        throw new Problem('throttled', 'too many sign-ins at once; try again shortly', { retryAfter: 2 })
      // The finished hash hands over its slot, so that later calls do not overtake waiting ones.
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else this.#running++
    try {
      const result = work()
      this.#lowerPriority()
      return await result
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }
}
