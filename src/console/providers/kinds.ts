// What an identity provider can be, with the fields of its form: a form has only what its kind needs, everything else is set by the
// mapping, the API or the configuration file.
import { t, type Words } from '../../../views/console/message.ts'
import { shortened } from '../../../views/console/providers/provider.ts'
import { html } from '../../../views/html.ts'
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
  readonly title: Words
  readonly kind: 'openid' | 'oauth2' | 'saml' | 'ldap'
  /** Where this server is registered at the provider, in the words of the provider's own pages. */
  readonly there?: Words
  readonly fields: readonly FieldSpec[]
  /** What the form begins with. */
  readonly begins: Readonly<Record<string, string>>
  /** Members of the entry besides the fields. */
  readonly entry?: Entry
  /** The entry with what follows from its fields. */
  readonly complete?: (entry: Entry) => Entry
}

/** @param where pages of the provider, by their names */
const redirectThere = (where: string): Words =>
  t('{where}: the redirect URI (callback URL) of the application.', { where })

export const providerKinds: readonly ProviderKind[] = [
  {
    id: 'google',
    title: html`${'Google'}`,
    kind: 'openid',
    there: redirectThere('Google Cloud console, APIs & Services, Credentials'),
    fields: openIdFields(workspaceField),
    begins: { ...usualValues, name: 'google', 'sign_in.title': 'Google' },
    entry: { url: 'https://accounts.google.com' },
    complete: withinWorkspace,
  },
  {
    id: 'entra',
    title: html`${'Microsoft Entra ID'}`,
    kind: 'openid',
    there: redirectThere('Entra admin center, App registrations, Authentication'),
    fields: openIdFieldsWithSignOut(
      issuerField(
        'https://login.microsoftonline.com/<tenant id>/v2.0',
        t('With the id of your tenant, not `common`.'),
      ),
    ),
    begins: { ...usualValues, name: 'entra', 'sign_in.title': 'Microsoft' },
  },
  {
    id: 'okta',
    title: html`${'Okta'}`,
    kind: 'openid',
    there: redirectThere('Okta admin console, Applications, General'),
    fields: openIdFieldsWithSignOut(
      issuerField(
        'https://corp.okta.com',
        t('The address of your organization, or of an authorization server.'),
      ),
    ),
    begins: { ...usualValues, name: 'okta', 'sign_in.title': 'Okta' },
  },
  {
    id: 'auth0',
    title: html`${'Auth0'}`,
    kind: 'openid',
    there: redirectThere('Auth0 dashboard, Applications, Settings'),
    fields: openIdFieldsWithSignOut(
      issuerField('https://corp.eu.auth0.com/', t('The domain of your tenant, with the slash at its end.')),
    ),
    begins: { ...usualValues, name: 'auth0', 'sign_in.title': 'Auth0' },
  },
  {
    id: 'keycloak',
    title: html`${'Keycloak'}`,
    kind: 'openid',
    there: redirectThere('Keycloak admin console, Clients'),
    fields: openIdFieldsWithSignOut(
      issuerField('https://keycloak.corp.example/realms/staff', t('The address of the realm.')),
    ),
    begins: { ...usualValues, name: 'keycloak', 'sign_in.title': 'Keycloak' },
  },
  {
    id: 'gitlab',
    title: html`${'GitLab'}`,
    kind: 'openid',
    there: t(
      '{where}, with the scopes openid, profile and email: the redirect URI (callback URL) of the application.',
      { where: 'GitLab, Applications' },
    ),
    fields: openIdFieldsWithSignOut(
      issuerField('https://gitlab.com', t('gitlab.com, or the address of your GitLab.')),
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
    title: html`${'GitHub'}`,
    kind: 'oauth2',
    there: redirectThere('GitHub, Settings, Developer settings, OAuth Apps'),
    fields: openIdFields(gitHubBaseField),
    begins: { ...usualValues, name: 'github', 'sign_in.title': 'GitHub', 'sign_in.create_users': 'false' },
    entry: { preset: 'github' },
  },
  {
    id: 'openid',
    title: t('Any OpenID Connect provider'),
    kind: 'openid',
    there: t('As the redirect URI (callback URL) of the application.'),
    fields: openIdFieldsWithSignOut(issuerField('https://login.corp.example', exactIssuer)),
    begins: usualValues,
  },
  {
    id: 'oauth2',
    title: t('Any OAuth 2 provider'),
    kind: 'oauth2',
    there: t('As the redirect URI (callback URL) of the application.'),
    fields: oauth2Fields,
    begins: usualValues,
  },
  {
    id: 'saml',
    title: html`${'SAML 2.0'}`,
    kind: 'saml',
    there: t(
      'As a service provider: by this metadata, or by its entity ID and the assertion consumer service.',
    ),
    fields: samlFields,
    begins: usualValues,
  },
  {
    id: 'ldap',
    title: t('LDAP or Active Directory'),
    kind: 'ldap',
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
  if (value === undefined) return undefined
  if (field.kind === 'switch') return t(value === 'true' ? 'Yes' : 'No')
  return field.options?.find(([option]) => option === value)?.[1] ?? shortened(value)
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
