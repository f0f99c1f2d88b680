// What those who choose the settings of a provider decide about other people: the groups and tags that its claims give, and who is
// signed in by it. They need the rights to do the same by hand (admin/identity-providers/permissions.ts). Pure.
import type { ClaimRule, IdentityProvider, User } from '../../store/records.ts'
import { coversDomain } from '../sign-in/known-address.ts'

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

/** A tag that claims give, with the values that the settings name; none: any value that the provider sends. */
export interface MappedTag {
  readonly key: string
  readonly values: readonly string[]
}

/** The tags that claims of the provider give to people. */
export const mappedTags = ({ signIn }: IdentityProvider): readonly MappedTag[] =>
  Object.entries(signIn?.mapping.tags ?? {}).map(([key, { map, default: otherwise }]) => ({
    key,
    values: [...new Set([...Object.values(map ?? {}).flat(), ...otherwise])],
  }))

/** Whether a verified address of the provider leads to the user who has it (sign-in/known-address.ts). */
export const speaksForAddresses = ({ signIn }: IdentityProvider): boolean => (signIn?.domains.length ?? 0) > 0

/** Whether a user can be signed in by the provider: linked with its ARN, or with an address in its domains. */
export const canSignIn =
  (provider: IdentityProvider) =>
  ({ email, identities = [] }: Pick<User, 'email' | 'identities'>): boolean =>
    identities.some((one) => one.provider === provider.id) || coversDomain(provider, email?.toLowerCase())

/** Whether a second factor that the provider reports is accepted, so that none is asked for here. */
export const reportsFactors = ({ signIn }: IdentityProvider): boolean =>
  signIn !== undefined && signIn.secondFactor.amr.length + signIn.secondFactor.acr.length > 0

/** Whether a change removes a rule of `require`, so that more people can sign in. */
export const requiresLess = (old: IdentityProvider, next: IdentityProvider): boolean => {
  const now = new Set(next.signIn?.require.map((rule) => JSON.stringify(rule)))
  return (old.signIn?.require ?? []).some((rule) => !now.has(JSON.stringify(rule)))
}

/**
 * Whether a change lets people sign in without this server's second factor who needed it before: because a factor that the provider
 * reports is accepted, or because only users who enrolled a factor need one.
 * @param old undefined for a new provider
 */
export function asksLessOfFactors(old: IdentityProvider | undefined, { signIn }: IdentityProvider): boolean {
  if (signIn === undefined) return false
  const { secondFactor, requireSecondFactor } = signIn
  const was = old?.signIn?.secondFactor ?? { amr: [], acr: [] }
  const isMore = (name: 'amr' | 'acr') => secondFactor[name].some((value) => !was[name].includes(value))
  return (
    isMore('amr') || isMore('acr') || (!requireSecondFactor && old?.signIn?.requireSecondFactor !== false)
  )
}

/**
 * Whether a change replaces what users are authenticated by: another server, key or attribute then vouches for them, and could
 * impersonate the users who are linked with this provider.
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
