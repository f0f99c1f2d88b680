// The list of people, and the link of an invitation.
import { type Html, html } from '../../html.ts'
import { factorMark } from '../../marks.ts'
import { nameSegment } from '../frame/name-segment.ts'
import {
  copied,
  filterBar,
  heading,
  type ListView,
  listPage,
  searchField,
  stateBadge,
  stateField,
  table,
  tabs,
  textOf,
  when,
} from '../frame/parts.ts'
import { sentences, t, type Words } from '../message.ts'

export interface PersonRow {
  readonly name: string
  readonly displayName?: string | undefined
  readonly email?: string | undefined
  readonly groups: readonly string[]
  readonly state: 'enabled' | 'disabled'
  readonly password: 'none' | 'set' | 'must-change'
  readonly passwordLastUsed?: string | undefined
  readonly identities: readonly { readonly provider: string }[]
}

export const groupPath = (name: string): string => `/console/groups/${nameSegment(name)}`

export const personPath = (name: string): string => `/console/people/${nameSegment(name)}`

/**
 * The label `Remove` for a membership: most languages have another word for it than for deleting a thing.
 * @param of the person or group, for screen readers
 */
export const takeOut = (of?: string): Words =>
  t('Remove{of}', { of: of !== undefined && html`<span class="visually-hidden">: ${of}</span>` })

/** The pages of the section People. */
export const peopleTabs = (current: 'people' | 'groups'): Html =>
  tabs(t('People and groups'), [
    { href: '/console/people', title: t('People'), current: current === 'people' },
    { href: '/console/groups', title: t('Groups'), current: current === 'groups' },
  ])

/** In the list of people. */
export interface ListedPersonRow extends PersonRow {
  /** Absent when the reader may not know. */
  readonly secondFactors?: readonly SecondFactor[] | undefined
  /** Absent: never, or the reader may not know. */
  readonly lastSignIn?: string | undefined
}

type SecondFactor = 'totp' | 'passkey'

interface WayIn {
  readonly mark: Html
  readonly title: Words
}

const factorTitles: Readonly<Record<SecondFactor, Words>> = {
  totp: t('Authenticator app'),
  passkey: t('Passkey'),
}

/** With what somebody signs in: first the ways that suffice alone, then second factors. */
function waysIn({ password, identities, secondFactors = [] }: ListedPersonRow): readonly WayIn[] {
  const providers = new Set(identities.map(({ provider }) => provider.slice(provider.lastIndexOf('/') + 1)))
  return [
    ...(password === 'none'
      ? []
      : [
          {
            mark: factorMark('password'),
            title: password === 'set' ? t('Password') : t('Password, to be changed at the next sign-in'),
          },
        ]),
    ...secondFactors.map((kind) => ({ mark: factorMark(kind), title: factorTitles[kind] })),
    ...[...providers].map((name) => ({
      mark: factorMark('provider'),
      title: t('Identity provider {name}', { name }),
    })),
  ]
}

const waysCell = (row: ListedPersonRow): Html => {
  const ways = waysIn(row)
  if (ways.length === 0) return html`<span class="note">${t('Nothing yet')}</span>`
  return html`<ul class="ways">${ways.map(({ mark, title }) => html`<li title="${title}">${mark}<span class="visually-hidden">${title}</span></li>`)}</ul>`
}

/** What the drawings of the list mean, for those who see them. */
const waysLegend = (): Html =>
  html`<ul class="ways legend" aria-hidden="true">${(
    [
      ['password', t('Password')],
      ['totp', factorTitles.totp],
      ['passkey', factorTitles.passkey],
      ['provider', t('Identity provider')],
    ] as const
  ).map(([kind, title]) => html`<li>${factorMark(kind)}${title}</li>`)}</ul>`

export const peoplePage = (
  p: ListView & {
    readonly people: readonly ListedPersonRow[]
    /** Why second factors and last sign-ins are not shown. */
    readonly deniedUses: string | undefined
    readonly filter: { readonly search: string; readonly state: string; readonly group: string }
  },
): Html =>
  listPage(p, {
    title: t('People'),
    add: { href: '/console/people/invite', label: t('Invite a person') },
    tabs: peopleTabs('people'),
    filter: filterBar(
      '/console/people',
      html`${searchField({ name: 'search', label: t('Begins with'), value: p.filter.search, hint: t('Name, e-mail or full name') })}
${stateField('person', p.filter.state)}
${searchField({ name: 'group', label: t('Group'), value: p.filter.group, hint: t('Name of a group'), of: 'group' })}`,
    ),
    list: html`${p.deniedUses !== undefined && html`<p class="note">${sentences([t('Second factors and last sign-ins are not shown.'), textOf(p.deniedUses)])}</p>`}${table(
      t('People'),
      [
        {
          title: t('Name'),
          cell: (one) =>
            html`<a class="strong" href="${personPath(one.name)}">${one.displayName ?? one.name}</a>${one.displayName !== undefined && html`<span class="note"> ${one.name}</span>`}`,
        },
        { title: t('E-mail'), cell: (one) => one.email ?? '–' },
        { title: t('Groups'), cell: (one) => one.groups.join(', ') || '–' },
        { title: t('Signs in with'), cell: waysCell },
        p.deniedUses === undefined
          ? { title: t('Last sign-in'), cell: (one) => when(one.lastSignIn) }
          : { title: t('Password last used'), cell: (one) => when(one.passwordLastUsed) },
        { title: t('State'), cell: (one) => stateBadge('person', one.state) },
      ],
      p.people,
      p.links.next === undefined
        ? t('No people match.')
        : t('Nobody on this page; there may be more on the next.'),
    )}${p.people.length > 0 && waysLegend()}`,
  })

/** A one-time link: shown this once, or sent by mail. */
export const invitedPage = (p: {
  readonly name: string
  readonly url?: string | undefined
  readonly mailedTo?: string | undefined
  readonly expiresAt: string
}): Html =>
  p.url === undefined
    ? html`${heading({
        title: t('The link is on its way'),
        crumb: { href: personPath(p.name), title: html`${p.name}` },
        lead: t('It was sent to {address}, works once, and ends {date}.', {
          address: html`<strong>${p.mailedTo}</strong>`,
          date: when(p.expiresAt),
        }),
      })}
<p><a class="button quiet small" href="${personPath(p.name)}">${t('To {name}', { name: p.name })}</a></p>`
    : html`${heading({
        title: t('The link is ready'),
        crumb: { href: personPath(p.name), title: html`${p.name}` },
        lead: t('Give it to {name} alone. It is shown only now, works once, and ends {date}.', {
          name: html`<strong>${p.name}</strong>`,
          date: when(p.expiresAt),
        }),
      })}
${copied('one-time-link', t('the link'), p.url)}
<p><a class="button quiet small" href="${personPath(p.name)}">${t('I have copied it')}</a></p>`
