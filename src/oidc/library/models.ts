// Instances of oidc-provider's models that its type definitions do not let us make or read.
import { type AdapterPayload, errors, type Provider } from 'oidc-provider'
import type { ClientModel, SessionModel } from './members.ts'

export type Session = Awaited<ReturnType<Provider['Session']['get']>>
export type ProviderInteraction = Awaited<ReturnType<Provider['interactionDetails']>>

/** A session as the adapter stored it, without the checks of `Session.find`: also one whose password was replaced since. */
export const sessionFromPayload = (provider: Provider, payload: AdapterPayload): Session =>
  new (provider.Session as unknown as new (payload: AdapterPayload) => Session)(payload)

/** A new interaction; the type definitions have only the constructor of the base model (lib/models/interaction.js). */
export const newInteraction = (provider: Provider, uid: string, payload: object): ProviderInteraction =>
  new (provider.Interaction as unknown as new (uid: string, payload: object) => ProviderInteraction)(
    uid,
    payload,
  )

/** The id under which a session is stored, also between `resetIdentifier` and the save that follows it. */
export const storedSessionId = (session: Session): string =>
  (session as unknown as SessionModel).oldId ?? session.jti

/** A client; undefined also when its stored registration is no longer valid. */
export async function findClient(provider: Provider, clientId: string): Promise<ClientModel | undefined> {
  try {
    return (await provider.Client.find(clientId)) as ClientModel | undefined
  } catch (error) {
    if (error instanceof errors.InvalidClient) return undefined
    throw error
  }
}

/**
 * Adds properties to those that a model stores.
 * @throws TypeError when the model has no list of stored properties
 */
export function addStoredProperties(
  provider: Provider,
  name: 'Session' | 'Grant',
  added: readonly string[],
): void {
  const model: object = provider[name]
  const stored: unknown = Reflect.get(model, 'IN_PAYLOAD')
  if (!Array.isArray(stored))
    throw new TypeError(`oidc-provider: ${name}.IN_PAYLOAD is missing; see src/oidc/library/models.ts`)
  const all = [...stored, ...added]
  Object.defineProperty(model, 'IN_PAYLOAD', { get: () => all, configurable: true })
}
