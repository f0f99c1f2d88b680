// Clients of the configuration file that a newer file has no more. oidc-provider keeps the clients it was started with for as
// long as its process runs; here they stop being found.
import type Provider from 'oidc-provider'

interface Finding {
  find(id: string): Promise<unknown>
}

/** @param isConfigured false for a client of this process's own file that no longer counts; asked at every look-up */
export function findLiveClientsOnly(
  provider: Provider,
  own: ReadonlySet<string>,
  isConfigured: (id: string) => boolean,
): void {
  const model = provider.Client as unknown as Finding
  const find = model.find.bind(model)
  model.find = async (id) => (own.has(id) && !isConfigured(id) ? undefined : find(id))
}
