// The signing keys of external issuers: uploaded, or fetched and cached (outbound/stale-while-revalidate.ts). An unknown `kid`
// triggers a new fetch, at a limited rate, so that forged tokens cannot cause outbound requests at will.
import { LRUCache } from 'lru-cache'
import { isProblem, Problem } from '../../problem.ts'
import type { JwsAlgorithm } from '../../secure/jws.ts'
import type { KeyThread } from '../../secure/key/key-thread.ts'
import { parseUniqueJson } from '../../secure/unique-json.ts'
import type { Fetched, GuardedFetch } from '../outbound/guarded-fetch.ts'
import { type Refreshed, StaleWhileRevalidate } from '../outbound/stale-while-revalidate.ts'
import { type KeySet, type NamedKey, readKeySet } from './jwks.ts'

/** Seconds. The response's `max-age` applies within these bounds, and `defaultAge` without one. */
const minAge = 60
const maxAge = 3600
const defaultAge = 600
/** SPIFFE Trust Domain and Bundle section 6.2. */
const bundleAge = 300
/** Concurrent fetches over all issuers because of an unknown `kid`, which any unauthenticated caller can send. */
const mostSearches = 16
/** More than any account registers. With two RSA keys an issuer takes about 10 KB, so 20,000 issuers take 200 MB. */
const mostIssuers = 20_000

/** Where an issuer's keys come from; OpenIdProvider records have this shape. */
export interface KeySource {
  readonly id: string
  /** Distinguishes records that had the same id at different times, so that cached keys are not shared between them. */
  readonly uid?: string | undefined
  /** The issuer, exactly as in `iss`. */
  readonly url: string
  readonly keys:
    | { readonly from: 'discovery' }
    | { readonly from: 'url'; readonly jwksUri: string }
    | { readonly from: 'upload'; readonly jwks: string }
  /** The keys are a SPIFFE bundle (jwks.ts). */
  readonly bundleFormat?: 'spiffe' | undefined
}

interface CacheEntry {
  /** The source of the cached keys; a changed provider is fetched again. */
  source: KeySource
  readonly set: StaleWhileRevalidate<KeySet>
}

export interface IssuerKeysOptions {
  readonly fetch: GuardedFetch
  /** Epoch seconds. */
  readonly now: () => number
  /** Worker pool for signature checks; without it they run on the event loop. */
  readonly thread?: KeyThread | undefined
  /** Issuers cached at once; the least recently used is evicted. */
  readonly limit?: number
}

export class IssuerKeys {
  readonly #fetch: GuardedFetch
  readonly #now: () => number
  readonly #limit: number
  #held: LRUCache<string, CacheEntry> | undefined
  #searches = 0

  readonly thread: KeyThread | undefined

  constructor({ fetch, now, thread, limit = mostIssuers }: IssuerKeysOptions) {
    this.thread = thread
    this.#fetch = fetch
    this.#now = now
    this.#limit = limit
  }

  /**
   * The keys that an issuer publishes for a `kid` and algorithm; empty when there are none.
   * @throws Problem('idp_communication_error') when the keys cannot be fetched
   */
  async find(source: KeySource, kid: string | undefined, alg: JwsAlgorithm): Promise<readonly NamedKey[]> {
    const { set } = this.#of(source)
    const found = (await set.value()).find(kid, alg)
    if (found.length > 0 || source.keys.from === 'upload') return found
    await this.#search(set)
    return (await set.value()).find(kid, alg)
  }

  /** Fetches again for an unknown `kid`: the issuer may have rotated its keys. */
  async #search(set: StaleWhileRevalidate<KeySet>): Promise<void> {
    if (set.isFetching) return set.refresh()
    if (this.#searches >= mostSearches) return
    this.#searches++
    try {
      await set.refresh()
    } finally {
      this.#searches--
    }
  }

  #of(source: KeySource): CacheEntry {
    // Made by the first use, because lru-cache allocates all of its entries at once.
    this.#held ??= new LRUCache({ max: this.#limit })
    const known = this.#held.get(source.id)
    if (known && sameOrigin(known.source, source)) {
      known.source = source
      return known
    }
    const fresh = { source, set: new StaleWhileRevalidate(this.#now, () => this.#fetchSet(source)) }
    this.#held.set(source.id, fresh)
    return fresh
  }

  async #fetchSet({ url, keys, bundleFormat }: KeySource): Promise<Refreshed<KeySet>> {
    try {
      if (keys.from === 'upload')
        return { value: readKeySet(keys.jwks, bundleFormat), age: Number.POSITIVE_INFINITY }
      const answer = await this.#get(keys.from === 'url' ? keys.jwksUri : await this.#discover(url))
      const set = readKeySet(answer.body.toString(), bundleFormat)
      return {
        value: set,
        age: bundleFormat === 'spiffe' ? within(set.refreshHint ?? bundleAge) : ageOf(answer),
      }
    } catch (error) {
      if (isProblem(error, 'idp_communication_error')) throw error
      throw noKeys(error instanceof Problem ? error.message : String(error))
    }
  }

  /** OpenID Connect Discovery §4: the document's issuer must be exactly the requested one. */
  async #discover(issuer: string): Promise<string> {
    const answer = await this.#get(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
    const document = parseUniqueJson(answer.body.toString()) as
      | { readonly issuer?: unknown; readonly jwks_uri?: unknown }
      | null
      | undefined
    if (document?.issuer !== issuer) throw noKeys('the discovery document is of another issuer')
    if (typeof document.jwks_uri !== 'string') throw noKeys('the discovery document names no jwks_uri')
    return document.jwks_uri
  }

  async #get(url: string): Promise<Fetched> {
    const answer = await this.#fetch(url)
    if (answer.status !== 200) throw noKeys(`${url} answered ${answer.status}`)
    return answer
  }
}

function sameOrigin(a: KeySource, b: KeySource): boolean {
  if (a === b) return true
  if (a.uid !== b.uid || a.url !== b.url || a.bundleFormat !== b.bundleFormat) return false
  const [one, other] = [a.keys, b.keys]
  if (one.from === 'upload') return other.from === 'upload' && one.jwks === other.jwks
  if (one.from === 'url') return other.from === 'url' && one.jwksUri === other.jwksUri
  return other.from === 'discovery'
}

function ageOf(answer: Fetched): number {
  const stated = /(?:^|[,\s])max-age=(\d{1,9})/i.exec(answer.headers.get('cache-control') ?? '')?.[1]
  return stated === undefined ? defaultAge : within(Number(stated))
}

const within = (seconds: number): number => Math.min(maxAge, Math.max(minAge, seconds))

// AWS STS, AssumeRoleWithWebIdentity: the message of IDPCommunicationError.
const noKeys = (detail: string): Problem =>
  new Problem(
    'idp_communication_error',
    "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
    { detail },
  )
