// The entry of `identity_providers:` that makes a record, without its secrets: what administrators read and change at run time.
// The reverse of settings.ts and of the settings of each kind; what is a default is left out.
import { attributeNames, type PersonAttribute, personAttributes } from '../store/person.ts'
import type { ClaimMapping, ClaimRule, SignInRules } from '../store/records.ts'
import { claimAt, type DefaultClaims } from './settings.ts'

/** Members by their names in the configuration file. */
export type ProviderEntry = Readonly<Record<string, unknown>>

/** Without the members that are undefined, empty, or as `standard` says. */
export function stated(members: ProviderEntry, standard: ProviderEntry = {}): ProviderEntry {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([name, value]) =>
        value !== undefined && JSON.stringify(value) !== JSON.stringify(standard[name]) && !isEmpty(value),
    ),
  )
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** The fields of `sign_in:` common to all kinds. @param standard the claims that the kind reads without a mapping */
export function signInEntry(
  rules: SignInRules,
  standard: DefaultClaims,
  kind: 'openid' | 'oauth2' | 'saml' | 'ldap',
): ProviderEntry {
  const { title, domains, require, createUsers, mapping, secondFactor, requireSecondFactor, signOut } = rules
  return {
    title,
    ...stated(
      {
        domains,
        require: require.map(ruleEntry),
        create_users: createUsers,
        mapping: mappingEntry(mapping, standard, kind),
        second_factor: stated(
          { ...secondFactor, ask: requireSecondFactor ? 'everyone' : 'enrolled' },
          { ask: 'everyone' },
        ),
        sign_out: signOut,
      },
      { create_users: true, sign_out: false },
    ),
  }
}

function mappingEntry(
  mapping: ClaimMapping,
  standard: DefaultClaims,
  kind: 'openid' | 'oauth2' | 'saml' | 'ldap',
): ProviderEntry {
  const rules: readonly (readonly [string, ClaimRule | undefined, readonly string[]])[] = [
    ['name', mapping.name, standard.name],
    ['display_name', mapping.displayName, standard.displayName],
    ['email', mapping.email, standard.email],
    ['email_verified', mapping.emailVerified, standard.emailVerified],
    ['groups', mapping.groups, standard.groups],
    ...attributeNames.map((name) => {
      const { claim, from }: PersonAttribute = personAttributes[name]
      return [claim, mapping.attributes?.[name], from[kind] ?? []] as const
    }),
  ]
  const changed = rules.flatMap(([name, rule, path]) =>
    rule === undefined || JSON.stringify(ruleEntry(rule)) === JSON.stringify(ruleEntry(claimAt(path)))
      ? []
      : [[name, ruleEntry(rule)] as const],
  )
  const tags = Object.entries(mapping.tags).map(([key, rule]) => [key, ruleEntry(rule)] as const)
  return {
    ...Object.fromEntries(changed),
    ...(tags.length > 0 && { tags: Object.fromEntries(tags) }),
  }
}

/** A rule as it is written: a lone path as text. */
function ruleEntry({ path, match, map, default: standard }: ClaimRule): unknown {
  const [first, ...others] = path
  const isLone = first !== undefined && others.length === 0
  if (isLone && match === undefined && map === undefined && standard.length === 0) return first
  return {
    ...(path.length > 0 && { path: isLone ? first : path }),
    ...(match !== undefined && { match }),
    ...(map !== undefined && { map }),
    ...(standard.length > 0 && { default: standard }),
  }
}
