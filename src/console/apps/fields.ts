// The fields of a client that an administrator fills in.
import { type FieldSpec, flag } from '../frame/form.ts'

export const nameField: FieldSpec = {
  name: 'client_name',
  label: 'Name',
  kind: 'text',
  required: true,
  note: 'People see it when they sign in.',
}

export const redirectField: FieldSpec = {
  name: 'redirect_uris',
  label: 'Redirect URIs',
  kind: 'lines',
  as: 'list',
  required: true,
  note: 'Where sign-ins return to, one on each line, exactly as the app sends them.',
}

export const signedOutField: FieldSpec = {
  name: 'post_logout_redirect_uris',
  label: 'After sign-out',
  kind: 'lines',
  as: 'list',
  note: 'Where sign-outs return to.',
}

export const homeField: FieldSpec = {
  name: 'client_uri',
  label: 'Home page',
  kind: 'text',
  note: 'Opened from the list of apps on the account pages of those who may use it.',
}

export const accessFields: readonly FieldSpec[] = [
  {
    name: 'access',
    label: 'Who may use it',
    kind: 'choice',
    options: [
      ['everyone', 'Everyone'],
      ['groups', 'Members of groups'],
      ['policy', 'Whom a policy allows oidc:SignIn'],
    ],
  },
  {
    name: 'access_groups',
    label: 'Groups',
    kind: 'names',
    as: 'list',
    suggest: 'group',
    note: 'Names, separated by commas, when members of groups may use it.',
  },
]

/** The settings of an app. */
export const entryFields: readonly FieldSpec[] = [
  nameField,
  redirectField,
  signedOutField,
  homeField,
  {
    name: 'initiate_login_uri',
    label: 'Sign-in page',
    kind: 'text',
    note: 'Opened instead of the home page, and starts a sign-in (initiate_login_uri). It gets the parameter iss.',
  },
  {
    name: 'logo_uri',
    label: 'Logo',
    kind: 'text',
    note: 'Address of a PNG, JPEG or WebP image of at most 16 kB.',
  },
  {
    ...flag('first_party', 'People are not asked for consent'),
    note: 'For an app of your own. A native or public app whose redirect URI is not https still asks.',
  },
  ...accessFields,
]
