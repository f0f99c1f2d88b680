// The fields of the forms of identity providers, by what a kind needs.
import { type FieldSpec, flag } from '../frame/form.ts'

type Entry = Readonly<Record<string, unknown>>

const name: FieldSpec = {
  name: 'name',
  label: 'Name',
  kind: 'text',
  required: true,
  note: 'Letters, digits and `.` `_` `-`. It is part of the addresses.',
}
const title: FieldSpec = {
  name: 'sign_in.title',
  label: 'Title',
  kind: 'text',
  required: true,
  note: 'On its button on the sign-in page.',
}
const clientId: FieldSpec = {
  name: 'sign_in.client_id',
  label: 'Client ID',
  kind: 'text',
  required: true,
  note: 'As the provider shows it for the application that you registered there.',
}
const clientSecret: FieldSpec = {
  name: 'sign_in.client_secret',
  label: 'Client secret',
  kind: 'password',
  note: 'It is never shown again.',
}
export const issuerField = (hint: string, note: string): FieldSpec => ({
  name: 'url',
  label: 'Issuer',
  kind: 'text',
  required: true,
  hint,
  note,
})

/** Fields that every kind ends with. */
const common: readonly FieldSpec[] = [
  {
    name: 'sign_in.domains',
    label: 'E-mail domains',
    kind: 'lines',
    as: 'list',
    note: 'For which it speaks: people with such an address are sent to it, and an address that it verified leads to the person who has it.',
  },
  flag('sign_in.create_users', 'People who are not known here get an account'),
  {
    name: 'sign_in.second_factor.ask',
    label: 'Second factor here',
    kind: 'choice',
    required: true,
    options: [
      ['everyone', 'Of everyone, unless the provider reports one'],
      ['enrolled', 'Only of those who set one up here'],
    ],
  },
  {
    name: 'sign_in.mapping',
    label: 'Mapping',
    kind: 'document',
    as: 'json',
    rows: 6,
    hint: '{ "groups": { "path": "roles", "map": { "admin": "admins" } } }',
    note: 'Which claims become names, groups and tags, as JSON. Without `groups` it gives none.',
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
  flag('sign_in.sign_out', 'Signing out here signs out there as well'),
]

export const exactIssuer = 'Exactly as in `iss`; its discovery document is below it.'
export const workspaceField: FieldSpec = {
  name: 'sign_in.parameters.hd',
  label: 'Google Workspace domain',
  kind: 'text',
  hint: 'corp.example',
  note: 'Only its accounts may sign in. Left empty, anybody with a Google account may.',
}

/** The domain is checked, because `hd` of the request is only a hint. */
export function withinWorkspace(entry: Entry): Entry {
  const signIn = entry['sign_in'] as Entry | undefined
  const hd = (signIn?.['parameters'] as Entry | undefined)?.['hd']
  return hd === undefined ? entry : { ...entry, sign_in: { ...signIn, require: [{ path: 'hd', match: hd }] } }
}

export const samlFields: readonly FieldSpec[] = [
  name,
  title,
  {
    name: 'metadata_url',
    label: 'Metadata URL',
    kind: 'text',
    note: 'Fetched again and again, so that new certificates count by themselves.',
  },
  {
    name: 'entity_id',
    label: 'Entity ID',
    kind: 'text',
    note: 'Of the provider, with a metadata URL.',
  },
  {
    name: 'metadata',
    label: 'Metadata',
    kind: 'document',
    rows: 6,
    note: 'The XML itself, where there is no URL.',
  },
  ...common,
]

export const ldapFields: readonly FieldSpec[] = [
  name,
  title,
  {
    name: 'urls',
    label: 'Servers',
    kind: 'lines',
    as: 'list',
    required: true,
    hint: 'ldaps://ldap.corp.example',
    note: 'One on each line, tried in order. Private hosts must be in CHANCERY_OUTBOUND_ALLOW.',
  },
  flag('start_tls', 'StartTLS, for ldap:// addresses'),
  flag('active_directory', 'Active Directory'),
  { name: 'base_dn', label: 'Base DN', kind: 'text', required: true, hint: 'dc=corp,dc=example' },
  { name: 'bind_dn', label: 'Bind DN', kind: 'text', note: 'Who searches for people.' },
  { name: 'bind_password', label: 'Bind password', kind: 'password', note: 'It is never shown again.' },
  { name: 'user_filter', label: 'User filter', kind: 'text', hint: '(uid={username})' },
  {
    name: 'ca',
    label: 'Certificate authority',
    kind: 'document',
    rows: 4,
    note: 'PEM, where no public authority issued its certificate.',
  },
  ...common,
]

const endpoints: readonly FieldSpec[] = [
  ['authorization_endpoint', 'Authorization endpoint', 'Where browsers are sent.'],
  ['token_endpoint', 'Token endpoint', 'Where the code is redeemed.'],
  ['userinfo_endpoint', 'User endpoint', 'Returns the person as a JSON object.'],
  ['issuer', 'Namespace', 'Any URL of theirs that stays.'],
  ['subject', 'Subject', 'The field that never changes and is never given to anybody else.'],
].map(([field = '', label = '', note = '']) => ({ name: field, label, kind: 'text', required: true, note }))

export const gitHubBaseField: FieldSpec = {
  name: 'base_url',
  label: 'GitHub Enterprise Server',
  kind: 'text',
  hint: 'https://github.corp.example',
  note: 'Left empty, it is github.com.',
}

export const oauth2Fields: readonly FieldSpec[] = [
  name,
  title,
  ...endpoints,
  clientId,
  clientSecret,
  ...common,
]
