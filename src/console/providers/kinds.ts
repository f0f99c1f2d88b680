// What an identity provider can be, with the fields of its form: first what its kind needs, then further settings. What no field has is
// set by the API or the configuration file, and stays as it is.
import { t, type Words } from '../../../views/console/message.ts'
import { shortened } from '../../../views/console/providers/provider.ts'
import { html } from '../../../views/html.ts'
import type { Form } from '../../web/request/body.ts'
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
import {
  gitHubFurther,
  ldapFurther,
  oauth2Further,
  openIdFurther,
  samlFurther,
  withGroups,
  withSigning,
} from './further.ts'
import { withKeyPairs } from './key-pairs.ts'
import { type Entry, isObject, type ProviderField, settingAt } from './settings-of-form.ts'

export interface ProviderKind {
  readonly id: string
  readonly title: Words
  readonly kind: 'openid' | 'oauth2' | 'saml' | 'ldap'
  /** Where this server is registered at the provider, in the words of the provider's own pages. */
  readonly there?: Words
  readonly fields: readonly ProviderField[]
  /** Further settings, each as by default while it is empty. */
  readonly further: readonly ProviderField[]
  /** What the form begins with. */
  readonly begins: Readonly<Record<string, string>>
  /** Members of the entry besides the fields. */
  readonly entry?: Entry
  /** An entry, or a change of one, with what follows from several fields. @param settings as they are; undefined for a new one */
  readonly complete?: (entry: Entry, form: Form, settings?: Entry) => Entry
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
    further: openIdFurther,
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
    further: openIdFurther,
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
    further: openIdFurther,
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
    further: openIdFurther,
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
    further: openIdFurther,
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
    further: openIdFurther,
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
    further: gitHubFurther,
    begins: { ...usualValues, name: 'github', 'sign_in.title': 'GitHub', 'sign_in.create_users': 'false' },
    entry: { preset: 'github' },
  },
  {
    id: 'openid',
    title: t('Any OpenID Connect provider'),
    kind: 'openid',
    there: t('As the redirect URI (callback URL) of the application.'),
    fields: openIdFieldsWithSignOut(issuerField('https://login.corp.example', exactIssuer)),
    further: openIdFurther,
    begins: usualValues,
  },
  {
    id: 'oauth2',
    title: t('Any OAuth 2 provider'),
    kind: 'oauth2',
    there: t('As the redirect URI (callback URL) of the application.'),
    fields: oauth2Fields,
    further: oauth2Further,
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
    further: samlFurther,
    begins: usualValues,
    complete: (entry, form, settings) => withSigning(withKeyPairs(entry, form, settings)),
  },
  {
    id: 'ldap',
    title: t('LDAP or Active Directory'),
    kind: 'ldap',
    fields: ldapFields,
    further: ldapFurther,
    begins: usualValues,
    complete: withGroups,
  },
]

/** Of its form and its page. */
export const allFields = ({ fields, further }: ProviderKind): readonly ProviderField[] => [
  ...fields,
  ...further,
]

export const kindNamed = (id: string | undefined): ProviderKind | undefined =>
  providerKinds.find((kind) => kind.id === id)

/** The kind whose form changes settings that there are. */
export function kindOfSettings(settings: Entry): ProviderKind | undefined {
  const { kind, preset } = settings
  return kindNamed(kind === 'oauth2' && preset === 'github' ? 'github' : String(kind))
}

/** The value of a field as its page says it. */
export function valueInWords(settings: Entry, field: ProviderField): Words | undefined {
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
