// The entry of `kind: openid` that makes a record, without its secret.
import type { OpenIdProvider } from '../../store/records.ts'
import { type ProviderEntry, signInEntry, stated } from '../configuration-entry.ts'
import { isTrustDomain } from '../workload/spiffe.ts'
import { openIdClaims, standardAlgorithms, standardScopes } from './settings.ts'

export function openIdEntry(provider: OpenIdProvider): ProviderEntry {
  const { name, url, clientIds, keys, bundleFormat, once } = provider
  return stated(
    {
      kind: 'openid',
      name,
      url,
      client_ids: clientIds,
      jwks_uri: keys.from === 'url' ? keys.jwksUri : undefined,
      jwks: keys.from === 'upload' ? (JSON.parse(keys.jwks) as unknown) : undefined,
      bundle_format: isTrustDomain(url) ? undefined : bundleFormat,
      once,
      sign_in: signInOf(provider),
    },
    { once: false },
  )
}

function signInOf({ signIn, client }: OpenIdProvider): ProviderEntry | undefined {
  if (signIn === undefined || client === undefined) return undefined
  return {
    ...signInEntry(signIn, openIdClaims, 'openid'),
    client_id: client.id,
    ...stated(
      {
        client_auth: client.auth === 'client_secret_basic' ? client.auth : undefined,
        scopes: client.scopes,
        algorithms: client.algorithms,
        parameters: client.parameters,
        userinfo: client.userinfo,
      },
      { scopes: standardScopes, algorithms: standardAlgorithms, userinfo: false },
    ),
  }
}
