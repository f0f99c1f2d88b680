// How one person signs in: password, second factors, identity providers, sessions, trusted browsers and access keys.
import { type Html, html } from '../../html.ts'
import { type PlaceView, placeIn } from '../../place.ts'
import { browserName } from '../frame/browser-name.ts'
import { act, badge, code, command, done, facts, section, table, when } from '../frame/parts.ts'
import { counted, t, type Words } from '../message.ts'
import { personPath } from './people.ts'
import { type Part, type PersonView, partOf, personHead } from './person.ts'

export interface SessionView {
  readonly id: string
  readonly browser?: string | undefined
  readonly address?: string | undefined
  readonly place?: PlaceView | undefined
  readonly since: string
  readonly lastUsed: string
  readonly applications: readonly string[]
}

type Sessions = Part<{ readonly items: readonly SessionView[]; readonly cursor?: string | undefined }>

type Factors = Part<{
  readonly factors: readonly {
    readonly serialNumber: string
    readonly kind: string
    readonly name: string
    readonly enabledAt?: string | undefined
  }[]
  readonly recoveryCodes: number
}>

type TrustedBrowsers = Part<{
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

type AccessKeys = Part<{
  readonly items: readonly {
    readonly id: string
    readonly status: 'active' | 'inactive'
    readonly ageDays: number
    readonly lastUsedAt?: string | undefined
  }[]
}>

/** A link to an act on the person; disabled when the reader may not perform the operation. */
type ActLink = (path: string, label: Words, operation: string, look?: 'quiet' | 'danger') => Html

export const personSignInPage = (p: {
  readonly person: PersonView
  readonly done: Words | undefined
  readonly sessions: Sessions
  readonly factors: Factors
  readonly trusted: TrustedBrowsers
  readonly keys: AccessKeys
  /** Why access keys may not be changed. */
  readonly deniedKeys: string | undefined
  /** By operation. */
  readonly denied: ReadonlyMap<string, string | undefined>
  /** The reader's own page. */
  readonly isSelf: boolean
  readonly commands: readonly string[]
}): Html => {
  const base = personPath(p.person.name)
  const link: ActLink = (path, label, operation, look = 'quiet') =>
    act({ href: `${base}/${path}`, label, denied: p.denied.get(operation), look })
  return html`${personHead(p.person, '/sign-in')}
${done(p.done)}
<div class="acts">${link('link', t('One-time link'), 'CreateSignInLink')}${link('sign-out', t('Sign out everywhere'), 'SignOutPerson')}${link('reset-factors', t('Reset second factors'), 'ResetPersonFactors')}${p.person.state === 'enabled' ? link('disable', t('Disable'), 'DisablePerson', 'danger') : link('enable', t('Enable'), 'EnablePerson')}${!p.isSelf && link('delete', t('Delete'), 'DeletePerson', 'danger')}</div>
${passwordSection(p.person)}
${factorsSection(p.factors)}
${identitiesSection(p.person)}
${sessionsSection(p.sessions, link)}
${trustedSection(p.trusted, link)}
${keysSection(p.keys, p.person, p.deniedKeys)}
${command(p.commands)}`
}

const passwords = {
  none: t('Not set'),
  set: t('Set'),
  'must-change': t('Must be changed at the next sign-in'),
} as const

const passwordSection = (person: PersonView): Html =>
  section(
    t('Password'),
    facts([
      [t('State'), passwords[person.password]],
      [t('Last used'), when(person.passwordLastUsed)],
    ]),
  )

const factorsSection = (part: Factors): Html =>
  section(
    t('Second factors'),
    partOf(part, ({ factors, recoveryCodes }) =>
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
  )

const identitiesSection = (person: PersonView): Html =>
  section(
    t('Accounts at identity providers'),
    table(
      t('Accounts at identity providers'),
      [
        { title: t('Provider'), cell: ({ provider }) => code(provider) },
        { title: t('Account'), cell: ({ label }) => label },
        { title: t('Last used'), cell: ({ lastUsed }) => when(lastUsed) },
      ],
      person.identities,
      t('No account at an identity provider.'),
    ),
  )

const sessionsSection = (part: Sessions, link: ActLink): Html =>
  section(
    t('Where they are signed in'),
    partOf(part, ({ items }) =>
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
  )

const trustedSection = (part: TrustedBrowsers, link: ActLink): Html =>
  section(
    t('Browsers they trust'),
    partOf(
      part,
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
                link(
                  `trusted-browsers/${encodeURIComponent(id)}/remove`,
                  t('Remove'),
                  'RemoveTrustedBrowser',
                ),
            },
          ],
          items,
          t('None: their second factor is always asked for.'),
        )}${items.length > 1 && html`<div class="acts">${link('trusted-browsers/remove', t('Remove all'), 'RemoveTrustedBrowsers')}</div>`}`,
    ),
  )

/** A key of somebody who is disabled is refused, and works again when they are enabled. */
const keyState = (isActive: boolean, state: PersonView['state']): Html => {
  if (!isActive) return badge(t('Inactive'))
  return state === 'enabled'
    ? badge(t('Active'), 'good')
    : html`${badge(t('Active'), 'care')}<span class="note reason">${t('Refused while the person is disabled.')}</span>`
}

const keysSection = (part: AccessKeys, { name, state }: PersonView, denied: string | undefined): Html =>
  section(
    t('Access keys'),
    partOf(part, ({ items }) =>
      table(
        t('Access keys'),
        [
          { title: t('Id'), cell: ({ id }) => code(id) },
          {
            title: t('State'),
            cell: ({ status }) => keyState(status === 'active', state),
          },
          { title: t('Age'), cell: ({ ageDays }) => counted(ageDays, '{count} day', '{count} days') },
          { title: t('Last used'), cell: ({ lastUsedAt }) => when(lastUsedAt) },
          {
            title: t('Deactivate'),
            cell: ({ id, status }) =>
              status === 'active' &&
              act({
                href: `${personPath(name)}/access-keys/${encodeURIComponent(id)}/deactivate`,
                label: t('Deactivate'),
                denied: denied,
              }),
          },
        ],
        items,
        t('No access keys.'),
      ),
    ),
  )

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
