// `kind: ldap` in `identity_providers:`: a directory against which user passwords are checked. E-mail addresses count as verified
// only where `mapping.email_verified` says so, with `{default: "true"}` where users cannot change their own address.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { readCertificates } from '../../secure/certificates.ts'
import type { ClaimMapping, LdapProvider } from '../../store/records.ts'
import {
  type DefaultClaims,
  type Owner,
  providerName,
  rulesOf,
  secretText,
  signInFields,
} from '../settings.ts'
import { filterFault } from './filter.ts'

const serverUrl = z
  .string()
  .max(512)
  .regex(
    /^ldaps?:\/\/([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:[1-9][0-9]{0,4})?\/?$/,
    'must be `ldaps://host[:port]` or `ldap://host[:port]`',
  )
  .refine((text) => URL.canParse(text), 'must be a URL')
  .transform((text) => text.replace(/\/$/, '').toLowerCase())

/** Only distinguishes DNs from other names, such as those of SASL mechanisms. */
const dn = z
  .string()
  .max(1024)
  .regex(/^[^\0=]+=[^\0]*$/, 'must be a distinguished name, as `ou=people,dc=acme,dc=example`')

/** Active Directory also accepts `user@domain` and `DOMAIN\user`. */
const bindName = z
  .string()
  .max(1024)
  .regex(/[=@\\]/, 'must be a distinguished name, or `user@domain`')

const attribute = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}(;[A-Za-z0-9-]{1,64})*$/, 'is no attribute')
  .refine(
    (name) => !/^(userpassword|unicodepwd|ntpwdhistory|sambantpassword)/i.test(name),
    'is not to be read',
  )

const filter = (place: string) =>
  z
    .string()
    .max(4096)
    .superRefine((text, context) => {
      const message = filterFault(text, place)
      if (message !== undefined) context.addIssue({ code: 'custom', message })
    })

const authorities = z
  .string()
  .max(1_000_000)
  .superRefine((pem, context) => {
    try {
      readCertificates(pem)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
    }
  })

const authoritiesFile = z
  .string()
  .max(4096)
  .transform((name, context) => {
    try {
      return readFileSync(name, 'utf8')
    } catch (error) {
      context.addIssue({ code: 'custom', message: `cannot be read: ${(error as Error).message}` })
      return z.NEVER
    }
  })
  .pipe(authorities)

const groups = z.strictObject({
  /** Base of the groups, when it is not `base_dn`. */
  base_dn: dn.optional(),
  filter: filter('dn').optional(),
  /** `dn` for the full DN, where two groups share a short name. */
  name: attribute.optional(),
  depth: z.int().min(1).max(20).optional(),
})

export const ldapSettings = z
  .strictObject({
    kind: z.literal('ldap'),
    name: providerName,
    urls: z.array(serverUrl).min(1).max(10),
    start_tls: z.boolean().default(false),
    /** PEM, for a directory whose certificate is not issued by a public authority. */
    ca: authorities.optional(),
    ca_file: authoritiesFile.optional(),
    bind_dn: bindName.optional(),
    bind_password: secretText.optional(),
    base_dn: dn,
    /** Default filters and attributes for Active Directory. */
    active_directory: z.boolean().default(false),
    user_filter: filter('username').optional(),
    subject: attribute.optional(),
    /** Attributes read in addition to those of the mapping. */
    attributes: z.array(attribute).max(100).default([]),
    groups: groups.optional(),
    issuer: z.string().min(1).max(512).optional(),
    disabled: z.boolean().default(false),
    sign_in: z.strictObject(signInFields),
  })
  .refine(({ ca, ca_file }) => !(ca && ca_file), 'use either ca or ca_file')
  .refine(
    ({ bind_dn, bind_password }) => (bind_dn === undefined) === (bind_password === undefined),
    'bind_dn and bind_password must be set together',
  )
  .refine(
    ({ start_tls, urls }) => !start_tls || urls.every((url) => url.startsWith('ldap:')),
    'start_tls is for `ldap://`; `ldaps://` has TLS already',
  )

type Settings = z.output<typeof ldapSettings>

export interface DirectoryPreset {
  readonly userFilter: string
  readonly subject: string
  readonly groups: { readonly filter: string; readonly name: string; readonly depth: number } | undefined
  readonly rules: DefaultClaims
}

// RFC 4519, RFC 4530 (entryUUID), RFC 2798.
const standard: DirectoryPreset = {
  userFilter: '(&(objectClass=person)(uid={username}))',
  subject: 'entryUUID',
  groups: undefined,
  rules: {
    name: ['uid'],
    displayName: ['displayName', 'cn'],
    email: ['mail'],
    emailVerified: [],
    groups: ['groups'],
  },
}

export const standardGroups = {
  filter: '(|(member={dn})(uniqueMember={dn}))',
  name: 'cn',
  depth: 5,
}

/** [MS-ADTS] §3.1.1.3.4.4.3: LDAP_MATCHING_RULE_TRANSITIVE_EVAL; the directory resolves nested groups itself. */
const activeDirectory: DirectoryPreset = {
  userFilter:
    '(&(objectCategory=person)(objectClass=user)(|(sAMAccountName={username})(userPrincipalName={username})))',
  subject: 'objectGUID',
  groups: {
    filter: '(&(objectCategory=group)(member:1.2.840.113556.1.4.1941:={dn}))',
    name: 'sAMAccountName',
    depth: 1,
  },
  rules: {
    name: ['sAMAccountName'],
    displayName: ['displayName', 'cn'],
    email: ['mail'],
    emailVerified: [],
    groups: ['groups'],
  },
}

/** Filters, attributes and claims where the settings name none. */
export const directoryPreset = (isActiveDirectory: boolean): DirectoryPreset =>
  isActiveDirectory ? activeDirectory : standard

export function ldapRecord(given: Settings, { accountId, now }: Owner): LdapProvider {
  const preset = directoryPreset(given.active_directory)
  const signIn = rulesOf(given.sign_in, preset.rules, 'ldap')
  return {
    kind: 'ldap',
    id: `arn:aws:iam::${accountId}:ldap-provider/${given.name}`,
    accountId,
    name: given.name,
    issuer: given.issuer ?? issuerOf(given),
    urls: given.urls,
    startTls: given.start_tls,
    ca: given.ca ?? given.ca_file,
    bindDn: given.bind_dn,
    baseDn: given.base_dn,
    userFilter: given.user_filter ?? preset.userFilter,
    subject: given.subject ?? preset.subject,
    attributes: [...new Set([...attributesIn(signIn.mapping), ...given.attributes])],
    groups: groupsOf(given, preset),
    disabled: given.disabled,
    createdAt: now,
    tags: [],
    signIn,
    secret: given.bind_password,
  }
}

/** An LDAP URL (RFC 4516) without the scheme's `s` and the port, so that a move to ldaps changes no identity. */
const issuerOf = ({ urls: [first = ''], base_dn }: Settings): string =>
  `ldap://${new URL(first).hostname}/${encodeURI(base_dn)}`

function groupsOf({ groups: given, base_dn }: Settings, preset: DirectoryPreset): LdapProvider['groups'] {
  if (given === undefined && preset.groups === undefined) return undefined
  const usual = preset.groups ?? standardGroups
  return {
    baseDn: given?.base_dn ?? base_dn,
    filter: given?.filter ?? usual.filter,
    name: given?.name ?? usual.name,
    depth: given?.depth ?? usual.depth,
  }
}

/** The attributes that the mapping reads. */
export const attributesIn = ({ tags, attributes, ...rules }: ClaimMapping): readonly string[] =>
  [...Object.values(rules), ...Object.values(attributes ?? {}), ...Object.values(tags)]
    .flatMap(({ path }) => path)
    .filter((path) => path !== 'dn' && path !== 'groups' && attribute.safeParse(path).success)
