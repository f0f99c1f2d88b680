// Password hashes: argon2id in PHC format, computed in the thread pool with bounded concurrency, so that other work can
// proceed.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { Problem } from '../problem.ts'
import type { Secret } from './secret.ts'

/** Cost parameters of one hash. */
export interface PasswordCost {
  readonly memoryKiB: number
  readonly passes: number
  readonly lanes: number
}

/**
 * OWASP Password Storage Cheat Sheet, "Argon2id": at least m = 19 MiB, t = 2, p = 1. This uses 32 MiB, t = 2: about 50 ms
 * of one core, so that half a thread pool still handles dozens of sign-ins per second.
 */
const defaultCost: PasswordCost = { memoryKiB: 32 * 1024, passes: 2, lanes: 1 }

/** Upper bounds for stored hashes, so that someone who can write a hash cannot stop the server with it. */
const maxCost: PasswordCost = { memoryKiB: 256 * 1024, passes: 10, lanes: 8 }

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
  /** Maximum number of waiting hashes; further ones are refused. Default 64. */
  readonly queue?: number
}

interface Phc extends PasswordCost {
  readonly salt: Buffer
  readonly tag: Buffer
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** PHC string format: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`, unpadded base64. */
const phc = (p: Phc): string =>
  `$argon2id$v=19$m=${p.memoryKiB},t=${p.passes},p=${p.lanes}$${base64(p.salt)}$${base64(p.tag)}`

const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,172})$/

/** Undefined when it is not an argon2id hash, or exceeds the upper bounds. */
function parsePhc(text: string): Phc | undefined {
  const match = phcPattern.exec(text)
  if (match === null) return undefined
  const [memoryKiB, passes, lanes] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const salt = Buffer.from(match[4] ?? '', 'base64')
  const tag = Buffer.from(match[5] ?? '', 'base64')
  const fits =
    lanes >= 1 &&
    lanes <= maxCost.lanes &&
    passes >= 1 &&
    passes <= maxCost.passes &&
    memoryKiB >= 8 * lanes &&
    memoryKiB <= maxCost.memoryKiB // RFC 9106 §3.1
  return fits ? { memoryKiB, passes, lanes, salt, tag } : undefined
}

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

/** libuv's interpretation of the variable: 4 unless set, at most 1024. */
const threadPool = (): number =>
  Math.min(1024, Number.parseInt(process.env['UV_THREADPOOL_SIZE'] ?? '', 10) || 4)

export class PasswordHasher {
  readonly #cost: PasswordCost
  readonly #concurrency: number
  readonly #queue: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(options: PasswordHasherOptions = {}) {
    const { memoryKiB, passes, lanes } = { ...defaultCost, ...options }
    this.#cost = { memoryKiB, passes, lanes }
    const half = Math.max(1, Math.floor(threadPool() / 2))
    this.#concurrency = Math.max(1, Math.min(options.concurrency ?? half, half))
    this.#queue = options.queue ?? 64
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
   * Whether the password matches the hash. A missing hash (unknown user) or an unreadable one takes the time of a real one
   * and is false; a password that could never have been set is false at once for every user.
   * @throws Problem('throttled') when the queue is full
   */
  async verify(hash: string | undefined, password: Secret): Promise<boolean> {
    const message = passwordBytes(password)
    if (message.length === 0 || message.length > maxPasswordBytes) return false
    const stored = hash === undefined ? undefined : parsePhc(hash)
    const against = stored ?? { ...this.#cost, salt: randomBytes(saltBytes), tag: randomBytes(tagBytes) }
    const tag = await this.#inTurn(() => derive(message, against, against.salt, against.tag.length))
    return timingSafeEqual(tag, against.tag) && stored !== undefined
  }

  /** True when the hash has other than the current cost parameters and should be renewed at the next successful sign-in. */
  needsRehash(hash: string): boolean {
    const stored = parsePhc(hash)
    const { memoryKiB, passes, lanes } = this.#cost
    return stored?.memoryKiB !== memoryKiB || stored.passes !== passes || stored.lanes !== lanes
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#concurrency) {
      if (this.#waiting.length >= this.#queue)
        throw new Problem('throttled', 'too many sign-ins at once; try again shortly', { retryAfter: 2 })
      // The finished hash hands over its slot, so that later calls do not overtake waiting ones.
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else this.#running++
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }
}
