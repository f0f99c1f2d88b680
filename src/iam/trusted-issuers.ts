// The providers of the configuration file, which start-up makes to be as the file says.
import { Problem } from '../problem.ts'
import type { OpenIdProvider } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { blankProvider } from './providers.ts'

/** One provider of the configuration file. */
export interface ConfiguredProvider {
  readonly url: string
  readonly clientIds: readonly string[]
  readonly keys: OpenIdProvider['keys']
  readonly once: boolean
  readonly disabled: boolean
}

/** Creates or changes the account's providers so that they are as the file says; others are left alone. */
export async function applyConfiguredProviders(
  store: Store,
  accountId: string,
  now: number,
  configured: readonly ConfiguredProvider[],
): Promise<void> {
  for (const { url, ...settings } of configured) {
    const blank = blankProvider(accountId, url, now)
    try {
      await store.create('openIdProvider', { ...blank, ...settings })
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'conflict') throw error
      await store.update('openIdProvider', blank.id, (old) =>
        isAs(old, settings) ? old : { ...old, ...settings },
      )
    }
  }
}

const isAs = (old: OpenIdProvider, settings: Omit<ConfiguredProvider, 'url'>): boolean =>
  Object.entries(settings).every(
    ([name, value]) => JSON.stringify(old[name as keyof OpenIdProvider]) === JSON.stringify(value),
  )
