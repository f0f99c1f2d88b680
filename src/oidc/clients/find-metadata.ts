// The metadata of one client of the configuration, of the store or registered by itself, without a provider: for commands and the admin API.
import type { ClientMetadata } from 'oidc-provider'
import type { Store } from '../../store/store.ts'
import { artifactId, decodeContent } from '../artifacts/artifact.ts'
import { applyLimits, type RegistrationLimits } from './registration-limits.ts'
import { type ClientSettings, staticClients } from './settings.ts'
import { storedMetadata } from './stored.ts'

export interface ClientSources {
  readonly store: Pick<Store, 'get'>
  /** The `clients:` section. */
  readonly clients: readonly ClientSettings[]
  readonly registration: RegistrationLimits
}

/** Undefined when there is no such client. A registered client has the limits of the operator applied. */
export async function findClientMetadata(
  { store, clients, registration }: ClientSources,
  clientId: string,
): Promise<ClientMetadata | undefined> {
  const configured = staticClients(clients).find(({ client_id }) => client_id === clientId)
  if (configured) return configured
  const managed = await store.get('client', clientId)
  if (managed?.source === 'stored') return storedMetadata(managed)
  const record = await store.get('artifact', artifactId('Client', clientId))
  if (!record) return undefined
  const metadata: Record<string, unknown> = { ...decodeContent(record).payload }
  applyLimits(registration, metadata)
  return { ...metadata, client_id: clientId }
}
