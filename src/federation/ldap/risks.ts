// Security findings about the settings of a directory.
import { readCertificates } from '../../secure/certificates.ts'
import type { EpochSeconds, LdapProvider } from '../../store/records.ts'
import type { Risk } from '../kind.ts'

const day = 86_400
/** Attributes whose values may be reassigned to another person. */
const reused = new Set(['uid', 'cn', 'mail', 'samaccountname', 'userprincipalname', 'displayname', 'sn'])

export function ldapRisks(provider: LdapProvider, now: EpochSeconds): readonly Risk[] {
  return [...transport(provider), ...authorities(provider, now), ...service(provider), ...subject(provider)]
}

function transport({ urls, startTls }: LdapProvider): readonly Risk[] {
  const plain = startTls ? [] : urls.filter((url) => url.startsWith('ldap:'))
  return plain.map((url) => ({
    level: 'high',
    what: `passwords go to ${url} unencrypted, and nothing shows that it is the directory`,
    fix: 'write the URL with ldaps://, or set `start_tls: true`',
  }))
}

function authorities({ ca }: LdapProvider, now: EpochSeconds): readonly Risk[] {
  if (ca === undefined) return []
  return readCertificates(ca).flatMap(({ subject: name, endsAt }): Risk[] => {
    const date = new Date(endsAt * 1000).toISOString().slice(0, 10)
    const fix = 'add its successor; `ca` may contain several'
    if (endsAt <= now) return [{ level: 'high', what: `the authority \`${name}\` ended on ${date}`, fix }]
    if (endsAt > now + 30 * day) return []
    return [{ level: 'medium', what: `the authority \`${name}\` ends on ${date}`, fix }]
  })
}

function service({ bindDn }: LdapProvider): readonly Risk[] {
  if (bindDn === undefined)
    return [
      {
        level: 'low',
        what: 'the directory is searched anonymously, so anybody on the network can list its users',
        fix: 'set `bind_dn` and `bind_password` of an account that may only read',
      },
    ]
  if (!/^(cn=(directory manager|admin|administrator|manager|root)\b|.*\\?administrator(@|$))/i.test(bindDn))
    return []
  return [
    {
      level: 'medium',
      what: `\`${bindDn}\` looks like the directory's administrator; searching needs no such power`,
      fix: 'use an account that may only read users and groups',
    },
  ]
}

function subject({ subject: attribute }: LdapProvider): readonly Risk[] {
  if (!reused.has(attribute.toLowerCase())) return []
  return [
    {
      level: 'high',
      what: `\`${attribute}\` may be given to another person, who then signs in as the first`,
      fix: 'use `entryUUID`, or `objectGUID` with Active Directory',
    },
  ]
}
