// Keeps the metadata of SAML providers with a metadata URL current. It is fetched in the background and kept in the provider's record,
// so that no sign-in waits for it, a restart needs no answer, and a URL that does not answer changes nothing until `validUntil`.
import { Problem } from '../../problem.ts'
import { updateIfPresent } from '../../store/conditional-writes.ts'
import { PeriodicWork } from '../../store/periodic-work.ts'
import type { EpochSeconds, SamlProvider } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { GuardedFetch } from '../outbound/guarded-fetch.ts'
import { fetchMetadata } from './fetched-metadata.ts'
import { readRecorded } from './metadata.ts'

/** Seconds between two fetches, and after one that failed. */
const refreshEvery = 3600
const retryAfter = 300
/** Seconds between two fetches of one provider that sign-ins caused (`requestRefresh`). */
const requestsEvery = 60
/** Milliseconds between two searches for providers whose metadata is due. */
const searchEvery = 30_000

export interface MetadataRefreshDependencies {
  readonly store: Store
  readonly accountId: string
  readonly fetch: GuardedFetch
  readonly now: () => EpochSeconds
  /** `reason` is for the log: the former metadata stays in use. */
  readonly onFailure: (provider: SamlProvider, reason: string) => void
  readonly onChange: (provider: SamlProvider) => void
}

export class MetadataRefresh {
  readonly #deps: MetadataRefreshDependencies
  /** Provider id → when its metadata is fetched next. */
  readonly #due = new Map<string, EpochSeconds>()
  readonly #requested = new Map<string, EpochSeconds>()
  readonly #search: PeriodicWork
  #running: Promise<void> | undefined
  readonly #ending = new AbortController()

  constructor(deps: MetadataRefreshDependencies) {
    this.#deps = deps
    this.#search = new PeriodicWork({
      work: () => this.refreshDue(),
      interval: () => searchEvery,
      onError: () => undefined, // `refreshDue` throws nothing.
    })
  }

  /** Fetches what is due, now and from time to time. */
  start(): void {
    this.#search.start()
  }

  /** Starts no further fetch, and ends the running ones: a URL that hangs does not delay the end of the server. */
  async stop(): Promise<void> {
    this.#ending.abort()
    this.#search.stop()
    await this.#running
  }

  /** A provider used a key that its metadata does not have. Fetches soon, and at a limited rate; does not wait. */
  requestRefresh(id: string): void {
    const now = this.#deps.now()
    if (this.#ending.signal.aborted || now < (this.#requested.get(id) ?? 0)) return
    this.#requested.set(id, now + requestsEvery)
    this.#due.delete(id)
    void this.refreshDue()
  }

  /** Fetches all metadata that is due, concurrently. Never throws. */
  refreshDue(): Promise<void> {
    this.#running ??= this.#refreshAll().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #refreshAll(): Promise<void> {
    const { store, accountId, now } = this.#deps
    const due: SamlProvider[] = []
    try {
      for await (const one of store.each('identityProvider', { by: 'kind', value: `${accountId} saml` }))
        if (
          one.kind === 'saml' &&
          one.metadataSource &&
          !one.disabled &&
          (this.#due.get(one.id) ?? 0) <= now()
        )
          due.push(one)
    } catch {
      // The store is not available: everything stays due.
      return
    }
    await Promise.all(due.map((provider) => this.#refresh(provider)))
  }

  async #refresh(provider: SamlProvider): Promise<void> {
    const { store, fetch, now, onChange, onFailure } = this.#deps
    this.#due.set(provider.id, now() + refreshEvery)
    try {
      const { signal } = this.#ending
      const abortable: GuardedFetch = (url, request) => fetch(url, { ...request, signal })
      const metadata = await fetchMetadata(provider, abortable, now())
      if (metadata === provider.metadata) return
      const recorded = readRecorded(metadata)
      await updateIfPresent(
        store.update('identityProvider', provider.id, (old) =>
          isSameSource(old, provider) ? { ...old, metadata, ...recorded } : old,
        ),
      )
      onChange(provider)
    } catch (cause) {
      if (this.#ending.signal.aborted) return
      this.#due.set(provider.id, now() + retryAfter)
      onFailure(provider, cause instanceof Problem ? (cause.detail ?? cause.message) : String(cause))
    }
  }
}

/** The settings may have changed while the metadata was fetched. */
const isSameSource = (old: { readonly kind: string }, fetched: SamlProvider): old is SamlProvider =>
  'metadataSource' in old &&
  'entityId' in old &&
  JSON.stringify([old.metadataSource, old.entityId]) ===
    JSON.stringify([fetched.metadataSource, fetched.entityId])
