// What start-up makes of the configuration file: the store is as the file says, and what earlier files made and this one has
// no more ends (attacks.md 41).
import type { EpochSeconds, IdentityProvider } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { applyConfiguredProviders } from '../provider/configured-providers.ts'
import { type ConfigurationFile, claimConfiguration } from './configuration-record.ts'

export interface ApplyParts {
  readonly store: Store
  /** Whose providers they are. */
  readonly accountId: string
  readonly now: () => EpochSeconds
  readonly log: { warn(fields: object, message: string): void }
  /** Ends what was made for a client that the file has no more. */
  readonly endClient: (clientId: string) => Promise<void>
  /** Ends what was made through a provider (ARN) that the file disables or has no more. */
  readonly endProvider: (arn: string) => Promise<void>
}

/**
 * Called once, before anything is served. Changes nothing when a newer file was started a short while ago: then this is a
 * process of a rolling restart that is about to be replaced.
 * @returns providers that are disabled, whose sessions must end
 * @throws Problem('invalid_input') when a provider of the file cannot be
 */
export async function applyConfiguration(
  { store, accountId, now, log, endClient, endProvider }: ApplyParts,
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
  return applyConfiguredProviders(store, accountId, providers, ({ id }) => endProvider(id))
}
