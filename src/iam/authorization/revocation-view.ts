// The revocations of all accounts, loaded from the store once per change and shared within this process: by the check of callers
// and by the revocation feed for services.
import { setImmediate } from 'node:timers/promises'
import { dependencyName, foreignScope, foreignValue } from '../../secure/session/session-dependencies.ts'
import { type Revocation, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { ReadThroughCache } from '../record/read-through-cache.ts'

/** Records read in one turn of the event loop: a few milliseconds. */
const pageSize = 250

/** A revocation in the feed of an account: those of other accounts have the scope `foreign` and a digest as value. */
export type ListedRevocation = Pick<Revocation, 'value' | 'before' | 'at' | 'expiresAt' | 'lifted'> & {
  readonly scope: string
}

/** The most digests that are kept across reloads. */
const maxDigests = 100_000

interface Loaded {
  readonly all: readonly Revocation[]
  readonly byName: ReadonlyMap<string, readonly Revocation[]>
  /** Filled on demand, so that an account gets the same array until a revocation changes. */
  readonly byAccount: Map<string, readonly ListedRevocation[]>
}

export class RevocationView {
  readonly #store: Store
  #reached: { readonly at: number; readonly look: Promise<void> } | undefined
  readonly #held: ReadThroughCache<Loaded>
  readonly #digests = new Map<string, string>()

  constructor(store: Store) {
    this.#store = store
    this.#held = new ReadThroughCache(store, ['revocation'])
    // Loaded before the first request, so that sessions are accepted even if the store becomes unavailable until then.
    this.#loaded().catch(() => undefined)
  }

  /**
   * The revocations for the services of an account: those of the account and the server, and those of other accounts as digests,
   * because their sessions may be presented to these services too. The same array until a revocation changes.
   */
  async list(accountId: string): Promise<readonly ListedRevocation[]> {
    const { all, byAccount } = await this.#loaded()
    const known = byAccount.get(accountId)
    if (known) return known
    const list = all.map((one) =>
      one.accountId === accountId || one.accountId === serverAccount
        ? one
        : { ...one, scope: foreignScope, value: this.#digestOf(one) },
    )
    byAccount.set(accountId, list)
    return list
  }

  /** Returns a lookup from `<scope>:<value>` to the latest `before` among the revocations of these accounts and the server. */
  async instants(accounts: readonly string[]): Promise<(name: string) => number | undefined> {
    const { byName } = await this.#loaded()
    return (name) => {
      let latest: number | undefined
      for (const { accountId, before } of byName.get(name) ?? [])
        if (accountId === serverAccount || accounts.includes(accountId))
          latest = Math.max(latest ?? 0, before)
      return latest
    }
  }

  /**
   * Checks that the store can be reached, at most once a second for all callers.
   * @throws Problem('unavailable') when it cannot: the list may lack revocations of other processes
   */
  reachable(): Promise<void> {
    const now = performance.now()
    if (this.#reached === undefined || now - this.#reached.at > 1000)
      this.#reached = { at: now, look: this.#store.ping() }
    return this.#reached.look
  }

  /** Calls `changed` within a second after a revocation changed in any process. @returns a function that stops watching */
  watch(changed: () => void): () => void {
    return this.#store.watch((kinds) => kinds.has('revocation') && changed())
  }

  close(): void {
    this.#held.close()
  }

  #digestOf(one: Revocation): string {
    const known = this.#digests.get(one.id)
    if (known !== undefined) return known
    if (this.#digests.size >= maxDigests) this.#digests.clear()
    const digest = foreignValue(one.accountId, dependencyName(one))
    this.#digests.set(one.id, digest)
    return digest
  }

  #loaded(): Promise<Loaded> {
    return this.#held.get('all', () => this.#load())
  }

  async #load(): Promise<Loaded> {
    const all: Revocation[] = []
    const byName = new Map<string, Revocation[]>()
    let after: string | undefined
    do {
      const lookup = { by: 'all', value: 'all' } as const
      const page = await this.#store.find('revocation', lookup, { limit: pageSize, after })
      for (const one of page.records) {
        all.push(one)
        const name = dependencyName(one)
        const known = byName.get(name)
        if (known) known.push(one)
        else byName.set(name, [one])
      }
      after = page.next
      // The embedded store answers synchronously, so other requests are served between pages.
      await setImmediate()
    } while (after !== undefined)
    return { all, byName, byAccount: new Map() }
  }
}
