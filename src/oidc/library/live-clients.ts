// Clients that a newer configuration file no longer has. oidc-provider keeps the clients it was started with for as long as
// the process runs; here `Client.find` stops finding those that were removed.
import type { Provider } from 'oidc-provider'
import { replaceMember } from './members.ts'

/**
 * @param own ids of the clients in the configuration of this process
 * @param isConfigured false for a client of `own` that the newest configuration has removed; called at every look-up
 */
export function findLiveClientsOnly(
  provider: Provider,
  own: ReadonlySet<string>,
  isConfigured: (id: string) => boolean,
): void {
  replaceMember(
    provider,
    'Client.find',
    (find) => async (id) => (own.has(id) && !isConfigured(id) ? undefined : find.call(provider.Client, id)),
  )
}
