// Logos of clients, which this server fetches, so that no page loads anything from elsewhere.
import { LRUCache } from 'lru-cache'

const maxLogoBytes = 16 * 1024
const timeoutMs = 3000

/** An image of one of the formats that are shown. */
export interface Logo {
  readonly type: string
  readonly bytes: Buffer
}

/** Image formats by their first bytes. Not SVG, which is a document with scripts and references of its own. */
const imageTypes: readonly (readonly [type: string, starts: RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/webp', /^RIFF[\s\S]{4}WEBPVP8/],
]

/** The image that the bytes are, whatever they were sent as; undefined when they are none of the formats. */
function logoOf(bytes: Buffer): Logo | undefined {
  const start = bytes.toString('latin1', 0, 16)
  const type = imageTypes.find(([, starts]) => starts.test(start))?.[0]
  return type === undefined ? undefined : { type, bytes }
}

/** A `data:` URL. */
export const dataUrlOf = ({ type, bytes }: Logo): string => `data:${type};base64,${bytes.toString('base64')}`

/**
 * Undefined when it cannot be fetched, is larger than 16 kB, or is not an image. Redirects are not followed.
 * @param fetch with the rules for outbound requests
 * @param signal when to give up, by default after the time limit of a logo
 */
export async function fetchLogo(
  fetch: typeof globalThis.fetch,
  address: string,
  signal = AbortSignal.timeout(timeoutMs),
): Promise<Logo | undefined> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'image/png, image/jpeg, image/webp' },
      redirect: 'error',
      signal,
    })
    if (response.status !== 200) return undefined
    const bytes = Buffer.from(await response.arrayBuffer())
    return bytes.length > maxLogoBytes ? undefined : logoOf(bytes)
  } catch {
    return undefined
  }
}

interface Fetched {
  readonly logo: Logo | undefined
  /** Milliseconds since 1970. */
  readonly until: number
}

/** Seconds for which a logo, and its absence, is remembered. */
const remembered = { logo: 24 * 3600, absence: 600 } as const
const mostLogos = 200
const mostFetches = 4

/** Logos that were fetched, by address, in the memory of this process. */
export class Logos {
  readonly #fetch: typeof globalThis.fetch
  readonly #clock: () => number
  readonly #known = new LRUCache<string, Fetched>({ max: mostLogos })
  readonly #pending = new Map<string, Promise<Logo | undefined>>()

  /** @param fetch with the rules for outbound requests @param clock milliseconds since 1970 */
  constructor(fetch: typeof globalThis.fetch, clock: () => number) {
    this.#fetch = fetch
    this.#clock = clock
  }

  /** The logo, if it is here already; otherwise it is fetched for a later call. */
  peek(address: string): Logo | undefined {
    const known = this.#fresh(address)
    if (known === undefined) void this.get(address)
    return known?.logo
  }

  /** The logo, fetched if need be. Undefined also while too many others are being fetched. Never rejects. */
  async get(address: string): Promise<Logo | undefined> {
    const known = this.#fresh(address)
    if (known !== undefined) return known.logo
    const pending = this.#pending.get(address)
    if (pending !== undefined) return pending
    if (this.#pending.size >= mostFetches) return undefined
    const fetching = this.#load(address).finally(() => this.#pending.delete(address))
    this.#pending.set(address, fetching)
    return fetching
  }

  #fresh(address: string): Fetched | undefined {
    const known = this.#known.get(address)
    return known !== undefined && this.#clock() < known.until ? known : undefined
  }

  async #load(address: string): Promise<Logo | undefined> {
    const logo = await fetchLogo(this.#fetch, address)
    const seconds = logo === undefined ? remembered.absence : remembered.logo
    this.#known.set(address, { logo, until: this.#clock() + seconds * 1000 })
    return logo
  }
}
