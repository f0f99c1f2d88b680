// Connects the key ring to oidc-provider. Tokens are signed through ExternalSigningKey by secure/, so private keys never enter
// oidc-provider. Its key set is replaced when the ring changes, so that keys rotate without a restart.
import type { KeyObject } from 'node:crypto'
import Provider, { ExternalSigningKey, type JWK } from 'oidc-provider'
// oidc-provider has no documented way to change its keys (test/oidc/library.test.ts holds what is used here).
import stateOf from 'oidc-provider/lib/helpers/weak_cache.js'
import { equals, hmacSha256 } from '../../secure/digest.ts'
import { signData } from '../../secure/jws.ts'
import type { KeyThread } from '../../secure/key/key-thread.ts'

/** A key of the ring for tokens. */
export interface TokenKey {
  readonly kid: string
  readonly alg: string
  readonly privateKey?: KeyObject | undefined
  readonly publicKey?: KeyObject | undefined
  readonly thread?: KeyThread | undefined
}

/** The part of the key ring that oidc/ needs. */
export interface TokenKeys {
  /** The key that signs now, ES256. */
  signing(): TokenKey
  /** Public JWKs of previous, current and next. */
  published(): readonly JWK[]
  find(kid: string): TokenKey | undefined
  /** Keys that sign cookies: the current one first; older ones still verify. */
  cookieKeys(): readonly Buffer[]
}

class RingKey extends ExternalSigningKey {
  readonly #key: TokenKey & { readonly publicKey: KeyObject }

  constructor(key: TokenKey & { readonly publicKey: KeyObject }) {
    super()
    this.#key = key
  }

  override get kid(): string {
    return this.#key.kid
  }

  override get alg(): string {
    return this.#key.alg
  }

  override keyObject(): KeyObject {
    return this.#key.publicKey
  }

  override sign(data: Buffer): Promise<Buffer> {
    return signData(data, this.#key)
  }
}

/** All keys of the ring, the signing key first, because oidc-provider signs with the first that matches. */
export function providerKeys(keys: TokenKeys): RingKey[] {
  const current = keys.signing()
  const rest = keys.published().flatMap((jwk) => {
    const key = jwk.kid === undefined || jwk.kid === current.kid ? undefined : keys.find(jwk.kid)
    return key ? [key] : []
  })
  return [current, ...rest].flatMap((key) =>
    key.publicKey ? [new RingKey({ ...key, publicKey: key.publicKey })] : [],
  )
}

/** Milliseconds between two comparisons with the ring; it publishes a key a day before the key signs. */
const compareEvery = 1000

/** Returns a function that updates the provider's keys to those of the ring; cheap enough to call at each request. */
export function keyFollower(provider: Provider, keys: TokenKeys, clock: () => number): () => void {
  let current = ''
  let comparedAt = Number.NEGATIVE_INFINITY
  return () => {
    if (Math.abs(clock() - comparedAt) < compareEvery) return
    comparedAt = clock()
    const published = keys.published()
    const latest = `${keys.signing().kid} ${published.map((jwk) => jwk.kid).join(' ')}`
    if (latest === current) return
    current = latest
    const state = stateOf(provider)
    state.keystore.clear()
    for (const key of providerKeys(keys)) state.keystore.add(key)
    state.jwks = { keys: published.map((jwk) => ({ ...jwk, use: 'sig' })) }
  }
}

/** A Keygrip over the ring: signatures of previous cookie keys are still accepted. */
export const cookieKeygrip = (keys: TokenKeys) => {
  const mac = (key: Buffer, data: string): string => hmacSha256(key, `cookie:${data}`).toString('base64url')
  const index = (data: string, digest: string): number =>
    keys.cookieKeys().findIndex((key) => equals(mac(key, data), digest))
  return {
    sign: (data: string): string => mac(keys.cookieKeys()[0] ?? noKey(), data),
    verify: (data: string, digest: string): boolean => index(data, digest) >= 0,
    index,
  }
}

function noKey(): never {
  throw new TypeError('the key ring has no cookie key')
}
