// Throttles per address: an in-memory token bucket each, bounded in number. They keep one address from filling the store or
// the CPU; guesses of passwords and codes are counted in the store, per user and factor.
import { isIP } from 'node:net'
import type { Context, Middleware } from 'koa'
import { Problem } from '../../problem.ts'

export interface LimitOptions {
  /** Sustained requests, or units of cost, per second and address. */
  readonly perSecond: number
  /** How many are allowed at once after a pause. */
  readonly burst: number
  /** Addresses remembered; the least recently used is evicted first. Default 20,000. */
  readonly maxAddresses?: number
  /** Returns milliseconds; only differences matter. */
  readonly clock?: () => number
}

interface Bucket {
  tokens: number
  at: number
}

/** A token bucket per address. */
export class AddressLimit {
  readonly #buckets = new Map<string, Bucket>()
  readonly #options: Required<LimitOptions>

  constructor(options: LimitOptions) {
    this.#options = { maxAddresses: 20_000, clock: () => performance.now(), ...options }
  }

  /**
   * Takes `cost` tokens. A cost above `burst` is never allowed.
   * @throws Problem('throttled') with the seconds until such a request is allowed
   */
  take(address: string, cost = 1): void {
    const { perSecond, maxAddresses } = this.#options
    const key = network(address)
    const bucket = this.#bucketOf(key)
    // Inserted again: a Map keeps insertion order, so the first entry is the least recently used.
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > maxAddresses) this.#buckets.delete(this.#buckets.keys().next().value ?? key)
    if (bucket.tokens < cost) {
      const retryAfter = Math.max(1, Math.ceil((cost - bucket.tokens) / perSecond))
      throw new Problem('throttled', 'too many requests from this address', { retryAfter })
    }
    bucket.tokens -= cost
  }

  /** Tokens that this address has now. */
  left(address: string): number {
    return this.#bucketOf(network(address)).tokens
  }

  #bucketOf(key: string): Bucket {
    const { perSecond, burst, clock } = this.#options
    const now = clock()
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now }
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    return bucket
  }

  /** Like `take`, but returns false instead of throwing. */
  allows(address: string): boolean {
    try {
      this.take(address)
      return true
    } catch {
      return false
    }
  }

  get size(): number {
    return this.#buckets.size
  }
}

/** Requests by unauthenticated clients that create records: method and path prefix. */
// biome-ignore format: a table
const recordCreating: readonly (readonly [method: string, path: string])[] = [
  ['GET',  '/authorize'],   // an interaction; so do the next three
  ['POST', '/authorize'],
  ['GET',  '/sign-in'],
  ['GET',  '/account'],     // redirects to sign-in
  ['GET',  '/federation'],  // a line of the log, for an answer that belongs to nothing
  ['POST', '/federation'],  // what a provider posted
  ['GET',  '/device'],      // a session that holds the form's token
  ['POST', '/device'],      // and /device/auth: a device code
  ['GET',  '/logout'],      // as /device
  ['POST', '/logout'],
  ['POST', '/par'],         // a pushed request
  ['POST', '/register'],    // a client
]

/** Far more than the users behind one address need; one core remains free for other work. Bytes: anonymous-records.ts. */
export const unauthenticatedRecordLimit = { perSecond: 100, burst: 500 } as const satisfies LimitOptions

/** HEAD does what GET does, without the body of the answer (RFC 9110 section 9.3.2), so it is counted alike. */
export const asGet = (method: string): string => (method === 'HEAD' ? 'GET' : method)

/** @throws Problem('throttled') when this address has created too many records recently */
export const throttleUnauthenticated =
  (limit: AddressLimit) =>
  (address: string, ctx: Pick<Context, 'method' | 'path'>): void => {
    const makes = recordCreating.some(
      ([method, path]) =>
        asGet(ctx.method) === method && (ctx.path === path || ctx.path.startsWith(`${path}/`)),
    )
    if (makes) limit.take(address)
  }

/** The same as middleware, to be used where Problems are already turned into responses. */
export const throttling =
  (admit: (address: string, ctx: Context) => void): Middleware =>
  (ctx, next) => {
    admit(ctx.ip, ctx)
    return next()
  }

/** The network of an address: an IPv6 customer has at least a /64, which counts as one client. */
export function network(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  const groups = [...front, ...Array<string>(zeros).fill('0'), ...back].slice(0, 4)
  return `${groups.map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':')}::/64`
}
