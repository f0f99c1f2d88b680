// The addresses that this server connects to, or sends browsers to, for a provider, with the members of its entry that have them.
import type { IdentityProvider } from '../store/records.ts'
import { entryOf } from './kinds.ts'

export interface FetchedUrl {
  /** Path of the member in the entry. */
  readonly field: string
  readonly url: string
}

export function fetchedUrls(provider: IdentityProvider): readonly FetchedUrl[] {
  switch (provider.kind) {
    case 'openid': {
      const { url, keys, signIn } = provider
      // With its own keys an issuer is never asked; it may be one that this server cannot reach.
      const isAsked = signIn !== undefined || keys.from === 'discovery'
      return [
        ...(isAsked && /^https?:/.test(url) ? [{ field: 'url', url }] : []),
        ...(keys.from === 'url' ? [{ field: 'jwks_uri', url: keys.jwksUri }] : []),
      ]
    }
    case 'oauth2': {
      const { authorization, token, userinfo, emails } = provider.endpoints
      if ('preset' in entryOf(provider)) return [{ field: 'base_url', url: token }]
      return [
        { field: 'authorization_endpoint', url: authorization },
        { field: 'token_endpoint', url: token },
        { field: 'userinfo_endpoint', url: userinfo },
        ...(emails === undefined ? [] : [{ field: 'emails_endpoint', url: emails }]),
      ]
    }
    case 'saml':
      return provider.metadataSource === undefined
        ? []
        : [{ field: 'metadata_url', url: provider.metadataSource.url }]
    case 'ldap':
      return provider.urls.map((url, at) => ({ field: `urls.${at}`, url }))
  }
}
