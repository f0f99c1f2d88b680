// Registered providers as checking an outside token needs them, from memory; and those of the configuration file,
// which start-up makes to be as the file says.
import { Problem } from '../problem.ts'
import type { OpenIdProvider } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { Fresh } from './fresh.ts'
import { blankProvider } from './providers.ts'

/** One provider of the configuration file. */
export interface ConfiguredProvider {
  readonly url: string
  readonly clientIds: readonly string[]
  readonly keys: OpenIdProvider['keys']
  readonly once: boolean
  readonly disabled: boolean
}

export function openTrustedIssuers(store: Store) {
  const held = new Fresh<OpenIdProvider | undefined>(store, ['openIdProvider'])
  return {
    /** The account's own provider of this exact issuer; never another account's. */
    byIssuer: (accountId: string, issuer: string): Promise<OpenIdProvider | undefined> =>
      held.get(`issuer:${accountId} ${issuer}`, () =>
        store.getBy('openIdProvider', 'url', `${accountId} ${issuer}`),
      ),
    byArn: (arn: string): Promise<OpenIdProvider | undefined> =>
      held.get(`arn:${arn}`, () => store.get('openIdProvider', arn)),
    close: () => held.close(),
  }
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
