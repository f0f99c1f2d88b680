// One person: profile, and how they sign in.
import { type Html, html } from '../../html.ts'
import { monogram } from '../../marks.ts'
import { type PlaceView, placeIn } from '../../place.ts'
import { browserName } from '../frame/browser-name.ts'
import { type FormView, formOf } from '../frame/fields.ts'
import {
  act,
  badge,
  code,
  command,
  done,
  facts,
  section,
  stateBadge,
  table,
  tabs,
  textOf,
  when,
} from '../frame/parts.ts'
import { counted, t, type Words } from '../message.ts'
import { groupPath, type PersonRow, personPath } from './people.ts'

export interface PersonView extends PersonRow {
  readonly id: string
  readonly arn: string
  readonly emailVerified: boolean
  readonly createdAt: string
  readonly identities: readonly {
    readonly provider: string
    readonly label: string
    readonly lastUsed: string
  }[]
}

/** What a part of a page shows, or why the reader may not see it. */
export type Part<T> = { readonly value: T } | { readonly denied: string }

export const partOf = <T>(part: Part<T>, show: (value: T) => Html): Html =>
  'value' in part ? show(part.value) : html`<p class="empty">${textOf(part.denied)}</p>`

const pages = [
  ['', t('Profile')],
  ['/sign-in', t('Sign-in')],
  ['/access', t('Access')],
  ['/activity', t('Activity')],
] as const

export const personHead = (person: PersonView, current: string): Html => {
  const base = personPath(person.name)
  const title = person.displayName ?? person.name
  return html`<p class="crumb"><a href="/console/people">${t('People')}</a></p>
<div class="me">${monogram(title)}<div><h1>${title}</h1><p class="sub">${person.name}${person.email !== undefined && html` · ${person.email}`} ${stateBadge('person', person.state)}</p></div></div>
${tabs(
  t('Pages of this person'),
  pages.map(([path, name]) => ({ href: `${base}${path}`, title: name, current: path === current })),
)}`
}

export const personProfilePage = (p: {
  readonly person: PersonView
  readonly done: Words | undefined
  readonly denied: string | undefined
  readonly form: FormView
  readonly commands: readonly string[]
}): Html => html`${personHead(p.person, '')}
${done(p.done)}
<div class="columns"><div class="form-column">${p.denied === undefined ? formOf(p.form) : html`<p class="empty">${textOf(p.denied)}</p>`}</div>
<aside>${facts([
  [t('ARN'), code(p.person.arn)],
  [t('Unique id'), code(p.person.id)],
  [t('Created'), when(p.person.createdAt)],
  [
    t('E-mail address'),
    p.person.email === undefined ? '–' : p.person.emailVerified ? t('Verified') : t('Not verified'),
  ],
  [
    t('Groups'),
    p.person.groups.length === 0
      ? t('None')
      : html`${p.person.groups.map((name, at) => html`${at > 0 && ', '}<a href="${groupPath(name)}">${name}</a>`)}`,
  ],
])}</aside></div>
${command(p.commands)}`

export interface SessionView {
  readonly id: string
  readonly browser?: string | undefined
  readonly address?: string | undefined
  readonly place?: PlaceView | undefined
  readonly since: string
  readonly lastUsed: string
  readonly applications: readonly string[]
}

/** The address, and below it the place. */
function addressCell({
  address,
  place,
}: {
  readonly address?: string | undefined
  readonly place?: PlaceView | undefined
}): Html {
  return html`${address ?? t('Unknown')}${({ language }) => {
    const text = placeIn(place, language)
    return text !== undefined && html`<span class="note reason">${text}</span>`
  }}`
}

export const personSignInPage = (p: {
  readonly person: PersonView
  readonly done: Words | undefined
  readonly sessions: Part<{ readonly items: readonly SessionView[]; readonly cursor?: string | undefined }>
  readonly factors: Part<{
    readonly factors: readonly {
      readonly serialNumber: string
      readonly kind: string
      readonly name: string
      readonly enabledAt?: string | undefined
    }[]
    readonly recoveryCodes: number
  }>
  readonly trusted: Part<{
    readonly items: readonly {
      readonly id: string
      readonly browser?: string | undefined
      readonly address?: string | undefined
      readonly place?: PlaceView | undefined
      readonly since: string
      readonly lastUsed?: string | undefined
      readonly expiresAt: string
    }[]
  }>
  readonly keys: Part<{
    readonly items: readonly {
      readonly id: string
      readonly status: 'active' | 'inactive'
      readonly ageDays: number
      readonly lastUsedAt?: string | undefined
    }[]
  }>
  /** Why access keys may not be changed. */
  readonly deniedKeys: string | undefined
  /** By operation. */
  readonly denied: ReadonlyMap<string, string | undefined>
  /** The reader's own page. */
  readonly isSelf: boolean
  readonly commands: readonly string[]
}): Html => {
  const base = personPath(p.person.name)
  const link = (path: string, label: Words, operation: string, look: 'quiet' | 'danger' = 'quiet') =>
    act({ href: `${base}/${path}`, label, denied: p.denied.get(operation), look })
  return html`${personHead(p.person, '/sign-in')}
${done(p.done)}
<div class="acts">${link('link', t('One-time link'), 'CreateSignInLink')}${link('sign-out', t('Sign out everywhere'), 'SignOutPerson')}${link('reset-factors', t('Reset second factors'), 'ResetPersonFactors')}${p.person.state === 'enabled' ? link('disable', t('Disable'), 'DisablePerson', 'danger') : link('enable', t('Enable'), 'EnablePerson')}${!p.isSelf && link('delete', t('Delete'), 'DeletePerson', 'danger')}</div>
${section(
  t('Password'),
  facts([
    [t('State'), passwords[p.person.password]],
    [t('Last used'), when(p.person.passwordLastUsed)],
  ]),
)}
${section(
  t('Second factors'),
  partOf(p.factors, ({ factors, recoveryCodes }) =>
    table(
      t('Second factors'),
      [
        { title: t('Name'), cell: ({ name }) => name },
        {
          title: t('Kind'),
          cell: ({ kind }) => (kind === 'passkey' ? t('Passkey') : t('Authenticator app')),
        },
        { title: t('Serial number'), cell: ({ serialNumber }) => code(serialNumber) },
        { title: t('Since'), cell: ({ enabledAt }) => when(enabledAt) },
        { title: t('Recovery codes'), cell: () => t('{count} left', { count: recoveryCodes }) },
      ],
      factors,
      t(
        'None. They set one up at the next sign-in when one is required of them; until then the password is enough.',
      ),
    ),
  ),
)}
${section(
  t('Accounts at identity providers'),
  table(
    t('Accounts at identity providers'),
    [
      { title: t('Provider'), cell: ({ provider }) => code(provider) },
      { title: t('Account'), cell: ({ label }) => label },
      { title: t('Last used'), cell: ({ lastUsed }) => when(lastUsed) },
    ],
    p.person.identities,
    t('No account at an identity provider.'),
  ),
)}
${section(
  t('Where they are signed in'),
  partOf(p.sessions, ({ items }) =>
    table(
      t('Browser sessions'),
      [
        { title: t('Browser'), cell: ({ browser }) => browserName(browser) },
        { title: t('Address'), cell: addressCell },
        { title: t('Since'), cell: ({ since }) => when(since) },
        { title: t('Last used'), cell: ({ lastUsed }) => when(lastUsed) },
        { title: t('Applications'), cell: ({ applications }) => applications.join(', ') || '–' },
        {
          title: t('End'),
          cell: ({ id }) => link(`sessions/${encodeURIComponent(id)}/end`, t('End'), 'EndPersonSession'),
        },
      ],
      items,
      t('Nowhere.'),
    ),
  ),
)}
${section(
  t('Browsers they trust'),
  partOf(
    p.trusted,
    ({ items }) =>
      html`${table(
        t('Browsers that need no second factor'),
        [
          { title: t('Browser'), cell: ({ browser }) => browserName(browser) },
          { title: t('Address'), cell: addressCell },
          { title: t('Since'), cell: ({ since }) => when(since) },
          { title: t('Last used'), cell: ({ lastUsed }) => when(lastUsed) },
          { title: t('Ends'), cell: ({ expiresAt }) => when(expiresAt) },
          {
            title: t('Remove'),
            cell: ({ id }) =>
              link(`trusted-browsers/${encodeURIComponent(id)}/remove`, t('Remove'), 'RemoveTrustedBrowser'),
          },
        ],
        items,
        t('None: their second factor is always asked for.'),
      )}${items.length > 1 && html`<div class="acts">${link('trusted-browsers/remove', t('Remove all'), 'RemoveTrustedBrowsers')}</div>`}`,
  ),
)}
${section(
  t('Access keys'),
  partOf(p.keys, ({ items }) =>
    table(
      t('Access keys'),
      [
        { title: t('Id'), cell: ({ id }) => code(id) },
        {
          title: t('State'),
          cell: ({ status }) => (status === 'active' ? badge(t('Active'), 'good') : badge(t('Inactive'))),
        },
        { title: t('Age'), cell: ({ ageDays }) => counted(ageDays, '{count} day', '{count} days') },
        { title: t('Last used'), cell: ({ lastUsedAt }) => when(lastUsedAt) },
        {
          title: t('Deactivate'),
          cell: ({ id, status }) =>
            status === 'active' &&
            act({
              href: `${base}/access-keys/${encodeURIComponent(id)}/deactivate`,
              label: t('Deactivate'),
              denied: p.deniedKeys,
            }),
        },
      ],
      items,
      t('No access keys.'),
    ),
  ),
)}
${command(p.commands)}`
}

const passwords = {
  none: t('Not set'),
  set: t('Set'),
  'must-change': t('Must be changed at the next sign-in'),
} as const
