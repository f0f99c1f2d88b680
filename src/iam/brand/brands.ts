// The brands in force, kept in memory so that no page reads the store. Processes follow a change within a second, as for every
// watched kind of record.
import { LRUCache } from 'lru-cache'
import type { BrandImage, BrandMembers } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** Hexadecimal digits of its hash by which an image is found. */
export const hashDigits = 32
/** Accounts whose brands are kept. */
const mostAccounts = 100

interface Held {
  readonly brand: BrandMembers
  /** By the beginning of their hash: those of the brand, and of the one before, which pages still show that were sent a moment ago. */
  readonly images: ReadonlyMap<string, BrandImage>
  /** Milliseconds. */
  readonly readAt: number
}

export class Brands {
  readonly #store: Pick<Store, 'get'>
  #accountId: string | undefined
  readonly #held = new LRUCache<string, Promise<Held>>({ max: mostAccounts })
  #current: BrandMembers = {}
  readonly #stop: () => void

  constructor(store: Pick<Store, 'get' | 'watch'>) {
    this.#store = store
    this.#stop = store.watch((changed, changes) => {
      if (!changed.has('brand')) return
      const ids = changes?.filter(({ kind }) => kind === 'brand').map(({ id }) => id)
      // A copy: reading again makes an entry the latest one of the cache, which a walk over it would meet again.
      for (const id of ids ?? [...this.#held.keys()]) if (this.#held.has(id)) this.#follow(id)
    })
  }

  /**
   * Makes `current` that of an account, and keeps it so.
   * @param accountId the account of pages that are shown before it is known who looks at them
   */
  async open(accountId: string): Promise<void> {
    this.#accountId = accountId
    await this.#read(accountId)
  }

  /** Of the account of the pages; without any before `open`. */
  get current(): BrandMembers {
    return this.#current
  }

  async of(accountId: string): Promise<BrandMembers> {
    return (await (this.#held.get(accountId) ?? this.#read(accountId))).brand
  }

  /**
   * A logo by the first 32 digits of its hash. One that is not known may be newer than what this process has read: it reads again, at most once a second.
   * @param now milliseconds
   */
  async image(accountId: string, hash: string, now: number): Promise<BrandImage | undefined> {
    const held = await (this.#held.get(accountId) ?? this.#read(accountId))
    const found = held.images.get(hash)
    if (found !== undefined || now - held.readAt < 1000) return found
    return (await this.#read(accountId)).images.get(hash)
  }

  close(): void {
    this.#stop()
  }

  /** While the store is unavailable the last brand stays in use; its return is announced as a change. */
  #follow(accountId: string): void {
    const before = this.#held.get(accountId)
    this.#read(accountId).catch(() => {
      if (before !== undefined) this.#held.set(accountId, before)
    })
  }

  #read(accountId: string): Promise<Held> {
    const reading = this.#readAfter(accountId, this.#held.get(accountId))
    this.#held.set(accountId, reading)
    reading.catch(() => {
      if (this.#held.peek(accountId) === reading) this.#held.delete(accountId)
    })
    return reading
  }

  async #readAfter(accountId: string, before: Promise<Held> | undefined): Promise<Held> {
    const former = await before?.catch(() => undefined)
    const brand = (await this.#store.get('brand', accountId)) ?? {}
    if (accountId === this.#accountId) this.#current = brand
    const images = new Map(imagesOf(former?.brand ?? {}))
    for (const [hash, image] of imagesOf(brand)) images.set(hash, image)
    return { brand, images, readAt: Date.now() }
  }
}

const imagesOf = ({ logo, darkLogo }: BrandMembers): readonly (readonly [string, BrandImage])[] =>
  [logo, darkLogo].flatMap((image) =>
    image === undefined ? [] : [[image.sha256.slice(0, hashDigits), image] as const],
  )
