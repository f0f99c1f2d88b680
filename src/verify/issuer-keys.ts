// The issuer's published keys. Read again every few minutes, at once for a key id not seen before (but not as often as
// strangers invent key ids), and used for a stated time when the issuer is away.
import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { Problem } from '../problem.ts'
import { algorithmsFor, type JwsAlgorithm, type VerifyingKey } from '../secure/jws.ts'
import type { Home } from './issuer-client.ts'
import type { Settings } from './options.ts'
import { SingleFlight } from './single-flight.ts'

/** Seconds after which keys are read again. The issuer publishes a next key for longer than this before it signs. */
const fresh = 300
/** Seconds between two readings for unknown key ids, and between two tries while the issuer is away. */
const pause = 5

export class IssuerKeys {
  readonly #home: Home
  readonly #settings: Settings
  readonly #flight = new SingleFlight<void>()
  #keys: ReadonlyMap<string, VerifyingKey> = new Map()
  #readAt = Number.NEGATIVE_INFINITY
  #triedAt = Number.NEGATIVE_INFINITY

  constructor(home: Home, settings: Settings) {
    this.#home = home
    this.#settings = settings
  }

  /**
   * The key of that id.
   * @throws Problem('unauthenticated') when the issuer has none, Problem('unavailable') when that cannot be known.
   */
  async find(kid: string): Promise<VerifyingKey> {
    const age = this.#settings.clock() - this.#readAt
    if (age > this.#settings.staleness.keys) await this.#read()
    else if (age > fresh) this.#read().catch(() => {}) // those we have go on meanwhile
    const known = this.#keys.get(kid)
    if (known !== undefined) return known
    await this.#read()
    const found = this.#keys.get(kid)
    if (found === undefined)
      throw new Problem('unauthenticated', 'the token is signed by a key the issuer does not publish')
    return found
  }

  /** True once the issuer stopped publishing a key it had: it publishes each until all it signed has ended, except in an emergency. */
  withdrew(kid: string): boolean {
    return this.#readAt !== Number.NEGATIVE_INFINITY && !this.#keys.has(kid)
  }

  #read(): Promise<void> {
    return this.#flight.run('keys', async () => {
      const now = this.#settings.clock()
      const stale = now - this.#readAt > this.#settings.staleness.keys
      // The limiter: between two readings an unknown key id is simply unknown.
      if (!stale && now - this.#triedAt < pause) return
      this.#triedAt = now
      this.#keys = verifyingKeys(await this.#home.keys())
      this.#readAt = now
    })
  }
}

/** Keys of a kind we do not use are passed over, so that the issuer may add some. */
function verifyingKeys(published: readonly JsonWebKey[]): ReadonlyMap<string, VerifyingKey> {
  const keys = new Map<string, VerifyingKey>()
  for (const jwk of published.slice(0, 100)) {
    const read = verifyingKey(jwk)
    if (read !== undefined) keys.set(read.kid, read.key)
  }
  return keys
}

function verifyingKey(jwk: JsonWebKey & { kid?: unknown }): { kid: string; key: VerifyingKey } | undefined {
  if (typeof jwk.kid !== 'string' || (jwk.use !== undefined && jwk.use !== 'sig')) return undefined
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const fitting = algorithmsFor(key)
    const algorithms =
      jwk.alg === undefined ? fitting : fitting.filter((name) => name === (jwk.alg as JwsAlgorithm))
    return algorithms.length === 0 ? undefined : { kid: jwk.kid, key: { key, algorithms } }
  } catch {
    return undefined
  }
}
