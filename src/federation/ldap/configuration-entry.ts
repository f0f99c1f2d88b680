// The entry of `kind: ldap` that makes a record, without its password.
import type { LdapProvider } from '../../store/records.ts'
import { type ProviderEntry, signInEntry, stated } from '../configuration-entry.ts'
import { attributesIn, directoryPreset, standardGroups } from './settings.ts'

export function ldapEntry(provider: LdapProvider): ProviderEntry {
  const { name, urls, startTls, ca, bindDn, baseDn, userFilter, subject, attributes, signIn } = provider
  // Active Directory always looks for groups; what differs from its defaults otherwise is written out.
  const isActiveDirectory = subject === directoryPreset(true).subject && provider.groups !== undefined
  const preset = directoryPreset(isActiveDirectory)
  const read = signIn === undefined ? [] : attributesIn(signIn.mapping)
  return {
    kind: 'ldap',
    name,
    urls,
    base_dn: baseDn,
    ...stated(
      {
        start_tls: startTls,
        ca,
        bind_dn: bindDn,
        active_directory: isActiveDirectory,
        user_filter: userFilter,
        subject,
        attributes: attributes.filter((one) => !read.includes(one)),
      },
      {
        start_tls: false,
        active_directory: false,
        user_filter: preset.userFilter,
        subject: preset.subject,
      },
    ),
    ...groupsOf(provider, isActiveDirectory),
    // Always: it would change with the first URL, and every identity with it.
    issuer: provider.issuer,
    sign_in: signIn && signInEntry(signIn, preset.rules, 'ldap'),
  }
}

function groupsOf({ groups, baseDn }: LdapProvider, isActiveDirectory: boolean): ProviderEntry {
  if (groups === undefined) return {}
  const usual = directoryPreset(isActiveDirectory).groups ?? standardGroups
  const changed = stated(
    { base_dn: groups.baseDn, filter: groups.filter, name: groups.name, depth: groups.depth },
    { ...usual, base_dn: baseDn },
  )
  return isActiveDirectory && Object.keys(changed).length === 0 ? {} : { groups: changed }
}
