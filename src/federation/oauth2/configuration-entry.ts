// The entry of `kind: oauth2` that makes a record, without its secret.
import type { OAuth2Provider } from '../../store/records.ts'
import { type ProviderEntry, signInEntry, stated } from '../configuration-entry.ts'
import { gitHub, oauth2Claims } from './settings.ts'

export function oauth2Entry(provider: OAuth2Provider): ProviderEntry {
  const { name, issuer, endpoints, subject, signIn, client } = provider
  const preset = gitHub(issuer)
  const isGitHub =
    subject === preset.subject && JSON.stringify(endpoints) === JSON.stringify(preset.endpoints)
  return {
    kind: 'oauth2',
    name,
    ...(isGitHub
      ? stated({ preset: 'github', base_url: issuer }, { base_url: gitHub().issuer })
      : stated({
          authorization_endpoint: endpoints.authorization,
          token_endpoint: endpoints.token,
          userinfo_endpoint: endpoints.userinfo,
          emails_endpoint: endpoints.emails,
          issuer,
          subject,
        })),
    sign_in: {
      ...(signIn && signInEntry(signIn, isGitHub ? preset.rules : oauth2Claims, 'oauth2')),
      client_id: client.id,
      ...stated({ client_auth: client.auth === 'client_secret_basic' ? client.auth : undefined }),
      ...scopesOf(client.scopes, isGitHub ? preset.scopes : []),
      ...stated({ parameters: client.parameters }),
    },
  }
}

/** An empty list is not the default of a preset. */
const scopesOf = (scopes: readonly string[], standard: readonly string[]): ProviderEntry =>
  JSON.stringify(scopes) === JSON.stringify(standard) ? {} : { scopes }
