// What those who choose the settings of a provider decide about other people: the groups and tags that its claims give, and who is
// signed in by it. They need the rights to do the same by hand (admin/identity-providers/permissions.ts). Pure.
import type { ClaimRule, IdentityProvider } from '../../store/records.ts'

/** Names of the groups that the claims of a provider can give; `any`: whatever names the provider sends. */
export function mappedGroups(provider: IdentityProvider): readonly string[] | 'any' {
  const rule = provider.signIn?.mapping.groups
  if (rule === undefined) return []
  if (readsClaims(provider, rule) && rule.map === undefined) return 'any'
  const names = [...Object.values(rule.map ?? {}).flat(), ...rule.default]
  // As in federation/mapping.ts: local names have no spaces.
  return [...new Set(names.map((name) => name.trim().replace(/\s+/g, '-')))].sort()
}

/** A directory gives the claim `groups` only where its settings say how groups are found. */
function readsClaims(provider: IdentityProvider, { path }: ClaimRule): boolean {
  const isAbsent = (name: string) =>
    provider.kind === 'ldap' && provider.groups === undefined && name === 'groups'
  return path.some((name) => !isAbsent(name))
}

export const mapsTags = ({ signIn }: IdentityProvider): boolean =>
  Object.keys(signIn?.mapping.tags ?? {}).length > 0

/** Whether a verified address of the provider leads to the user who has it (sign-in/known-address.ts). */
export const speaksForAddresses = ({ signIn }: IdentityProvider): boolean => (signIn?.domains.length ?? 0) > 0

/** The values by which a provider says that it asked for a second factor, which is then not asked for here; undefined: none. */
export function reportedFactors({ signIn }: IdentityProvider): string | undefined {
  const { amr = [], acr = [] } = signIn?.secondFactor ?? {}
  return amr.length + acr.length === 0 ? undefined : JSON.stringify([amr, acr])
}

/**
 * Whether after a change somebody else may say who signs in: another server, key or attribute vouches for users, so that those who
 * are linked with this provider could be impersonated.
 */
export const vouchesDifferently = (old: IdentityProvider, next: IdentityProvider): boolean =>
  old.kind !== next.kind ||
  // It did not sign anybody in before.
  (old.signIn === undefined && next.signIn !== undefined) ||
  JSON.stringify(vouching(old)) !== JSON.stringify(vouching(next))

function vouching(provider: IdentityProvider): readonly unknown[] {
  switch (provider.kind) {
    case 'openid': {
      const { url, keys, bundleFormat, client, clientIds } = provider
      return [url, keys, bundleFormat, client?.id, client?.algorithms, client?.userinfo, clientIds]
    }
    case 'oauth2':
      return [provider.issuer, provider.endpoints, provider.subject]
    case 'saml': {
      const { metadata, metadataSource, entityId, subject, want, encryption } = provider
      return [metadataSource ?? metadata, entityId, subject, want, encryption]
    }
    case 'ldap': {
      const { issuer, urls, startTls, ca, baseDn, userFilter, subject } = provider
      return [issuer, urls, startTls, ca, baseDn, userFilter, subject]
    }
  }
}
