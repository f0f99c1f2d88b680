// What an identity provider can be, with the fields of its form: a form has only what its kind needs, everything else is set by the
// mapping, the API or the configuration file.
import { t, type Words } from '../../../views/console/message.ts'
import type { FieldSpec } from '../frame/form.ts'
import {
  exactIssuer,
  gitHubBaseField,
  issuerField,
  ldapFields,
  oauth2Fields,
  openIdFields,
  openIdFieldsWithSignOut,
  samlFields,
  usualValues,
  withinWorkspace,
  workspaceField,
} from './fields.ts'

type Entry = Readonly<Record<string, unknown>>

export interface ProviderKind {
  readonly id: string
  readonly title: string
  readonly kind: 'openid' | 'oauth2' | 'saml' | 'ldap'
  /** Where this server is registered at the provider, in the words of the provider's own pages. */
  readonly there: string
  readonly fields: readonly FieldSpec[]
  /** What the form begins with. */
  readonly begins: Readonly<Record<string, string>>
  /** Members of the entry besides the fields. */
  readonly entry?: Entry
  /** The entry with what follows from its fields. */
  readonly complete?: (entry: Entry) => Entry
}

const redirectThere = 'the redirect URI (callback URL) of the application.'

export const providerKinds: readonly ProviderKind[] = [
  {
    id: 'google',
    title: 'Google',
    kind: 'openid',
    there: `Google Cloud console, APIs & Services, Credentials: ${redirectThere}`,
    fields: openIdFields(workspaceField),
    begins: { ...usualValues, name: 'google', 'sign_in.title': 'Google' },
    entry: { url: 'https://accounts.google.com' },
    complete: withinWorkspace,
  },
  {
    id: 'entra',
    title: 'Microsoft Entra ID',
    kind: 'openid',
    there: `Entra admin center, App registrations, Authentication: ${redirectThere}`,
    fields: openIdFieldsWithSignOut(
      issuerField(
        'https://login.microsoftonline.com/<tenant id>/v2.0',
        'With the id of your tenant, not `common`.',
      ),
    ),
    begins: { ...usualValues, name: 'entra', 'sign_in.title': 'Microsoft' },
  },
  {
    id: 'okta',
    title: 'Okta',
    kind: 'openid',
    there: `Okta admin console, Applications, General: ${redirectThere}`,
    fields: openIdFieldsWithSignOut(
      issuerField(
        'https://corp.okta.com',
        'The address of your organization, or of an authorization server.',
      ),
    ),
    begins: { ...usualValues, name: 'okta', 'sign_in.title': 'Okta' },
  },
  {
    id: 'auth0',
    title: 'Auth0',
    kind: 'openid',
    there: `Auth0 dashboard, Applications, Settings: ${redirectThere}`,
    fields: openIdFieldsWithSignOut(
      issuerField('https://corp.eu.auth0.com/', 'The domain of your tenant, with the slash at its end.'),
    ),
    begins: { ...usualValues, name: 'auth0', 'sign_in.title': 'Auth0' },
  },
  {
    id: 'keycloak',
    title: 'Keycloak',
    kind: 'openid',
    there: `Keycloak admin console, Clients: ${redirectThere}`,
    fields: openIdFieldsWithSignOut(
      issuerField('https://keycloak.corp.example/realms/staff', 'The address of the realm.'),
    ),
    begins: { ...usualValues, name: 'keycloak', 'sign_in.title': 'Keycloak' },
  },
  {
    id: 'gitlab',
    title: 'GitLab',
    kind: 'openid',
    there: `GitLab, Applications, with the scopes openid, profile and email: ${redirectThere}`,
    fields: openIdFieldsWithSignOut(
      issuerField('https://gitlab.com', 'gitlab.com, or the address of your GitLab.'),
    ),
    begins: {
      ...usualValues,
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
    fields: openIdFields(gitHubBaseField),
    begins: { ...usualValues, name: 'github', 'sign_in.title': 'GitHub', 'sign_in.create_users': 'false' },
    entry: { preset: 'github' },
  },
  {
    id: 'openid',
    title: 'Any OpenID Connect provider',
    kind: 'openid',
    there: 'As the redirect URI (callback URL) of the application.',
    fields: openIdFieldsWithSignOut(issuerField('https://login.corp.example', exactIssuer)),
    begins: usualValues,
  },
  {
    id: 'oauth2',
    title: 'Any OAuth 2 provider',
    kind: 'oauth2',
    there: 'As the redirect URI (callback URL) of the application.',
    fields: oauth2Fields,
    begins: usualValues,
  },
  {
    id: 'saml',
    title: 'SAML 2.0',
    kind: 'saml',
    there: 'As a service provider: by this metadata, or by its entity ID and the assertion consumer service.',
    fields: samlFields,
    begins: usualValues,
  },
  {
    id: 'ldap',
    title: 'LDAP or Active Directory',
    kind: 'ldap',
    there: '',
    fields: ldapFields,
    begins: usualValues,
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
export function valueInWords(settings: Entry, field: FieldSpec): Words | undefined {
  const value = settingAt(settings, field)
  if (field.kind === 'switch') return value === undefined ? undefined : t(value === 'true' ? 'Yes' : 'No')
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
