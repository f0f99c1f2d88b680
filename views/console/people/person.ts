// One person: profile, and how they sign in.
import { type Fragment, type Html, html } from '../../html.ts'
import { monogram } from '../../marks.ts'
import { type PlaceView, placeIn } from '../../place.ts'
import { type FormView, formOf } from '../frame/fields.ts'
import { act, badge, code, command, done, facts, section, table, tabs, when } from '../frame/parts.ts'
import { groupPath, type PersonRow, personPath, stateBadge } from './people.ts'

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
  'value' in part ? show(part.value) : html`<p class="empty">${part.denied}</p>`

const pages = [
  ['', 'Profile'],
  ['/sign-in', 'Sign-in'],
  ['/access', 'Access'],
  ['/activity', 'Activity'],
] as const

export const personHead = (person: PersonView, current: string): Html => {
  const base = personPath(person.name)
  const title = person.displayName ?? person.name
  return html`<p class="crumb"><a href="/console/people">People</a></p>
<div class="me">${monogram(title)}<div><h1>${title}</h1><p class="sub">${person.name}${person.email !== undefined && html` · ${person.email}`} ${stateBadge(person.state)}</p></div></div>
${tabs(
  'Pages of this person',
  pages.map(([path, name]) => ({ href: `${base}${path}`, title: name, current: path === current })),
)}`
}

export const personProfilePage = (p: {
  readonly person: PersonView
  readonly done: string | undefined
  readonly denied: string | undefined
  readonly form: FormView
  readonly commands: readonly string[]
}): Html => html`${personHead(p.person, '')}
${done(p.done)}
<div class="columns"><div class="form-column">${p.denied === undefined ? formOf(p.form) : html`<p class="empty">${p.denied}</p>`}</div>
<aside>${facts([
  ['ARN', code(p.person.arn)],
  ['Unique id', code(p.person.id)],
  ['Created', when(p.person.createdAt)],
  [
    'E-mail address',
    p.person.email === undefined ? 'None' : p.person.emailVerified ? 'Verified' : 'Not verified',
  ],
  [
    'Groups',
    p.person.groups.length === 0
      ? 'None'
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
}): Fragment {
  const text = placeIn(place, 'en')
  return html`${address ?? 'Unknown'}${text !== undefined && html`<span class="note reason">${text}</span>`}`
}

export const personSignInPage = (p: {
  readonly person: PersonView
  readonly done: string | undefined
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
  const link = (path: string, label: string, operation: string, look: 'quiet' | 'danger' = 'quiet') =>
    act({ href: `${base}/${path}`, label, denied: p.denied.get(operation), look })
  return html`${personHead(p.person, '/sign-in')}
${done(p.done)}
<div class="acts">${link('link', 'One-time link', 'CreateSignInLink')}${link('sign-out', 'Sign out everywhere', 'SignOutPerson')}${link('reset-factors', 'Reset second factors', 'ResetPersonFactors')}${p.person.state === 'enabled' ? link('disable', 'Disable', 'DisablePerson', 'danger') : link('enable', 'Enable', 'EnablePerson')}${!p.isSelf && link('delete', 'Delete', 'DeletePerson', 'danger')}</div>
${section(
  'Password',
  facts([
    ['State', passwords[p.person.password]],
    ['Last used', when(p.person.passwordLastUsed)],
  ]),
)}
${section(
  'Second factors',
  partOf(p.factors, ({ factors, recoveryCodes }) =>
    table(
      'Second factors',
      [
        { title: 'Name', cell: ({ name }) => name },
        { title: 'Kind', cell: ({ kind }) => (kind === 'passkey' ? 'Passkey' : 'Authenticator app') },
        { title: 'Serial number', cell: ({ serialNumber }) => code(serialNumber) },
        { title: 'Since', cell: ({ enabledAt }) => when(enabledAt) },
        { title: 'Recovery codes', cell: () => `${recoveryCodes} left` },
      ],
      factors,
      'None. They set one up at the next sign-in when one is required of them; until then the password is enough.',
    ),
  ),
)}
${section(
  'Accounts at identity providers',
  table(
    'Accounts at identity providers',
    [
      { title: 'Provider', cell: ({ provider }) => code(provider) },
      { title: 'Account', cell: ({ label }) => label },
      { title: 'Last used', cell: ({ lastUsed }) => when(lastUsed) },
    ],
    p.person.identities,
    'None.',
  ),
)}
${section(
  'Where they are signed in',
  partOf(p.sessions, ({ items }) =>
    table(
      'Browser sessions',
      [
        { title: 'Browser', cell: ({ browser }) => browserName(browser) },
        { title: 'Address', cell: addressCell },
        { title: 'Since', cell: ({ since }) => when(since) },
        { title: 'Last used', cell: ({ lastUsed }) => when(lastUsed) },
        { title: 'Applications', cell: ({ applications }) => applications.join(', ') || '–' },
        {
          title: 'End',
          cell: ({ id }) => link(`sessions/${encodeURIComponent(id)}/end`, 'End', 'EndPersonSession'),
        },
      ],
      items,
      'Nowhere.',
    ),
  ),
)}
${section(
  'Browsers they trust',
  partOf(
    p.trusted,
    ({ items }) =>
      html`${table(
        'Browsers that need no second factor',
        [
          { title: 'Browser', cell: ({ browser }) => browserName(browser) },
          { title: 'Address', cell: addressCell },
          { title: 'Since', cell: ({ since }) => when(since) },
          { title: 'Last used', cell: ({ lastUsed }) => when(lastUsed) },
          { title: 'Ends', cell: ({ expiresAt }) => when(expiresAt) },
          {
            title: 'Remove',
            cell: ({ id }) =>
              link(`trusted-browsers/${encodeURIComponent(id)}/remove`, 'Remove', 'RemoveTrustedBrowser'),
          },
        ],
        items,
        'None: their second factor is always asked for.',
      )}${items.length > 1 && html`<div class="acts">${link('trusted-browsers/remove', 'Remove all', 'RemoveTrustedBrowsers')}</div>`}`,
  ),
)}
${section(
  'Access keys',
  partOf(p.keys, ({ items }) =>
    table(
      'Access keys',
      [
        { title: 'Id', cell: ({ id }) => code(id) },
        {
          title: 'State',
          cell: ({ status }) => (status === 'active' ? badge('Active', 'good') : badge('Inactive')),
        },
        { title: 'Age', cell: ({ ageDays }) => (ageDays === 1 ? '1 day' : `${ageDays} days`) },
        { title: 'Last used', cell: ({ lastUsedAt }) => when(lastUsedAt) },
        {
          title: 'Deactivate',
          cell: ({ id, status }) =>
            status === 'active' &&
            act({
              href: `${base}/access-keys/${encodeURIComponent(id)}/deactivate`,
              label: 'Deactivate',
              denied: p.deniedKeys,
            }),
        },
      ],
      items,
      'None.',
    ),
  ),
)}
${command(p.commands)}`
}

const passwords = {
  none: 'None',
  set: 'Set',
  'must-change': 'Must be changed at the next sign-in',
} as const

/** The name of a browser from its `User-Agent`. */
const browserName = (agent: string | undefined): Html | string => {
  if (agent === undefined) return 'Unknown'
  const found = browsers.find(([form]) => form.test(agent))
  const system = systems.find(([form]) => form.test(agent))
  if (found === undefined) return html`<span class="break">${agent.slice(0, 80)}</span>`
  return system === undefined ? found[1] : `${found[1]} on ${system[1]}`
}

const browsers = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const

const systems = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const
