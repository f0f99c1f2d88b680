// The live revocations of all accounts, read from the store once per change and shared by everything in this process
// that asks: the check of our own callers, and the feed for services.
import { setImmediate } from 'node:timers/promises'
import { dependencyName, foreignScope, foreignValue } from '../../secure/session-dependencies.ts'
import { type Revocation, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { Fresh } from '../read-through-cache.ts'

/** Records read in one turn of the event loop: a few milliseconds. */
const pageSize = 250

/** A revocation as one account sees it: those of other accounts have the scope `foreign` and a digest as their value. */
export type ListedRevocation = Pick<Revocation, 'value' | 'before' | 'at' | 'expiresAt' | 'lifted'> & {
  readonly scope: string
}

/** Digests kept from one change to the next. */
const mostDigests = 100_000

interface Loaded {
  readonly all: readonly Revocation[]
  readonly byName: ReadonlyMap<string, readonly Revocation[]>
  /** Filled as accounts ask, so that each gets the same array until something changes. */
  readonly byAccount: Map<string, readonly ListedRevocation[]>
}

export class RevocationView {
  readonly #store: Store
  #reached: { readonly at: number; readonly look: Promise<void> } | undefined
  readonly #held: Fresh<Loaded>
  readonly #digests = new Map<string, string>()

  constructor(store: Store) {
    this.#store = store
    this.#held = new Fresh(store, ['revocation'])
    // Loaded ahead of the first request: live sessions are accepted also when the store goes away before that.
    this.#loaded().catch(() => undefined)
  }

  /**
   * All that the services of an account must know: its own revocations and the server's, and as digests those of other
   * accounts, whose sessions may be presented to these services. The same array until a revocation changes.
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

  /** A lookup from `<scope>:<value>` to the latest instant any of these accounts, or the server, revoked it. */
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
   * Whether the store can be reached, looked up at most once a second for all callers.
   * @throws Problem('unavailable') when it cannot: the list may lack what other processes revoked meanwhile
   */
  reachable(): Promise<void> {
    const now = performance.now()
    if (this.#reached === undefined || now - this.#reached.at > 1000)
      this.#reached = { at: now, look: this.#store.ping() }
    return this.#reached.look
  }

  /** Calls back after a change, also by another process, within a second. Returns the way to stop. */
  watch(changed: () => void): () => void {
    return this.#store.watch((kinds) => kinds.has('revocation') && changed())
  }

  close(): void {
    this.#held.close()
  }

  #digestOf(one: Revocation): string {
    const known = this.#digests.get(one.id)
    if (known !== undefined) return known
    if (this.#digests.size >= mostDigests) this.#digests.clear()
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
      // The embedded store answers without leaving the event loop: other requests get their turn here.
      await setImmediate()
    } while (after !== undefined)
    return { all, byName, byAccount: new Map() }
  }
}
