// Applications that sign people in here: the list, one of them, and its secret.
import { type Fragment, type Html, html } from '../../html.ts'
import { type FormView, formOf } from '../frame/fields.ts'
import { nameSegment } from '../frame/name-segment.ts'
import {
  act,
  badge,
  caution,
  choiceField,
  code,
  command,
  done,
  facts,
  filterBar,
  heading,
  type ListView,
  listPage,
  searchField,
  section,
  stateBadge,
  stateField,
  table,
  tabs,
  when,
} from '../frame/parts.ts'
import { known, t, type Words } from '../message.ts'
import { groupPath } from '../people/people.ts'
import { type Part, partOf } from '../people/person.ts'
import { type SignInStatus, signInStatusSection } from './sign-in-status.ts'

export interface AppView {
  readonly clientId: string
  readonly arn: string
  readonly name?: string | undefined
  readonly source: 'file' | 'stored' | 'registered'
  readonly state: 'enabled' | 'disabled'
  readonly access: 'everyone' | 'groups' | 'policy'
  readonly metadata: Readonly<Record<string, unknown>>
  readonly secrets: readonly {
    readonly id: string
    readonly createdAt: string
    readonly lastUsed?: string | undefined
  }[]
  readonly createdAt?: string | undefined
}

export const appPath = (id: string): string => `/console/apps/${nameSegment(id)}`

/** Its name, or its id when it has none. */
export const appName = ({ name, clientId }: Pick<AppView, 'name' | 'clientId'>): Html =>
  html`${name ?? clientId}`

const sources = {
  file: t('Configuration file'),
  stored: t('Console or API'),
  registered: t('Registered by itself'),
} as const
const accessNames = {
  everyone: t('Everyone'),
  groups: t('Members of groups'),
  policy: t('Whom a policy allows'),
} as const

export const appsPage = (
  p: ListView & {
    readonly apps: readonly AppView[]
    readonly filter: { readonly search: string; readonly source: string; readonly state: string }
  },
): Html =>
  listPage(p, {
    title: t('Apps'),
    add: { href: '/console/apps/new', label: t('New app') },
    filter: filterBar(
      '/console/apps',
      html`${searchField({ name: 'search', label: t('Begins with'), value: p.filter.search, hint: t('Name or client id') })}
${choiceField({
  name: 'source',
  label: t('Comes from'),
  value: p.filter.source,
  options: [['', t('Anywhere')], ...Object.entries(sources)],
})}
${stateField('app', p.filter.state)}`,
    ),
    list:
      p.apps.length === 0
        ? html`<p class="empty">${t('No apps match. An app is anything that signs people in with OpenID Connect.')}</p>`
        : html`<ul class="tiles">${p.apps.map(
            (app) =>
              html`<li><a class="tile" href="${appPath(app.clientId)}"><span class="strong">${appName(app)}</span><code class="break note">${app.clientId}</code><span class="note">${accessNames[app.access]} · ${sources[app.source]}</span><span>${stateBadge('app', app.state)}</span></a></li>`,
          )}</ul>`,
  })

const appTabs = (app: AppView, current: string): Html =>
  tabs(
    t('Pages of this app'),
    [
      ['', t('Overview')] as const,
      ['/connect', t('Connect the app')] as const,
      ['/edit', t('Settings')] as const,
      ['/preview', t('Token preview')] as const,
    ].map(([path, title]) => ({
      href: `${appPath(app.clientId)}${path}`,
      title,
      current: path === current,
    })),
  )

export const appHead = (app: AppView, current: string): Html =>
  html`${heading({
    title: html`${appName(app)} ${stateBadge('app', app.state)}`,
    crumb: { href: '/console/apps', title: t('Apps') },
  })}
${appTabs(app, current)}`

const shownValue = (value: unknown): Html => {
  if (Array.isArray(value))
    return html`<ul class="plain">${value.map((one) => html`<li>${code(typeof one === 'string' ? one : JSON.stringify(one))}</li>`)}</ul>`
  return code(typeof value === 'string' ? value : JSON.stringify(value))
}

/** Whether there is anything in it to show. */
const isGiven = (value: unknown): boolean => !Array.isArray(value) || value.length > 0

function whoMayUse({ access, metadata }: AppView): Fragment {
  const groups = metadata['access_groups']
  if (access !== 'groups' || !Array.isArray(groups)) return accessNames[access]
  return t('{what}: {value}', {
    what: accessNames[access],
    value:
      groups.length === 0
        ? t('None')
        : html`${groups.map(String).map((name, at) => html`${at > 0 && ', '}<a href="${groupPath(name)}">${name}</a>`)}`,
  })
}

export const appPage = (p: {
  readonly app: AppView
  /** Whether it asks people to sign in; others get tokens for themselves alone. */
  readonly signsPeopleIn: boolean
  readonly issuer: string
  readonly done: Words | undefined
  readonly signIns: SignInStatus | undefined
  /** By operation. */
  readonly denied: ReadonlyMap<string, string | undefined>
  readonly commands: readonly string[]
}): Html => {
  const { app } = p
  const base = appPath(app.clientId)
  const link = (path: string, label: Words, operation: string, look: 'quiet' | 'danger' = 'quiet') =>
    act({ href: `${base}/${path}`, label, denied: p.denied.get(operation), look })
  const stored = app.source === 'stored'
  return html`${appHead(app, '')}
${done(p.done)}
${app.source === 'file' && caution(t('This app comes from the configuration file, and is changed there.'))}
${p.signIns && signInStatusSection(base, p.signIns)}
${section(
  p.signsPeopleIn ? t('To sign people in') : t('To get tokens'),
  facts([
    [t('Issuer'), code(p.issuer)],
    [t('Client id'), code(app.clientId)],
    [t('Discovery'), code(`${p.issuer}/.well-known/openid-configuration`)],
    ...(p.signsPeopleIn ? [[t('Who may use it'), whoMayUse(app)] as const] : []),
    [t('Comes from'), sources[app.source]],
    ...(app.createdAt === undefined ? [] : [[t('Created'), when(app.createdAt)] as const]),
  ]),
)}
${section(
  t('Secrets'),
  html`${table(
    t('Secrets'),
    [
      { title: t('Id'), cell: ({ id }) => code(id) },
      { title: t('Created'), cell: ({ createdAt }) => when(createdAt) },
      { title: t('Last used'), cell: ({ lastUsed }) => when(lastUsed) },
      {
        title: t('Delete'),
        cell: ({ id }) =>
          app.secrets.length > 1
            ? link(`secrets/${encodeURIComponent(id)}/delete`, t('Delete'), 'DeleteClientSecret')
            : html`<span class="note">${t('The only one')}</span>`,
      },
    ],
    app.secrets,
    stored ? t('It has none.') : t('Secrets of this app are not kept here.'),
  )}${stored && app.secrets.length > 0 && app.secrets.length < 2 && html`<p>${link('secrets', t('Add a second secret'), 'CreateClientSecret')}</p>`}`,
  app.secrets.length === 0
    ? undefined
    : t('Add a second one, give it to the app, then delete the first: nobody is signed out on the way.'),
)}
${section(app.state === 'enabled' ? t('Disable or delete') : t('It is disabled'), html`<div class="acts">${app.state === 'enabled' ? link('disable', t('Disable'), 'DisableClient', 'danger') : link('enable', t('Enable'), 'EnableClient')}${app.source !== 'file' && link('delete', t('Delete'), 'DeleteClient', 'danger')}</div>`, app.state === 'enabled' ? (p.signsPeopleIn ? t('The next sign-in of whoever uses it is refused.') : t('Its next request for a token is refused.')) : undefined)}
${section(
  t('Metadata'),
  facts(
    Object.entries(app.metadata)
      .filter(([, value]) => isGiven(value))
      .map(([name, value]) => [html`${name}`, shownValue(value)] as const),
  ),
)}
${command(p.commands)}`
}

export const appEditPage = (p: {
  readonly app: AppView
  readonly denied: string | undefined
  readonly form: FormView
  readonly commands: readonly string[]
}): Html => html`${appHead(p.app, '/edit')}
${p.app.source === 'file' ? html`<p class="empty">${t('This app comes from the configuration file, and is changed there.')}</p>` : p.denied !== undefined ? html`<p class="empty">${known(p.denied)}</p>` : html`<div class="form-column">${formOf(p.form)}</div>`}
${command(p.commands)}`

export interface ClaimRow {
  readonly claim: string
  readonly value: unknown
  readonly origin: string
  /** What the preview says about it, in English. */
  readonly detail: string
}

export interface PreviewView {
  readonly scopes: readonly string[]
  readonly idToken: readonly ClaimRow[]
  readonly userinfo: readonly ClaimRow[]
  readonly accessToken: { readonly format: string; readonly claims: readonly ClaimRow[] }
}

const origins: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['user', t('The person')],
  ['mapping', t('The app’s claims')],
  ['protocol', html`${'OpenID Connect'}`],
])

const claims = (title: Words, rows: readonly ClaimRow[]): Html =>
  section(
    title,
    table(
      title,
      [
        { title: t('Claim'), cell: (row) => code(row.claim) },
        { title: t('Value'), cell: (row) => code(JSON.stringify(row.value)) },
        {
          title: t('Comes from'),
          cell: (row) =>
            html`${origins.get(row.origin) ?? row.origin}${row.detail !== '' && html`<span class="note reason">${known(row.detail)}</span>`}`,
        },
      ],
      rows,
      t('None.'),
    ),
  )

export const appPreviewPage = (p: {
  readonly app: AppView
  readonly person: string
  readonly problem: string | undefined
  readonly preview: Part<PreviewView> | undefined
  readonly commands: readonly string[]
}): Html => html`${appHead(p.app, '/preview')}
<p class="sub">${t('What the app would get for a person. Nothing is issued.')}</p>
${filterBar(`${appPath(p.app.clientId)}/preview`, searchField({ name: 'person', label: t('Person'), value: p.person, hint: t('User name'), of: 'user' }), t('Show the tokens'))}
${p.problem !== undefined && html`<p class="empty">${known(p.problem)}</p>`}
${
  p.preview &&
  partOf(
    p.preview,
    (
      preview,
    ) => html`<p class="note">${t('Scopes: {scopes}', { scopes: preview.scopes.map((scope) => html`${badge(html`${scope}`)} `) })}</p>
${claims(t('ID token'), preview.idToken)}
${claims(t('Userinfo'), preview.userinfo)}
${claims(preview.accessToken.format === 'opaque' ? t('Access token, as introspection shows it') : t('Access token'), preview.accessToken.claims)}`,
  )
}
${command(p.commands)}`
