// Clients with two valid secrets. oidc-provider's Client has one `clientSecret`: comparing a presented secret is replaced,
// and for `client_secret_jwt` the keys of the other secret are added to those that signatures are verified with.
import type { Provider } from 'oidc-provider'
import { replaceMember } from './members.ts'

interface Secrets {
  /** Undefined: not a client with secrets of its own; oidc-provider compares. */
  compare(clientId: string, presented: string): Promise<boolean | undefined>
  older(clientId: string): Promise<string | undefined>
}

/** What oidc-provider's key store has (lib/helpers/keystore.js). */
interface SymmetricKeys {
  add(key: Readonly<Record<string, string>>): void
}

const hasKeys = (
  client: unknown,
): client is { readonly clientAuthMethod?: unknown; readonly symmetricKeyStore: SymmetricKeys } =>
  typeof client === 'object' && client !== null && 'symmetricKeyStore' in client

export function acceptSeveralSecrets(provider: Provider, secrets: Secrets): void {
  const extended = new WeakSet<object>()
  replaceMember(
    provider,
    'Client.prototype.compareClientSecret',
    (compare) =>
      async function (this, secret: string) {
        return (await secrets.compare(this.clientId, secret)) ?? compare.call(this, secret)
      },
  )
  replaceMember(provider, 'Client.find', (find) => async (id) => {
    const client = await find.call(provider.Client, id)
    if (!hasKeys(client) || client.clientAuthMethod !== 'client_secret_jwt' || extended.has(client))
      return client
    const older = await secrets.older(id)
    extended.add(client)
    if (older === undefined) return client
    const k = Buffer.from(older).toString('base64url')
    for (const alg of ['HS256', 'HS384', 'HS512'])
      client.symmetricKeyStore.add({ alg, use: 'sig', kty: 'oct', k })
    return client
  })
}
