// Applications that sign people in here: the list, one of them with its secrets, its settings, and what it would be told.
import type { z } from 'zod'
import {
  appEditPage,
  appPage,
  appPath,
  appPreviewPage,
  appSecretPage,
  appsPage,
} from '../../views/console/apps.ts'
import { confirmPage } from '../../views/console/confirm.ts'
import { formPage } from '../../views/console/form-page.ts'
import { client, secretAnswer } from '../admin/clients/schemas.ts'
import { listOf } from '../admin/list.ts'
import { person } from '../admin/people/schemas.ts'
import { isProblem, type Problem } from '../problem.ts'
import { type ActSpec, actRoutes, type Params } from './act.ts'
import { adminCommand } from './command.ts'
import { sendList } from './download.ts'
import { bodyOf, type FieldSpec, fieldsOf, formProblem, isFormProblem } from './form.ts'
import { openFresh, staleProblem } from './fresh.ts'
import { type ListQuery, listLinks } from './list.ts'
import { part } from './part.ts'
import type { ConsoleRequest } from './request.ts'
import type { ConsoleRoute } from './route.ts'
import { sentence } from './sentence.ts'
import { showPage } from './show.ts'

type ClientAnswer = z.output<typeof client>

const doneMessages: ReadonlyMap<string, string> = new Map([
  ['saved', 'The app was saved.'],
  ['disabled', 'The app is disabled.'],
  ['enabled', 'The app is enabled.'],
  ['deleted', 'The app was deleted.'],
  ['secret', 'The secret was deleted.'],
])

const doneOf = ({ query }: ConsoleRequest): string | undefined => doneMessages.get(query.get('done') ?? '')

const filterOf = ({ query }: ConsoleRequest): ListQuery => ({
  search: query.get('search'),
  source: query.get('source'),
  state: query.get('state'),
})

const clientArn = (request: ConsoleRequest, id: string): string =>
  `arn:aws:oidc::${request.ports.use.serverAccountId}:client/${id}`

async function showApps(request: ConsoleRequest): Promise<void> {
  const filter = filterOf(request)
  const cursor = request.query.get('cursor') || undefined
  const { items, cursor: next } = await request.ask('ListClients', listOf(client), {
    query: { ...filter, cursor, limit: '48' },
  })
  await showPage(request, {
    section: 'apps',
    title: 'Apps',
    body: appsPage({
      apps: items,
      filter: {
        search: filter['search'] ?? '',
        source: filter['source'] ?? '',
        state: filter['state'] ?? '',
      },
      links: listLinks('/console/apps', filter, { cursor, next }),
      denied: await request.denial({
        action: 'chancery:CreateClient',
        resource: clientArn(request, '*'),
      }),
      done: doneOf(request),
      commands: [adminCommand(request.ports.issuer, 'ListClients', [], filter)],
    }),
  })
}

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> => {
    const filter = filterOf(request)
    return sendList<ClientAnswer>(request, format, {
      name: 'apps',
      page: (cursor) =>
        request.ask('ListClients', listOf(client), { query: { ...filter, cursor, limit: '200' } }),
      columns: [
        ['clientId', ({ clientId }) => clientId],
        ['name', ({ name }) => name],
        ['source', ({ source }) => source],
        ['state', ({ state }) => state],
        ['access', ({ access }) => access],
        ['createdAt', ({ createdAt }) => createdAt],
      ],
    })
  }

const find = (request: ConsoleRequest) =>
  request.askWithVersion('GetClient', client, { params: { client: request.param('client') } })

async function showApp(request: ConsoleRequest): Promise<void> {
  const { answer: app } = await find(request)
  const operations = [
    'DisableClient',
    'EnableClient',
    'DeleteClient',
    'CreateClientSecret',
    'DeleteClientSecret',
  ]
  const denied = await Promise.all(
    operations.map((name) => request.denial({ action: `chancery:${name}`, resource: app.arn })),
  )
  await showPage(request, {
    section: 'apps',
    title: app.name ?? app.clientId,
    body: appPage({
      app,
      issuer: request.ports.issuer,
      done: doneOf(request),
      denied: new Map(operations.map((name, at) => [name, denied[at]])),
      commands: [adminCommand(request.ports.issuer, 'GetClient', [app.clientId])],
    }),
  })
}

const entryFields: readonly FieldSpec[] = [
  {
    name: 'client_name',
    label: 'Name',
    kind: 'text',
    required: true,
    note: 'People see it when they sign in.',
  },
  {
    name: 'redirect_uris',
    label: 'Redirect URIs',
    kind: 'lines',
    as: 'list',
    required: true,
    note: 'Where sign-ins return to, one on each line, exactly as the app sends them.',
  },
  {
    name: 'post_logout_redirect_uris',
    label: 'After sign-out',
    kind: 'lines',
    as: 'list',
    note: 'Where sign-outs return to.',
  },
  {
    name: 'client_uri',
    label: 'Home page',
    kind: 'text',
    note: 'Opened from the list of apps on the account pages of those who may use it.',
  },
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
    kind: 'lines',
    as: 'list',
    note: 'Names, when members of groups may use it.',
  },
]

/** What kinds of application there are, by how they prove themselves. */
const kindField: FieldSpec = {
  name: 'kind',
  label: 'What it is',
  kind: 'choice',
  options: [
    ['web', 'A web application on a server'],
    ['browser', 'A single-page application in the browser'],
    ['native', 'A mobile or desktop application'],
  ],
}

const kinds: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map([
  ['web', { application_type: 'web' }],
  ['browser', { application_type: 'web', token_endpoint_auth_method: 'none' }],
  ['native', { application_type: 'native', token_endpoint_auth_method: 'none' }],
])

async function showNew(
  request: ConsoleRequest,
  values: (name: string) => string | undefined = () => undefined,
  problem?: Problem,
): Promise<void> {
  const fields = [kindField, ...entryFields]
  await showPage(request, {
    section: 'apps',
    title: 'New app',
    status: problem === undefined ? 200 : 422,
    body: formPage({
      crumb: { href: '/console/apps', title: 'Apps' },
      title: 'New app',
      lead: 'Anything that signs people in with OpenID Connect.',
      form: {
        target: { action: '/console/apps/new', token: request.token },
        fields: fieldsOf(fields, values, problem),
        problem: formProblem(fields, problem),
        submit: 'Create the app',
      },
      commands: [
        adminCommand(request.ports.issuer, 'CreateClient', [], {
          client_name: 'Wiki',
          redirect_uris: 'https://wiki.example/callback',
        }),
      ],
    }),
  })
}

async function create(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const again = (problem: Problem) => showNew(request, (name) => form.get(name), problem)
  if (!(await request.isFresh())) return again(staleProblem)
  const kind = kinds.get(form.get('kind') ?? '') ?? {}
  try {
    const made = await request.ask('CreateClient', client.extend({ secret: secretAnswer.optional() }), {
      body: { ...bodyOf(entryFields, form, 'omit'), ...kind },
    })
    await showPage(request, {
      section: 'apps',
      title: 'The app is ready',
      body: appSecretPage({ app: made, issuer: request.ports.issuer, secret: made.secret?.value }),
    })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again(error)
  }
}

const text = (value: unknown): string | undefined => {
  if (Array.isArray(value)) return value.map(String).join('\n')
  return typeof value === 'string' ? value : undefined
}

async function showEdit(request: ConsoleRequest): Promise<void> {
  const { answer, version } = await find(request)
  await edit(request, answer, version, (name) => text(answer.metadata[name]))
}

async function edit(
  request: ConsoleRequest,
  app: ClientAnswer,
  version: string,
  values: (name: string) => string | undefined,
  problem?: Problem,
): Promise<void> {
  await showPage(request, {
    section: 'apps',
    title: app.name ?? app.clientId,
    status: problem === undefined ? 200 : 422,
    body: appEditPage({
      app,
      denied: await request.denial({ action: 'chancery:UpdateClient', resource: app.arn }),
      form: {
        target: { action: `${appPath(app.clientId)}/edit`, token: request.token },
        fields: fieldsOf(entryFields, values, problem),
        problem: formProblem(entryFields, problem),
        submit: 'Save',
        hidden: { version },
      },
      commands: [adminCommand(request.ports.issuer, 'UpdateClient', [app.clientId], { client_name: 'Wiki' })],
    }),
  })
}

async function save(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const again = async (problem: Problem) => {
    const { answer, version } = await find(request)
    await edit(request, answer, version, (name) => form.get(name), problem)
  }
  if (!(await request.isFresh())) return again(staleProblem)
  const body = bodyOf(entryFields, form, 'null')
  // An app that is for everyone has no list of groups.
  if (body['access'] !== 'groups') body['access_groups'] = null
  try {
    const changed = await request.ask('UpdateClient', client, {
      params: { client: request.param('client') },
      body,
      version: form.get('version'),
    })
    request.redirect(`${appPath(changed.clientId)}?done=saved`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again(error)
  }
}

async function showPreview(request: ConsoleRequest): Promise<void> {
  const { answer: app } = await find(request)
  const name = (request.query.get('person') ?? '').trim()
  const found = name === '' ? undefined : await preview(request, app.clientId, name)
  await showPage(request, {
    section: 'apps',
    title: app.name ?? app.clientId,
    body: appPreviewPage({
      app,
      person: name,
      problem: found?.problem,
      preview: found?.preview,
      commands: [`npx chancery client preview ${app.clientId} --user ${name === '' ? 'ada' : name}`],
    }),
  })
}

/** Whoever may read the person and the app may see what the one is told about the other. */
async function preview(request: ConsoleRequest, clientId: string, name: string) {
  try {
    const { id } = await request.ask('GetPerson', person, { params: { person: name } })
    return {
      problem: undefined,
      preview: await part(() => request.ports.previewClient({ clientId, userId: id })),
    }
  } catch (error) {
    if (!isProblem(error, 'not_found', 'denied', 'validation')) throw error
    return { problem: sentence(error.message), preview: undefined }
  }
}

async function askSecret(request: ConsoleRequest): Promise<void> {
  const { answer: app } = await find(request)
  const title = 'Add a second secret?'
  await showPage(request, {
    section: 'apps',
    title,
    body: confirmPage({
      title,
      lead: 'The first one stays valid until it is deleted.',
      crumb: { href: appPath(app.clientId), title: app.name ?? app.clientId },
      target: { action: `${appPath(app.clientId)}/secrets`, token: request.token },
      button: 'Add a secret',
      look: 'primary',
      ends: undefined,
      problem: undefined,
      commands: [adminCommand(request.ports.issuer, 'CreateClientSecret', [app.clientId])],
    }),
  })
}

/** The secret is in the answer to the form alone. */
async function addSecret(request: ConsoleRequest): Promise<void> {
  await request.form()
  const id = request.param('client')
  if (!(await request.isFresh())) return request.signInAgain(`${appPath(id)}/secrets`)
  const made = await request.ask('CreateClientSecret', secretAnswer, { params: { client: id } })
  await showPage(request, {
    section: 'apps',
    title: 'Copy the secret now',
    body: appSecretPage({ app: { clientId: id }, issuer: request.ports.issuer, secret: made.value }),
  })
}

const idOf = (params: Params): string => params['client'] ?? ''

const act = (
  path: string,
  operation: string,
  rest: Pick<ActSpec, 'title' | 'lead' | 'button' | 'next'> & Partial<Pick<ActSpec, 'look'>>,
): ActSpec => ({
  section: 'apps',
  path: `/apps/:client/${path}`,
  operation,
  back: (params) => ({ href: appPath(idOf(params)), title: idOf(params) }),
  command: (issuer, params) => adminCommand(issuer, operation, Object.values(params)),
  ...rest,
})

const acts = actRoutes([
  act('disable', 'DisableClient', {
    title: (params) => `Disable ${idOf(params)}?`,
    lead: 'Nobody can sign in to it, and it gets no tokens. Sessions of roles that it made end.',
    button: 'Disable',
    next: (params) => `${appPath(idOf(params))}?done=disabled`,
  }),
  act('enable', 'EnableClient', {
    title: (params) => `Enable ${idOf(params)}?`,
    lead: 'People can sign in to it again. Sessions of roles that ended stay ended.',
    button: 'Enable',
    look: 'primary',
    next: (params) => `${appPath(idOf(params))}?done=enabled`,
  }),
  act('delete', 'DeleteClient', {
    title: (params) => `Delete ${idOf(params)}?`,
    lead: 'Nobody can sign in to it, and its tokens and secrets end. This cannot be undone.',
    button: 'Delete',
    next: () => '/console/apps?done=deleted',
  }),
  act('secrets/:secret/delete', 'DeleteClientSecret', {
    title: (params) => `Delete a secret of ${idOf(params)}?`,
    lead: 'An app that still uses it can no longer authenticate.',
    button: 'Delete the secret',
    next: (params) => `${appPath(idOf(params))}?done=secret`,
  }),
])

export const appRoutes: readonly ConsoleRoute[] = [
  ['GET', '/apps', showApps],
  ['GET', '/apps.csv', download('csv')],
  ['GET', '/apps.json', download('json')],
  ['GET', '/apps/new', openFresh((request) => showNew(request))],
  ['POST', '/apps/new', create],
  ['GET', '/apps/:client', showApp],
  ['GET', '/apps/:client/edit', openFresh(showEdit)],
  ['POST', '/apps/:client/edit', save],
  ['GET', '/apps/:client/preview', showPreview],
  ['GET', '/apps/:client/secrets', openFresh(askSecret)],
  ['POST', '/apps/:client/secrets', addSecret],
  ...acts,
]
