// The fields of the forms of identity providers, by what a kind needs.
import { t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { type FieldSpec, flag } from '../frame/form.ts'
import { written } from './further.ts'
import type { Entry } from './settings-of-form.ts'

const name: FieldSpec = {
  name: 'name',
  label: t('Name'),
  kind: 'text',
  required: true,
  note: t('Letters, digits and `.` `_` `-`. It is part of the addresses.'),
}
const title: FieldSpec = {
  name: 'sign_in.title',
  label: t('Title'),
  kind: 'text',
  required: true,
  note: t('On its button on the sign-in page.'),
}
const clientId: FieldSpec = {
  name: 'sign_in.client_id',
  label: t('Client ID'),
  kind: 'text',
  required: true,
  note: t('As the provider shows it for the application that you registered there.'),
}
const clientSecret: FieldSpec = {
  name: 'sign_in.client_secret',
  label: t('Client secret'),
  kind: 'password',
  note: t('It is never shown again.'),
}
export const issuerField = (hint: string, note: Words): FieldSpec => ({
  name: 'url',
  label: t('Issuer'),
  kind: 'text',
  required: true,
  hint: written(hint),
  note,
})

/** Fields that every kind ends with. */
const common: readonly FieldSpec[] = [
  {
    name: 'sign_in.domains',
    label: t('E-mail domains'),
    kind: 'lines',
    as: 'list',
    note: t(
      'For which it speaks: people with such an address are sent to it, and an address that it verified leads to the person who has it.',
    ),
  },
  flag('sign_in.create_users', t('People who are not known here get an account')),
  {
    name: 'sign_in.second_factor.ask',
    label: t('Second factor here'),
    kind: 'choice',
    required: true,
    options: [
      ['everyone', t('Of everyone, unless the provider reports one')],
      ['enrolled', t('Only of those who set one up here')],
    ],
  },
  {
    name: 'sign_in.mapping',
    label: t('Mapping'),
    kind: 'document',
    as: 'json',
    rows: 6,
    hint: written('{ "groups": { "path": "roles", "map": { "admin": "admins" } } }'),
    note: t('Which claims become names, groups and tags, as JSON. Without `groups` it gives none.'),
  },
]
export const usualValues = { 'sign_in.create_users': 'true', 'sign_in.second_factor.ask': 'everyone' }
export const openIdFields = (field: FieldSpec | undefined): readonly FieldSpec[] => [
  name,
  title,
  ...(field === undefined ? [] : [field]),
  clientId,
  clientSecret,
  ...common,
]
export const openIdFieldsWithSignOut = (field: FieldSpec): readonly FieldSpec[] => [
  ...openIdFields(field),
  flag('sign_in.sign_out', t('Signing out here signs out there as well')),
]

export const exactIssuer = t('Exactly as in `iss`; its discovery document is below it.')
export const workspaceField: FieldSpec = {
  name: 'sign_in.parameters.hd',
  label: t('Google Workspace domain'),
  kind: 'text',
  hint: written('corp.example'),
  note: t('Only its accounts may sign in. Left empty, anybody with a Google account may.'),
}

/** The domain is checked, because `hd` of the request is only a hint. */
export function withinWorkspace(entry: Entry): Entry {
  const signIn = entry['sign_in'] as Entry | undefined
  const hd = (signIn?.['parameters'] as Entry | undefined)?.['hd']
  if (hd === undefined) return entry
  const rules = signIn?.['require'] ?? []
  // What is no list is left for the operation to refuse.
  return Array.isArray(rules)
    ? { ...entry, sign_in: { ...signIn, require: [...rules, { path: 'hd', match: hd }] } }
    : entry
}

export const samlFields: readonly FieldSpec[] = [
  name,
  title,
  {
    name: 'metadata_url',
    label: t('Metadata URL'),
    kind: 'text',
    note: t('Fetched again and again, so that new certificates count by themselves.'),
  },
  {
    name: 'entity_id',
    label: t('Entity ID'),
    kind: 'text',
    note: t('Of the provider, with a metadata URL.'),
  },
  {
    name: 'metadata',
    label: t('Metadata'),
    kind: 'document',
    rows: 6,
    note: t('The XML itself, where there is no URL.'),
  },
  ...common,
]

export const ldapFields: readonly FieldSpec[] = [
  name,
  title,
  {
    name: 'urls',
    label: t('Servers'),
    kind: 'lines',
    as: 'list',
    required: true,
    hint: written('ldaps://ldap.corp.example'),
    note: t('One on each line, tried in order. Private hosts must be in CHANCERY_OUTBOUND_ALLOW.'),
  },
  flag('start_tls', t('StartTLS, for ldap:// addresses')),
  flag('active_directory', html`${'Active Directory'}`),
  { name: 'base_dn', label: t('Base DN'), kind: 'text', required: true, hint: written('dc=corp,dc=example') },
  { name: 'bind_dn', label: t('Bind DN'), kind: 'text', note: t('Who searches for people.') },
  { name: 'bind_password', label: t('Bind password'), kind: 'password', note: t('It is never shown again.') },
  { name: 'user_filter', label: t('User filter'), kind: 'text', hint: written('(uid={username})') },
  {
    name: 'ca',
    label: t('Certificate authority'),
    kind: 'document',
    rows: 4,
    note: t('PEM, where no public authority issued its certificate.'),
  },
  ...common,
]

const endpoint = (field: string, label: Words, note: Words): FieldSpec => ({
  name: field,
  label,
  kind: 'text',
  required: true,
  note,
})
const endpoints: readonly FieldSpec[] = [
  endpoint('authorization_endpoint', t('Authorization endpoint'), t('Where browsers are sent.')),
  endpoint('token_endpoint', t('Token endpoint'), t('Where the code is redeemed.')),
  endpoint('userinfo_endpoint', t('User endpoint'), t('Returns the person as a JSON object.')),
  endpoint('issuer', t('Namespace'), t('Any URL of theirs that stays.')),
  endpoint('subject', t('Subject'), t('The field that never changes and is never given to anybody else.')),
]

export const gitHubBaseField: FieldSpec = {
  name: 'base_url',
  label: html`${'GitHub Enterprise Server'}`,
  kind: 'text',
  hint: written('https://github.corp.example'),
  note: t('Left empty, it is github.com.'),
}

export const oauth2Fields: readonly FieldSpec[] = [
  name,
  title,
  ...endpoints,
  clientId,
  clientSecret,
  ...common,
]
