// Clients whose id is the URL of their metadata document. A document is fetched when it is needed and cached as long as its headers
// allow. Concurrent requests share one fetch. A failure is cached for a moment, so that an unavailable document is not requested at
// each sign-in. While a document cannot be fetched, its last version is used for up to a day.
import { LRUCache } from 'lru-cache'
import { type AdapterPayload, errors } from 'oidc-provider'
import { dataUrlOf, fetchLogo } from './logo.ts'
import {
  DocumentFault,
  documentUrlOf,
  logoAddressOf,
  maxDocumentBytes,
  readMetadataDocument,
} from './metadata-document.ts'
import type { RegistrationLimits } from './registration-limits.ts'

/** Seconds for which a document is used before it is fetched again: bounds for the value of its headers, and the default without them. */
const age = { least: 60, most: 24 * 3600, usual: 300 }
/** Seconds for which the last version of a document is used while it cannot be fetched. */
const staleLimit = 24 * 3600
/** Seconds between two fetches of a document that failed. */
const retryAfter = 15
const timeoutMs = 3000
const maxDocuments = 500
const maxFetches = 32

export interface ClientDocumentOptions {
  readonly limits: RegistrationLimits
  /** Fetch with the rules for outbound requests. */
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Whether the request that is being answered may cause one more fetch; anybody can name any URL. */
  readonly mayFetch: () => boolean
}

interface Known {
  readonly metadata: AdapterPayload | undefined
  /** As a `data:` URL. */
  readonly logo: string | undefined
  /** Why the last fetch failed; undefined after a fetch that succeeded. */
  readonly failure: string | undefined
  /** Milliseconds since 1970. */
  readonly freshUntil: number
  readonly usableUntil: number
}

/** The document that a client id names cannot be used; `reason` completes "the metadata document `…`". */
export class UnusableDocument extends errors.InvalidClient {
  readonly reason: string

  constructor(reason: string) {
    super('the metadata document of this client cannot be used', reason)
    this.reason = reason
  }
}

export class ClientDocuments {
  readonly #options: ClientDocumentOptions
  readonly #known = new LRUCache<string, Known>({ max: maxDocuments })
  readonly #pending = new Map<string, Promise<Known>>()

  constructor(options: ClientDocumentOptions) {
    this.#options = options
  }

  /** Whether a client id names a document on a host that the operator allows. */
  isDocument(clientId: string): boolean {
    const { metadata_documents: allowed } = this.#options.limits
    const url = allowed === false ? undefined : documentUrlOf(clientId)
    if (url === undefined || allowed === false) return false
    return allowed === true || allowed.hosts.some((host) => isHost(url.host, host))
  }

  /**
   * The metadata of a client; undefined when its id names no document.
   * @throws UnusableDocument when the document cannot be fetched or used; errors.TemporarilyUnavailable when it may not be
   * fetched at this moment
   */
  async find(clientId: string): Promise<AdapterPayload | undefined> {
    if (!this.isDocument(clientId)) return undefined
    const known = this.#known.get(clientId)
    const now = this.#options.clock()
    const current =
      known !== undefined && now < known.freshUntil ? known : await this.#refreshed(clientId, known)
    if (current.metadata !== undefined && now < current.usableUntil) return current.metadata
    throw new UnusableDocument(current.failure ?? 'is not available')
  }

  /** The logo of a client whose document was read, as a `data:` URL. */
  logoOf(clientId: string): string | undefined {
    return this.#known.get(clientId)?.logo
  }

  #refreshed(clientId: string, known: Known | undefined): Promise<Known> {
    const pending = this.#pending.get(clientId)
    if (pending) return pending
    if (this.#pending.size >= maxFetches || !this.#options.mayFetch()) {
      if (known?.metadata) return Promise.resolve(known)
      throw new errors.TemporarilyUnavailable('too many client metadata documents are being fetched')
    }
    const fetching = this.#fetch(clientId, known).finally(() => this.#pending.delete(clientId))
    this.#pending.set(clientId, fetching)
    return fetching
  }

  async #fetch(clientId: string, known: Known | undefined): Promise<Known> {
    const read = await this.#read(clientId).catch((error: unknown) => reasonOf(error))
    const now = this.#options.clock()
    const next: Known =
      typeof read === 'string'
        ? {
            metadata: known?.metadata,
            logo: known?.logo,
            failure: read,
            freshUntil: now + retryAfter * 1000,
            usableUntil: known?.usableUntil ?? 0,
          }
        : {
            metadata: read.metadata,
            logo: read.logo,
            failure: undefined,
            freshUntil: now + read.age * 1000,
            usableUntil: now + (read.age + staleLimit) * 1000,
          }
    this.#known.set(clientId, next)
    return next
  }

  async #read(clientId: string): Promise<Pick<Known, 'logo'> & { metadata: AdapterPayload; age: number }> {
    // One time limit for the document and its logo, because a request waits for both.
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await this.#get(clientId, signal)
    if (response.status !== 200) throw new DocumentFault(`was answered with status ${response.status}`)
    const type = response.headers.get('content-type') ?? ''
    if (!/^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i.test(type))
      throw new DocumentFault('is not sent as application/json')
    const bytes = Buffer.from(await response.arrayBuffer())
    if (bytes.length > maxDocumentBytes)
      throw new DocumentFault(`is larger than ${maxDocumentBytes / 1024} kB`)
    const url = new URL(clientId)
    const text = bytes.toString('utf8')
    const metadata = readMetadataDocument(url, text, this.#options.limits)
    const logo = await this.#readLogo(logoAddressOf(url, text), signal)
    return { metadata, logo, age: ageOf(response.headers, this.#options.clock()) }
  }

  /** A logo that cannot be fetched or is not an image is left out; it never prevents a sign-in. */
  async #readLogo(address: URL | undefined, signal: AbortSignal): Promise<string | undefined> {
    const logo = address && (await fetchLogo(this.#options.fetch, address.href, signal))
    return logo && dataUrlOf(logo)
  }

  #get(url: string, signal: AbortSignal): Promise<Response> {
    return this.#options.fetch(url, {
      headers: { accept: 'application/json' },
      // Section 4: redirects are not followed, because the document of one site would otherwise describe a client of another.
      redirect: 'error',
      signal,
    })
  }
}

/** The reason to show. Errors of the network are only logged, because they reveal something about the server's network. */
const reasonOf = (error: unknown): string =>
  error instanceof DocumentFault ? error.message : 'could not be fetched'

/** `example.com` matches only that host, `*.example.com` every host below it. A port other than the default must be given. */
const isHost = (host: string, allowed: string): boolean =>
  allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed

/** RFC 9111: `max-age`, else `Expires`. */
function ageOf(headers: Headers, now: number): number {
  const control = headers.get('cache-control') ?? ''
  const named = /(?:^|[,\s])max-age\s*=\s*"?(\d{1,10})/i.exec(control)?.[1]
  const expires = Date.parse(headers.get('expires') ?? '')
  const stated = /(?:^|[,\s])no-(?:store|cache)\b/i.test(control)
    ? 0
    : named !== undefined
      ? Number(named)
      : Number.isNaN(expires)
        ? age.usual
        : (expires - now) / 1000
  return Math.max(age.least, Math.min(age.most, stated))
}
