// Validates the clients of the configuration at start; oidc-provider would report an invalid client only at its first use.
import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import { Problem } from '../../problem.ts'
import { verifyingKey } from '../../secure/jws.ts'
import { type ClientSettings, clientMetadataOf } from './settings.ts'

/** @throws Problem('invalid_input') with every invalid client and the reason */
export async function checkStaticClients(
  provider: Provider,
  clients: readonly ClientSettings[],
): Promise<void> {
  const faults: string[] = []
  for (const client of clients)
    for (const fault of [...keyFaults(client), ...(await faultOf(provider, client.client_id))])
      faults.push(`  client \`${client.client_id}\`: ${fault}`)
  if (faults.length > 0)
    throw new Problem('invalid_input', ['the configuration has faults:', ...faults].join('\n'))
}

/** What is wrong with a client that is not in the configuration, by the same checks; empty when nothing is. */
export function clientFaults(provider: Provider, client: ClientSettings): readonly string[] {
  const faults = keyFaults(client)
  try {
    // oidc-provider checks the metadata when it makes its object of it.
    Reflect.construct(provider.Client, [clientMetadataOf(client)])
    return faults
  } catch (error) {
    if (error instanceof errors.OIDCProviderError)
      return [...faults, error.error_description ?? error.message]
    throw error
  }
}

async function faultOf(provider: Provider, clientId: string): Promise<string[]> {
  try {
    await provider.Client.find(clientId)
    return []
  } catch (error) {
    if (error instanceof errors.OIDCProviderError) return [error.error_description ?? error.message]
    throw error
  }
}

/** Checks each key: oidc-provider ignores keys that it cannot read, and the client could never authenticate. */
function keyFaults({ jwks }: ClientSettings): string[] {
  const keys = jwks?.keys ?? []
  if (jwks && keys.length === 0) return ['jwks.keys is empty']
  return keys.flatMap((jwk, i) => {
    if ('d' in jwk || 'k' in jwk) return [`jwks.keys[${i}] holds a private key; give the public one`]
    return jwk['use'] === 'enc' || verifyingKey(jwk) ? [] : [`jwks.keys[${i}] is not a public key we can use`]
  })
}
