// The issuer of a provider: the namespace within which its subjects are unique.
import type { IdentityProvider } from '../store/records.ts'

/** The URL, entity id or issuer of the settings, by kind. */
export function issuerOf(provider: IdentityProvider): string {
  if (provider.kind === 'openid') return provider.url
  return provider.kind === 'saml' ? provider.entityId : provider.issuer
}
