// The issuer's published keys. Refreshed every few minutes, and at once for an unknown key id (rate-limited, because anyone
// can send unknown key ids); still used for a configured time while the issuer is unreachable.
import type { JsonWebKey } from 'node:crypto'
import { Problem } from '../../problem.ts'
import { type VerifyingKey, verifyingKey } from '../../secure/jws.ts'
import type { Settings } from '../options.ts'
import type { IssuerClient } from './issuer-client.ts'
import { SingleFlight } from './single-flight.ts'

/** Seconds until keys are refreshed. The issuer publishes a new key for longer than this before it signs with it. */
const fresh = 300
/** Seconds between two refreshes for unknown key ids, and between two attempts while the issuer is unreachable. */
const pause = 5

export class IssuerKeys {
  readonly #issuer: IssuerClient
  readonly #settings: Settings
  readonly #flight = new SingleFlight<void>()
  #keys: ReadonlyMap<string, VerifyingKey> = new Map()
  #readAt = Number.NEGATIVE_INFINITY
  #triedAt = Number.NEGATIVE_INFINITY

  constructor(issuerClient: IssuerClient, settings: Settings) {
    this.#issuer = issuerClient
    this.#settings = settings
  }

  /**
   * The key with this id.
   * @throws Problem('unauthenticated') when the issuer has no such key, Problem('unavailable') when that cannot be
   * determined
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

  /**
   * True when the issuer no longer publishes a key that it published before. It publishes each key until everything it
   * signed has expired, except after a compromise.
   */
  isWithdrawn(kid: string): boolean {
    return this.#readAt !== Number.NEGATIVE_INFINITY && !this.#keys.has(kid)
  }

  #read(): Promise<void> {
    return this.#flight.run('keys', async () => {
      const now = this.#settings.clock()
      const stale = now - this.#readAt > this.#settings.staleness.keys
      // The rate limit: between two refreshes an unknown key id is treated as unknown.
      if (!stale && now - this.#triedAt < pause) return
      this.#triedAt = now
      this.#keys = verifyingKeys(await this.#issuer.keys())
      this.#readAt = now
    })
  }
}

/** Keys of unsupported types are skipped, so that the issuer may add some. */
function verifyingKeys(
  published: readonly (JsonWebKey & { kid?: unknown })[],
): ReadonlyMap<string, VerifyingKey> {
  const keys = new Map<string, VerifyingKey>()
  for (const jwk of published.slice(0, 100)) {
    if (typeof jwk.kid !== 'string' || (jwk.use !== undefined && jwk.use !== 'sig')) continue
    const key = verifyingKey(jwk)
    if (key !== undefined) keys.set(jwk.kid, key)
  }
  return keys
}
