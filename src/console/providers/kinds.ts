// What an identity provider can be, with the fields of its form: a form has only what its kind needs, everything else is set by the
// mapping, the API or the configuration file.
import type { FieldSpec } from '../frame/form.ts'
import { flag } from '../frame/form.ts'

type Entry = Readonly<Record<string, unknown>>

export interface ProviderKind {
  readonly id: string
  readonly title: string
  readonly kind: 'openid' | 'oauth2' | 'saml' | 'ldap'
  /** Where the other side is told of this server. */
  readonly there: string
  readonly fields: readonly FieldSpec[]
  /** What the form begins with. */
  readonly begins: Readonly<Record<string, string>>
  /** Members of the entry besides the fields. */
  readonly entry?: Entry
  /** The entry with what follows from its fields. */
  readonly complete?: (entry: Entry) => Entry
}

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
const url = (hint: string, note: string): FieldSpec => ({
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
const usual = { 'sign_in.create_users': 'true', 'sign_in.second_factor.ask': 'everyone' }
const openId = (field: FieldSpec | undefined): readonly FieldSpec[] => [
  name,
  title,
  ...(field === undefined ? [] : [field]),
  clientId,
  clientSecret,
  ...common,
]
const withSignOut = (field: FieldSpec): readonly FieldSpec[] => [
  ...openId(field),
  flag('sign_in.sign_out', 'Signing out here signs out there as well'),
]

const exactly = 'Exactly as in `iss`; its discovery document is below it.'
const workspace: FieldSpec = {
  name: 'sign_in.parameters.hd',
  label: 'Google Workspace domain',
  kind: 'text',
  hint: 'corp.example',
  note: 'Only its accounts may sign in. Left empty, anybody with a Google account may.',
}

/** The domain is checked, because `hd` of the request is only a hint. */
function withinWorkspace(entry: Entry): Entry {
  const signIn = entry['sign_in'] as Entry | undefined
  const hd = (signIn?.['parameters'] as Entry | undefined)?.['hd']
  return hd === undefined ? entry : { ...entry, sign_in: { ...signIn, require: [{ path: 'hd', match: hd }] } }
}

const saml: readonly FieldSpec[] = [
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

const ldap: readonly FieldSpec[] = [
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

const gitHubBase: FieldSpec = {
  name: 'base_url',
  label: 'GitHub Enterprise Server',
  kind: 'text',
  hint: 'https://github.corp.example',
  note: 'Left empty, it is github.com.',
}

const redirectThere = 'the redirect URI (callback URL) of the application.'

export const providerKinds: readonly ProviderKind[] = [
  {
    id: 'google',
    title: 'Google',
    kind: 'openid',
    there: `Google Cloud console, APIs & Services, Credentials: ${redirectThere}`,
    fields: openId(workspace),
    begins: { ...usual, name: 'google', 'sign_in.title': 'Google' },
    entry: { url: 'https://accounts.google.com' },
    complete: withinWorkspace,
  },
  {
    id: 'entra',
    title: 'Microsoft Entra ID',
    kind: 'openid',
    there: `Entra admin center, App registrations, Authentication: ${redirectThere}`,
    fields: withSignOut(
      url('https://login.microsoftonline.com/<tenant id>/v2.0', 'With the id of your tenant, not `common`.'),
    ),
    begins: { ...usual, name: 'entra', 'sign_in.title': 'Microsoft' },
  },
  {
    id: 'okta',
    title: 'Okta',
    kind: 'openid',
    there: `Okta admin console, Applications, General: ${redirectThere}`,
    fields: withSignOut(
      url('https://corp.okta.com', 'The address of your organization, or of an authorization server.'),
    ),
    begins: { ...usual, name: 'okta', 'sign_in.title': 'Okta' },
  },
  {
    id: 'auth0',
    title: 'Auth0',
    kind: 'openid',
    there: `Auth0 dashboard, Applications, Settings: ${redirectThere}`,
    fields: withSignOut(
      url('https://corp.eu.auth0.com/', 'The domain of your tenant, with the slash at its end.'),
    ),
    begins: { ...usual, name: 'auth0', 'sign_in.title': 'Auth0' },
  },
  {
    id: 'keycloak',
    title: 'Keycloak',
    kind: 'openid',
    there: `Keycloak admin console, Clients: ${redirectThere}`,
    fields: withSignOut(url('https://keycloak.corp.example/realms/staff', 'The address of the realm.')),
    begins: { ...usual, name: 'keycloak', 'sign_in.title': 'Keycloak' },
  },
  {
    id: 'gitlab',
    title: 'GitLab',
    kind: 'openid',
    there: `GitLab, Applications, with the scopes openid, profile and email: ${redirectThere}`,
    fields: withSignOut(url('https://gitlab.com', 'gitlab.com, or the address of your GitLab.')),
    begins: {
      ...usual,
      name: 'gitlab',
      'sign_in.title': 'GitLab',
      url: 'https://gitlab.com',
      'sign_in.create_users': 'false',
    },
  },
  {
    id: 'github',
    title: 'GitHub',
    kind: 'oauth2',
    there: `GitHub, Settings, Developer settings, OAuth Apps: ${redirectThere}`,
    fields: openId(gitHubBase),
    begins: { ...usual, name: 'github', 'sign_in.title': 'GitHub', 'sign_in.create_users': 'false' },
    entry: { preset: 'github' },
  },
  {
    id: 'openid',
    title: 'Any OpenID Connect provider',
    kind: 'openid',
    there: 'As the redirect URI (callback URL) of the application.',
    fields: withSignOut(url('https://login.corp.example', exactly)),
    begins: usual,
  },
  {
    id: 'oauth2',
    title: 'Any OAuth 2 provider',
    kind: 'oauth2',
    there: 'As the redirect URI (callback URL) of the application.',
    fields: [name, title, ...endpoints, clientId, clientSecret, ...common],
    begins: usual,
  },
  {
    id: 'saml',
    title: 'SAML 2.0',
    kind: 'saml',
    there: 'As a service provider: by this metadata, or by its entity ID and the assertion consumer service.',
    fields: saml,
    begins: usual,
  },
  {
    id: 'ldap',
    title: 'LDAP or Active Directory',
    kind: 'ldap',
    there: '',
    fields: ldap,
    begins: usual,
  },
]

export const kindNamed = (id: string | undefined): ProviderKind | undefined =>
  providerKinds.find((kind) => kind.id === id)

/** The kind whose form changes settings that there are. */
export function kindOfSettings(settings: Entry): ProviderKind | undefined {
  const { kind, preset } = settings
  return kindNamed(kind === 'oauth2' && preset === 'github' ? 'github' : String(kind))
}

/** The value of a field in settings; undefined: it has none. */
export function settingAt(
  settings: Entry,
  { name: path, as }: Pick<FieldSpec, 'name' | 'as'>,
): string | undefined {
  const value = path
    .split('.')
    .reduce<unknown>((inner, part) => (isObject(inner) ? inner[part] : undefined), settings)
  if (value === undefined) return undefined
  if (as === 'json') return JSON.stringify(value, null, 2)
  return Array.isArray(value) ? value.join('\n') : String(value)
}

/** The value of a field as its page says it. */
export function valueInWords(settings: Entry, field: FieldSpec): string | undefined {
  const value = settingAt(settings, field)
  if (field.kind === 'switch') return value === undefined ? undefined : value === 'true' ? 'Yes' : 'No'
  return field.options?.find(([option]) => option === value)?.[1] ?? value
}

/** Settings without those of these paths; what is empty then is left out. */
export const withoutMembers = (settings: Entry, paths: ReadonlySet<string>, above = ''): Entry =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([member, value]) => {
      const path = `${above}${member}`
      if (paths.has(path)) return []
      if (!isObject(value)) return [[member, value]]
      const rest = withoutMembers(value, paths, `${path}.`)
      return Object.keys(rest).length === 0 ? [] : [[member, rest]]
    }),
  )

export const isObject = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
