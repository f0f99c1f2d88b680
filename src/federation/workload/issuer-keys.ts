// The keys of outside issuers: uploaded, or fetched and kept (outbound/stale-while-revalidate.ts). A `kid` we do not know makes us look again,
// but not often, so that strangers cannot make us call out.
import { isProblem, Problem } from '../../problem.ts'
import type { JwsAlgorithm } from '../../secure/jws.ts'
import type { KeyThread } from '../../secure/key-thread.ts'
import { parseUniqueJson } from '../../secure/unique-json.ts'
import type { Fetched, GuardedFetch } from '../outbound/guarded-fetch.ts'
import { KeptFetch, type Latest } from '../outbound/stale-while-revalidate.ts'
import { type KeySet, type NamedKey, readKeySet } from './jwks.ts'

/** Seconds. The issuer's own max-age counts within these bounds; without one, `defaultAge`. */
const minAge = 60
const maxAge = 3600
const defaultAge = 600
/** Of all issuers together, how many may be asked at once because of a kid nobody knows: any stranger can name one. */
const mostSearches = 16
/** More than any account registers; with two RSA keys each, some 10 KB (a set of 20,000 issuers is 200 MB). */
const mostIssuers = 20_000

/** Where an issuer's keys come from; OpenIdProvider records fit. */
export interface KeySource {
  readonly id: string
  /** Tells records apart that had one id at different times: keys cached for one are not used for another. */
  readonly uid?: string | undefined
  /** The issuer as it stands in `iss`. */
  readonly url: string
  readonly keys:
    | { readonly from: 'discovery' }
    | { readonly from: 'url'; readonly jwksUri: string }
    | { readonly from: 'upload'; readonly jwks: string }
}

interface Kept {
  /** What it was fetched for: a changed provider starts anew. */
  source: KeySource
  readonly set: KeptFetch<KeySet>
}

export interface IssuerKeysOptions {
  readonly fetch: GuardedFetch
  /** Epoch seconds. */
  readonly now: () => number
  /** Where signatures are checked; on the event loop without one. */
  readonly thread?: KeyThread | undefined
  /** Issuers kept at once; the one least recently used goes. */
  readonly limit?: number
}

export class IssuerKeys {
  readonly #fetch: GuardedFetch
  readonly #now: () => number
  readonly #limit: number
  readonly #kept = new Map<string, Kept>()
  #searches = 0

  readonly thread: KeyThread | undefined

  constructor({ fetch, now, thread, limit = mostIssuers }: IssuerKeysOptions) {
    this.thread = thread
    this.#fetch = fetch
    this.#now = now
    this.#limit = limit
  }

  /**
   * The keys an issuer publishes for a `kid` and algorithm; none when it publishes none.
   * @throws Problem('idp_communication_error') when the keys cannot be had
   */
  async find(source: KeySource, kid: string | undefined, alg: JwsAlgorithm): Promise<readonly NamedKey[]> {
    const { set } = this.#of(source)
    const found = (await set.value()).find(kid, alg)
    if (found.length > 0 || source.keys.from === 'upload') return found
    await this.#search(set)
    return (await set.value()).find(kid, alg)
  }

  /** The issuer may have rotated since. */
  async #search(set: KeptFetch<KeySet>): Promise<void> {
    if (set.isFetching) return set.refresh()
    if (this.#searches >= mostSearches) return
    this.#searches++
    try {
      await set.refresh()
    } finally {
      this.#searches--
    }
  }

  #of(source: KeySource): Kept {
    const known = this.#kept.get(source.id)
    if (known && sameOrigin(known.source, source)) {
      known.source = source
      if (this.#kept.size >= this.#limit) this.#markUsed(source.id, known)
      return known
    }
    const fresh = { source, set: new KeptFetch(this.#now, () => this.#fetchSet(source)) }
    this.#kept.set(source.id, fresh)
    if (this.#kept.size > this.#limit) this.#kept.delete(this.#kept.keys().next().value ?? '')
    return fresh
  }

  /** Least recently used goes first: a Map keeps the order of insertion. */
  #markUsed(id: string, kept: Kept): void {
    this.#kept.delete(id)
    this.#kept.set(id, kept)
  }

  async #fetchSet({ url, keys }: KeySource): Promise<Latest<KeySet>> {
    try {
      if (keys.from === 'upload') return { value: readKeySet(keys.jwks), age: Number.POSITIVE_INFINITY }
      const answer = await this.#get(keys.from === 'url' ? keys.jwksUri : await this.#discover(url))
      return { value: readKeySet(answer.body.toString()), age: ageOf(answer) }
    } catch (error) {
      if (isProblem(error, 'idp_communication_error')) throw error
      throw noKeys(error instanceof Problem ? error.message : String(error))
    }
  }

  /** OpenID Connect Discovery §4: the document's issuer must be the very string we asked for. */
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
  if (a.uid !== b.uid || a.url !== b.url) return false
  const [one, other] = [a.keys, b.keys]
  if (one.from === 'upload') return other.from === 'upload' && one.jwks === other.jwks
  if (one.from === 'url') return other.from === 'url' && one.jwksUri === other.jwksUri
  return other.from === 'discovery'
}

function ageOf(answer: Fetched): number {
  const stated = /(?:^|[,\s])max-age=(\d{1,9})/i.exec(answer.headers.get('cache-control') ?? '')?.[1]
  return stated === undefined ? defaultAge : Math.min(maxAge, Math.max(minAge, Number(stated)))
}

// AWS STS, AssumeRoleWithWebIdentity: the text of IDPCommunicationError clients meet.
const noKeys = (detail: string): Problem =>
  new Problem(
    'idp_communication_error',
    "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
    { detail },
  )
