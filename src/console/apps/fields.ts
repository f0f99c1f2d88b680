// The fields of a client that an administrator fills in.
import type { z } from 'zod'
import { sentences, t } from '../../../views/console/message.ts'
import type { client } from '../../admin/clients/schemas.ts'
import { parseEntry, withAuthMethod } from '../../oidc/clients/stored.ts'
import { type FieldFault, isProblem, Problem } from '../../problem.ts'
import { type FieldSpec, flag, type Typed } from '../frame/form.ts'

export const nameField: FieldSpec = {
  name: 'client_name',
  label: t('Name'),
  kind: 'text',
  required: true,
  note: t('People see it when they sign in.'),
}

/** Of a program that signs nobody in. */
export const programNameField: FieldSpec = {
  ...nameField,
  note: t('What this console and the activity call it.'),
}

export const redirectField: FieldSpec = {
  name: 'redirect_uris',
  label: t('Redirect URIs'),
  kind: 'lines',
  as: 'lines',
  required: true,
  missing: 'are needed: sign-ins return to one of them',
  note: t('Where sign-ins return to, one on each line, exactly as the app sends them.'),
}

export const signedOutField: FieldSpec = {
  name: 'post_logout_redirect_uris',
  label: t('After sign-out'),
  kind: 'lines',
  as: 'lines',
  note: t('Where sign-outs return to.'),
}

const homeNote = t('Opened from the list of apps on the account pages of those who may use it.')

export const homeField: FieldSpec = {
  name: 'client_uri',
  label: t('Home page'),
  kind: 'text',
  note: homeNote,
}

/** The same, of an app whose home page follows from its redirect URI. */
export const usualHomeField: FieldSpec = {
  ...homeField,
  note: sentences([homeNote, t('Left empty, it is the address of the redirect URI.')]),
}

export const accessFields: readonly FieldSpec[] = [
  {
    name: 'access',
    label: t('Who may use it'),
    kind: 'choice',
    options: [
      ['everyone', t('Everyone')],
      ['groups', t('Members of groups')],
      ['policy', t('Whom a policy allows oidc:SignIn')],
    ],
  },
  {
    name: 'access_groups',
    label: t('Groups'),
    kind: 'names',
    as: 'list',
    suggest: 'group',
    note: t('Names, separated by commas, when members of groups may use it.'),
  },
]

/**
 * What is wrong with the members of an app that were typed, for a form that lacks others.
 * @param entry the app as it would be
 */
export function faultsIn(body: Typed['body'], entry: Typed['body']): readonly FieldFault[] {
  try {
    const given = Object.entries(entry).filter(([, value]) => value !== null)
    parseEntry(
      'app',
      withAuthMethod(Object.fromEntries(given)),
      'a secret of the length of those that are made',
    )
    return []
  } catch (error) {
    if (!isProblem(error, 'validation')) throw error
    return (error.fields ?? []).filter(({ field }) => field.replace(/\..*/, '') in body)
  }
}

/**
 * A refusal of what was typed. That groups do not fit who may use the app is said in the words of the form, as what else is wrong.
 * @param body what the operation was to get
 */
export function inWordsOfForm(problem: Problem, { access, access_groups: groups }: Typed['body']): Problem {
  const isNamed = Array.isArray(groups) && groups.length > 0
  if (problem.fields === undefined || isNamed === (access === 'groups')) return problem
  const message = isNamed
    ? 'are of use only with “Members of groups”: choose that, or leave this empty'
    : 'are needed with “Members of groups”'
  const others = problem.fields.filter(({ field }) => !field.startsWith('access_groups'))
  return new Problem(problem.code, problem.message, {
    fields: [...others, { field: 'access_groups', message }],
  })
}

/** The settings of an app that an administrator made. */
const entryFields: readonly FieldSpec[] = [
  nameField,
  redirectField,
  signedOutField,
  homeField,
  {
    name: 'initiate_login_uri',
    label: t('Sign-in page'),
    kind: 'text',
    note: t(
      'Opened instead of the home page, and starts a sign-in (initiate_login_uri). It gets the parameter iss.',
    ),
  },
  {
    name: 'logo_uri',
    label: t('Logo'),
    kind: 'text',
    note: t('Address of a PNG, JPEG or WebP image of at most 16 kB.'),
  },
  {
    ...flag('first_party', t('People are not asked for consent')),
    note: t('For an app of your own. A native or public app whose redirect URI is not https still asks.'),
  },
  ...accessFields,
]

/** What an administrator may change of an app. */
export function changeFields({ source, metadata }: Pick<z.output<typeof client>, 'source' | 'metadata'>) {
  if (source === 'registered') return accessFields
  return signsPeopleIn(metadata)
    ? entryFields
    : entryFields.map((field) => {
        if (field === nameField) return programNameField
        return field === redirectField ? { ...field, required: false } : field
      })
}

type Metadata = Readonly<Record<string, unknown>>

/** The grants that a client may use, by its redirect URIs when none are stated. */
export const grantTypesOf = ({ grant_types, redirect_uris }: Metadata): readonly string[] => {
  if (Array.isArray(grant_types)) return grant_types.map(String)
  return Array.isArray(redirect_uris) && redirect_uris.length > 0
    ? ['authorization_code', 'refresh_token']
    : ['client_credentials']
}

/** Whether it asks people to sign in; others get tokens for themselves alone, and have no redirect URI. */
export const signsPeopleIn = (metadata: Metadata): boolean =>
  grantTypesOf(metadata).includes('authorization_code')
