// The issuer of a provider: the namespace within which its subjects are unique.
import type { IdentityProvider } from '../store/records.ts'

export function issuerOf(provider: IdentityProvider): string {
  if (provider.kind === 'openid') return provider.url
  return provider.kind === 'saml' ? provider.entityId : provider.issuer
}
