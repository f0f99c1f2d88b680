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
  table,
  tabs,
  when,
} from '../frame/parts.ts'
import { groupPath, stateBadge } from '../people/people.ts'
import { type Part, partOf } from '../people/person.ts'
import { type LampView, lampSection } from './app-lamp.ts'

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

const sources = {
  file: 'Configuration file',
  stored: 'Console or API',
  registered: 'Registered by itself',
} as const
const accessNames = {
  everyone: 'Everyone',
  groups: 'Members of groups',
  policy: 'Whom a policy allows',
} as const

export const appsPage = (
  p: ListView & {
    readonly apps: readonly AppView[]
    readonly filter: { readonly search: string; readonly source: string; readonly state: string }
  },
): Html =>
  listPage(p, {
    title: 'Apps',
    add: { href: '/console/apps/new', label: 'New app' },
    filter: filterBar(
      '/console/apps',
      html`${searchField({ name: 'search', label: 'Begins with', value: p.filter.search, hint: 'Name or client id' })}
${choiceField({
  name: 'source',
  label: 'Comes from',
  value: p.filter.source,
  options: [['', 'Anywhere'], ...Object.entries(sources)],
})}
${choiceField({
  name: 'state',
  label: 'State',
  value: p.filter.state,
  options: [
    ['', 'All'],
    ['enabled', 'Enabled'],
    ['disabled', 'Disabled'],
  ],
})}`,
    ),
    list:
      p.apps.length === 0
        ? html`<p class="empty">No apps match. An app is anything that signs people in with OpenID Connect.</p>`
        : html`<ul class="tiles">${p.apps.map(
            (app) =>
              html`<li><a class="tile" href="${appPath(app.clientId)}"><span class="strong">${app.name ?? app.clientId}</span><code class="break note">${app.clientId}</code><span class="note">${accessNames[app.access]} · ${sources[app.source]}</span><span>${stateBadge(app.state)}</span></a></li>`,
          )}</ul>`,
  })

const appTabs = (app: AppView, current: string): Html =>
  tabs(
    'Pages of this app',
    [
      ['', 'Overview'],
      ['/connect', 'Connect'],
      ['/edit', 'Settings'],
      ['/preview', 'Token preview'],
    ].map(([path = '', title = '']) => ({
      href: `${appPath(app.clientId)}${path}`,
      title,
      current: path === current,
    })),
  )

export const appHead = (app: AppView, current: string): Html =>
  html`${heading({
    title: html`${app.name ?? app.clientId} ${stateBadge(app.state)}`,
    crumb: { href: '/console/apps', title: 'Apps' },
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
  return html`${accessNames[access]}: ${groups.map(String).map((name, at) => html`${at > 0 && ', '}<a href="${groupPath(name)}">${name}</a>`)}`
}

export const appPage = (p: {
  readonly app: AppView
  readonly issuer: string
  readonly done: string | undefined
  readonly lamp: LampView | undefined
  /** By operation. */
  readonly denied: ReadonlyMap<string, string | undefined>
  readonly commands: readonly string[]
}): Html => {
  const { app } = p
  const base = appPath(app.clientId)
  const link = (path: string, label: string, operation: string, look: 'quiet' | 'danger' = 'quiet') =>
    act({ href: `${base}/${path}`, label, denied: p.denied.get(operation), look })
  const stored = app.source === 'stored'
  return html`${appHead(app, '')}
${done(p.done)}
${app.source === 'file' && caution('This app comes from the configuration file, and is changed there.')}
${p.lamp && lampSection(base, p.lamp)}
${section(
  'To sign people in',
  facts([
    ['Issuer', code(p.issuer)],
    ['Client id', code(app.clientId)],
    ['Discovery', code(`${p.issuer}/.well-known/openid-configuration`)],
    ['Who may use it', whoMayUse(app)],
    ['Comes from', sources[app.source]],
    ...(app.createdAt === undefined ? [] : [['Created', when(app.createdAt)] as const]),
  ]),
)}
${section(
  'Secrets',
  html`${table(
    'Secrets',
    [
      { title: 'Id', cell: ({ id }) => code(id) },
      { title: 'Created', cell: ({ createdAt }) => when(createdAt) },
      { title: 'Last used', cell: ({ lastUsed }) => when(lastUsed) },
      {
        title: 'Delete',
        cell: ({ id }) =>
          app.secrets.length > 1
            ? link(`secrets/${encodeURIComponent(id)}/delete`, 'Delete', 'DeleteClientSecret')
            : html`<span class="note">The only one</span>`,
      },
    ],
    app.secrets,
    stored ? 'It has none.' : 'Secrets of this app are not kept here.',
  )}${stored && app.secrets.length > 0 && app.secrets.length < 2 && html`<p>${link('secrets', 'Add a second secret', 'CreateClientSecret')}</p>`}`,
  'Add a second one, give it to the app, then delete the first: nobody is signed out on the way.',
)}
${section(app.state === 'enabled' ? 'Disable or delete' : 'It is disabled', html`<div class="acts">${app.state === 'enabled' ? link('disable', 'Disable', 'DisableClient', 'danger') : link('enable', 'Enable', 'EnableClient')}${app.source !== 'file' && link('delete', 'Delete', 'DeleteClient', 'danger')}</div>`, app.state === 'enabled' ? 'The next sign-in of whoever uses it is refused.' : undefined)}
${section(
  'Metadata',
  facts(
    Object.entries(app.metadata)
      .filter(([, value]) => isGiven(value))
      .map(([name, value]) => [name, shownValue(value)] as const),
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
${p.app.source === 'file' ? html`<p class="empty">This app comes from the configuration file, and is changed there.</p>` : p.denied !== undefined ? html`<p class="empty">${p.denied}</p>` : html`<div class="form-column">${formOf(p.form)}</div>`}
${command(p.commands)}`

export interface ClaimRow {
  readonly claim: string
  readonly value: unknown
  readonly origin: string
  readonly detail: string
}

export interface PreviewView {
  readonly scopes: readonly string[]
  readonly idToken: readonly ClaimRow[]
  readonly userinfo: readonly ClaimRow[]
  readonly accessToken: { readonly format: string; readonly claims: readonly ClaimRow[] }
}

const origins: ReadonlyMap<string, string> = new Map([
  ['user', 'The person'],
  ['mapping', 'The app’s claims'],
  ['protocol', 'OpenID Connect'],
])

const claims = (title: string, rows: readonly ClaimRow[]): Html =>
  section(
    title,
    table(
      title,
      [
        { title: 'Claim', cell: (row) => code(row.claim) },
        { title: 'Value', cell: (row) => code(JSON.stringify(row.value)) },
        {
          title: 'From',
          cell: (row) =>
            html`${origins.get(row.origin) ?? row.origin}${row.detail !== '' && html`<span class="note reason">${row.detail}</span>`}`,
        },
      ],
      rows,
      'None.',
    ),
  )

export const appPreviewPage = (p: {
  readonly app: AppView
  readonly person: string
  readonly problem: string | undefined
  readonly preview: Part<PreviewView> | undefined
  readonly commands: readonly string[]
}): Html => html`${appHead(p.app, '/preview')}
<p class="sub">What the app would get for a person. Nothing is issued.</p>
${filterBar(`${appPath(p.app.clientId)}/preview`, searchField({ name: 'person', label: 'Person', value: p.person, hint: 'User name', of: 'user' }), 'Show the tokens')}
${p.problem !== undefined && html`<p class="empty">${p.problem}</p>`}
${
  p.preview &&
  partOf(
    p.preview,
    (preview) => html`<p class="note">Scopes: ${preview.scopes.map((scope) => html`${badge(scope)} `)}</p>
${claims('ID token', preview.idToken)}
${claims('Userinfo', preview.userinfo)}
${claims(preview.accessToken.format === 'opaque' ? 'Access token, as introspection shows it' : 'Access token', preview.accessToken.claims)}`,
  )
}
${command(p.commands)}`
