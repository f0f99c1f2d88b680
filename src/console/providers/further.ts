// Settings that few providers need, as further fields of the forms. What is not changed there stays as it is, and a field that was
// emptied is as by default.
import { t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import type { Form } from '../../web/request/body.ts'
import { flag } from '../frame/form.ts'
import { certificatesIn, keyPairFields } from './key-pairs.ts'
import { type Entry, isObject, type ProviderField } from './settings-of-form.ts'

/** What is typed like this in every language. */
export const written = (text: string): Words => html`${text}`

/** Rules that every kind may have. */
const require: ProviderField = {
  name: 'sign_in.require',
  label: t('Who may sign in'),
  kind: 'document',
  as: 'json',
  rows: 4,
  hint: written('[{ "path": "groups", "match": "staff" }]'),
  note: t('Rules as in the mapping, as JSON. Each must find a value, or the sign-in is refused.'),
}

const scopes = (hint: string, note: Words): ProviderField => ({
  name: 'sign_in.scopes',
  label: t('Scopes'),
  kind: 'names',
  as: 'list',
  hint: written(hint),
  note,
})

const clientAuthentication: ProviderField = {
  name: 'sign_in.client_auth',
  label: t('How the client secret is sent'),
  kind: 'choice',
  options: [
    ['', written('client_secret_post')],
    ['client_secret_basic', written('client_secret_basic')],
  ],
}

const methods = (note: Words): ProviderField => ({
  name: 'sign_in.second_factor.amr',
  label: t('Methods that are a second factor'),
  kind: 'names',
  as: 'list',
  note,
})

export const openIdFurther: readonly ProviderField[] = [
  scopes('openid, profile, email', t('Left empty: `openid`, `profile` and `email`.')),
  {
    name: 'sign_in.algorithms',
    label: t('Signature algorithms'),
    kind: 'names',
    as: 'list',
    hint: written('RS256, ES256, PS256, EdDSA'),
    note: t('Of its ID tokens. Left empty: `RS256`, `ES256`, `PS256` and `EdDSA`.'),
  },
  {
    name: 'sign_in.private_key',
    label: t('Private key'),
    kind: 'key',
    rows: 4,
    note: t(
      'JWK or PEM, in the place of the client secret: assertions are signed with it (`private_key_jwt`). It is never shown again.',
    ),
  },
  clientAuthentication,
  flag('sign_in.userinfo', t('Claims are read from the userinfo endpoint as well')),
  methods(t('Values of `amr` by which the provider reports one, for instance `mfa`.')),
  {
    name: 'sign_in.second_factor.acr',
    label: t('Context classes that are a second factor'),
    kind: 'names',
    as: 'list',
    note: t('Values of `acr` by which the provider reports one.'),
  },
  require,
]

export const gitHubFurther: readonly ProviderField[] = [
  scopes('read:user, user:email', t('Left empty: `read:user` and `user:email`.')),
  clientAuthentication,
  require,
]

export const oauth2Further: readonly ProviderField[] = [
  scopes('profile, email', t('What is asked of the provider.')),
  clientAuthentication,
  {
    name: 'emails_endpoint',
    label: t('Addresses endpoint'),
    kind: 'text',
    note: t('Returns a list of objects with `email`, `verified` and `primary`.'),
  },
  require,
]

export const ldapFurther: readonly ProviderField[] = [
  {
    name: 'groups.base_dn',
    label: t('Base DN of groups'),
    kind: 'text',
    hint: written('ou=groups,dc=corp,dc=example'),
    note: t(
      'Groups below it that contain the person are looked up. While all fields of groups are empty, none are; with Active Directory, those below the base DN.',
    ),
    // Groups without this member are those below the base DN.
    read: ({ groups, base_dn }) => (isObject(groups) ? String(groups['base_dn'] ?? base_dn) : undefined),
  },
  {
    name: 'groups.filter',
    label: t('Group filter'),
    kind: 'text',
    hint: written('(|(member={dn})(uniqueMember={dn}))'),
    note: t('With `{dn}` in the place of the person.'),
  },
  {
    name: 'groups.name',
    label: t('Name of groups'),
    kind: 'text',
    hint: written('cn'),
    note: t('The attribute with it; `dn` is the whole name.'),
  },
  {
    name: 'groups.depth',
    label: t('Levels of groups in groups'),
    kind: 'number',
    as: 'number',
    hint: written('5'),
    note: t('1 to 20.'),
  },
  require,
]

export const samlFurther: readonly ProviderField[] = [
  {
    name: 'metadata_certificate',
    label: t('Certificate of the metadata'),
    kind: 'document',
    rows: 4,
    note: t('PEM. The metadata of the URL must be signed with it.'),
  },
  {
    name: 'sign_in.want',
    label: t('What the provider must sign'),
    kind: 'choice',
    options: [
      ['', t('The assertion')],
      ['response', t('The response')],
      ['both', t('The assertion and the response')],
      ['either', t('One of the two')],
    ],
  },
  {
    name: 'sign_in.certificate',
    label: t('Certificate'),
    kind: 'document',
    rows: 4,
    note: t('PEM. The provider verifies requests of this server with it.'),
  },
  {
    name: 'sign_in.private_key',
    label: t('Private key'),
    kind: 'key',
    rows: 4,
    note: t('PEM, of that certificate: requests of this server are signed with it. It is never shown again.'),
  },
  flag('sign_in.sign_out', t('Signing out here signs out there as well')),
  flag('encryption.required', t('Only encrypted assertions are accepted')),
  {
    name: keyPairFields.certificates,
    label: t('Certificates for encryption'),
    kind: 'document',
    rows: 4,
    note: t('PEM, the newest first, at most three. A certificate that is removed is removed with its key.'),
    read: ({ encryption }) => certificatesIn(encryption).join('\n') || undefined,
    apart: true,
  },
  {
    name: keyPairFields.keys,
    label: t('Private keys for encryption'),
    kind: 'key',
    rows: 4,
    note: t(
      'PEM, in the order of the certificates, from the first on. Keys of certificates that were here before stay. They are never shown again.',
    ),
    apart: true,
  },
  methods(
    t(
      'Context classes, or methods of Microsoft Entra ID, by which the provider reports one, for instance {example}.',
      { example: html`<code class="break">${'http://schemas.microsoft.com/claims/multipleauthn'}</code>` },
    ),
  ),
  require,
]

/** Groups are looked up while one of their fields has a value. */
export function withGroups(change: Entry, form: Form): Entry {
  const isAny = ldapFurther.some(
    ({ name }) => name.startsWith('groups.') && (form.get(name) ?? '').trim() !== '',
  )
  return isAny || !('groups' in change) ? change : { ...change, groups: null }
}

/** The key with which requests are signed goes with its certificate. */
export function withSigning(change: Entry): Entry {
  const signIn = change['sign_in']
  return isObject(signIn) && signIn['certificate'] === null && signIn['private_key'] === undefined
    ? { ...change, sign_in: { ...signIn, private_key: null } }
    : change
}
