// Applies the configuration file to the store at start: providers are created and updated, and entries of earlier files that this
// one no longer has are ended (docs/attacks.md 41).
import type { EpochSeconds, IdentityProvider } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { applyConfiguredProviders } from '../provider/configured-providers.ts'
import { type ConfigurationFile, claimConfiguration } from './configuration-record.ts'

export interface ApplyDependencies {
  readonly store: Store
  /** The account that owns the providers. */
  readonly accountId: string
  readonly now: () => EpochSeconds
  readonly log: { warn(fields: object, message: string): void }
  /** Revokes sessions of a client that the file no longer has. */
  readonly endClient: (clientId: string) => Promise<void>
  /** Revokes sessions of a provider (ARN) that the file disables or no longer has. */
  readonly endProvider: (arn: string) => Promise<void>
}

/**
 * Called once, before requests are served. Changes nothing when another process has recently started with a newer file: then this
 * process belongs to a rolling restart and is about to be replaced.
 * @returns providers that are disabled, whose sessions must end
 * @throws Problem('invalid_input') when a provider of the file cannot be applied
 */
export async function applyConfiguration(
  { store, accountId, now, log, endClient, endProvider }: ApplyDependencies,
  file: ConfigurationFile,
  providers: readonly IdentityProvider[],
): Promise<readonly IdentityProvider[]> {
  const claim = await claimConfiguration(store, file, now(), endClient)
  if (claim === 'superseded') {
    log.warn(
      { hash: file.hash, revision: file.revision },
      'a newer configuration file is in use: identity providers of this one are not applied, and its clients and resources that the newer one has not are refused; to go back to this one, wait 15 minutes or give it a greater `revision`',
    )
    return []
  }
  return applyConfiguredProviders(
    store,
    accountId,
    providers,
    ({ id }) => endProvider(id),
    ({ arn, name, renamedTo }) =>
      log.warn(
        { provider: arn, name, renamedTo },
        renamedTo === undefined
          ? 'the configuration file has this identity provider now: the settings made at run time are replaced'
          : 'the configuration file has an identity provider of this name now: the one made at run time was renamed and, if people signed in with it, disabled',
      ),
  )
}
