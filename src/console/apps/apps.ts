// Applications that sign people in here: the list, one of them with its secrets, its settings, and what it would be told.
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { readyPage } from '../../../views/console/apps/app-lines.ts'
import {
  appEditPage,
  appName,
  appPage,
  appPath,
  appPreviewPage,
  appsPage,
} from '../../../views/console/apps/apps.ts'
import { t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { client, secretAnswer } from '../../admin/clients/schemas.ts'
import { listOf } from '../../admin/list.ts'
import { person } from '../../admin/people/schemas.ts'
import { isProblem, type Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { type ActSpec, actRoutes, type Params } from '../frame/act.ts'
import { adminCommand } from '../frame/command.ts'
import { askToConfirm } from '../frame/confirm.ts'
import { sendList } from '../frame/download.ts'
import {
  completeBody,
  formProblem,
  isFormProblem,
  suggestingFieldsOf,
  type Typed,
  typedFields,
} from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import { type ListQuery, listLinks } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { problemText, sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'
import { appConnectRoutes } from './connect.ts'
import { changeFields, faultsIn, inWordsOfForm, signsPeopleIn } from './fields.ts'
import { newAppRoutes } from './new-app.ts'
import { signInStatusOf, signInStatusRoutes } from './sign-in-status.ts'

type ClientAnswer = z.output<typeof client>

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['saved', t('The app was saved.')],
  ['redirect', t('The redirect URI was added.')],
  ['disabled', t('The app is disabled.')],
  ['enabled', t('The app is enabled.')],
  ['deleted', t('The app was deleted.')],
  ['secret', t('The secret was deleted.')],
])

const doneOf = ({ query }: ConsoleRequest): Words | undefined => doneMessages.get(query.get('done') ?? '')

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
  const { items, cursor: next } = await request.perform('ListClients', listOf(client), {
    query: { ...filter, cursor, limit: '48' },
  })
  await showPage(request, {
    section: 'apps',
    title: t('Apps'),
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
        request.perform('ListClients', listOf(client), { query: { ...filter, cursor, limit: '200' } }),
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
  request.performWithVersion('GetClient', client, { params: { client: request.param('client') } })

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
    title: appName(app),
    body: appPage({
      app,
      signsPeopleIn: signsPeopleIn(app.metadata),
      issuer: request.ports.issuer,
      done: doneOf(request),
      signIns: await signInStatusOf(request, app),
      denied: new Map(operations.map((name, at) => [name, denied[at]])),
      commands: [adminCommand(request.ports.issuer, 'GetClient', [app.clientId])],
    }),
    modules: request.ports.appModules,
  })
}

const text = (value: unknown): string | undefined => {
  if (Array.isArray(value)) return value.map(String).join('\n')
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined
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
  const fields = changeFields(app)
  await showPage(request, {
    section: 'apps',
    title: appName(app),
    status: problem === undefined ? 200 : 422,
    body: appEditPage({
      app,
      denied: await request.denial({ action: 'chancery:UpdateClient', resource: app.arn }),
      form: {
        target: { action: `${appPath(app.clientId)}/edit`, token: request.token },
        fields: await suggestingFieldsOf(request, fields, values, problem),
        problem: formProblem(fields, problem),
        submit: t('Save'),
        hidden: { version },
      },
      commands: [adminCommand(request.ports.issuer, 'UpdateClient', [app.clientId], { client_name: 'Wiki' })],
    }),
  })
}

async function save(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const { answer: app, version } = await find(request)
  // What was opened, so that a change that somebody made meanwhile is not overwritten unseen.
  const opened = form.get('version') ?? version
  const again = (problem: Problem) => edit(request, app, opened, (name) => form.get(name), problem)
  if (!(await request.isFresh())) return again(staleProblem)
  const typed = changeOf(app, form)
  try {
    const changed = await request.perform('UpdateClient', client, {
      params: { client: request.param('client') },
      body: completeBody(typed, 'UpdateClient', () =>
        faultsIn(typed.body, { ...app.metadata, ...typed.body }),
      ),
      version: form.get('version'),
    })
    request.redirect(`${appPath(changed.clientId)}?done=saved`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again(inWordsOfForm(error, typed.body))
  }
}

function changeOf(app: ClientAnswer, form: Form): Typed {
  const { body, missing } = typedFields(changeFields(app), form, 'null')
  const { access, access_groups: groups } = body
  // With another access the stored groups are removed. Groups that were newly typed are kept, and so refused by the operation.
  const isAsItWas = isDeepStrictEqual(groups, app.metadata['access_groups'])
  const end = isDeepStrictEqual(groups, []) || (access !== 'groups' && isAsItWas)
  const change = end ? { ...body, access_groups: null } : body
  return { body: change, missing }
}

async function showPreview(request: ConsoleRequest): Promise<void> {
  const { answer: app } = await find(request)
  const name = (request.query.get('person') ?? '').trim()
  const found = name === '' ? undefined : await preview(request, app.clientId, name)
  await showPage(request, {
    section: 'apps',
    title: appName(app),
    body: appPreviewPage({
      app,
      person: name,
      problem: found?.problem,
      preview: found?.preview,
      commands: [`npx chancery client preview ${app.clientId} --user ${name === '' ? 'ada' : name}`],
    }),
  })
}

/** The tokens that the app would get for the person. Needs permission to read both. */
async function preview(request: ConsoleRequest, clientId: string, name: string) {
  try {
    const { id } = await request.perform('GetPerson', person, { params: { person: name } })
    return {
      problem: undefined,
      preview: await part(() => request.ports.previewClient({ clientId, userId: id })),
    }
  } catch (error) {
    if (!isProblem(error, 'not_found', 'denied', 'validation')) throw error
    return { problem: problemText(error), preview: undefined }
  }
}

async function askSecret(request: ConsoleRequest, problem?: Problem): Promise<void> {
  const { answer: app } = await find(request)
  const title = t('Add a second secret?')
  await askToConfirm(request, {
    section: 'apps',
    title,
    lead: t('The first one stays valid until it is deleted.'),
    crumb: { href: appPath(app.clientId), title: appName(app) },
    action: `${appPath(app.clientId)}/secrets`,
    button: t('Add a secret'),
    look: 'primary',
    problem: problem && sentence(problem.message),
    commands: [adminCommand(request.ports.issuer, 'CreateClientSecret', [app.clientId])],
  })
}

/** The secret is in the answer to the form alone. */
async function addSecret(request: ConsoleRequest): Promise<void> {
  await request.form()
  const id = request.param('client')
  if (!(await request.isFresh())) return request.signInAgain(`${appPath(id)}/secrets`)
  try {
    const made = await request.perform('CreateClientSecret', secretAnswer, { params: { client: id } })
    await showPage(request, {
      section: 'apps',
      title: t('Copy the secret now'),
      body: readyPage({
        app: { clientId: id, name: await nameOf(request) },
        issuer: request.ports.issuer,
        secret: made.value,
      }),
      modules: request.ports.appModules,
    })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await askSecret(request, error)
  }
}

const idOf = (params: Params): string => params['client'] ?? ''

/** The name of the app; its id, when it has none or the person may not read the app. */
async function nameOf(request: ConsoleRequest): Promise<string> {
  const found = await part(() => find(request))
  return ('value' in found && found.value.answer.name) || request.param('client')
}

const act = (
  path: string,
  operation: string,
  rest: Pick<ActSpec, 'title' | 'lead' | 'button' | 'next'> & Partial<Pick<ActSpec, 'look'>>,
): ActSpec => ({
  section: 'apps',
  path: `/apps/:client/${path}`,
  operation,
  named: nameOf,
  back: (params, name) => ({ href: appPath(idOf(params)), title: html`${name}` }),
  command: (issuer, params) => adminCommand(issuer, operation, Object.values(params)),
  ...rest,
})

const acts = actRoutes([
  act('disable', 'DisableClient', {
    title: (_, name) => t('Disable {name}?', { name }),
    lead: t('Nobody can sign in to it, and it gets no tokens. Sessions of roles that it made end.'),
    button: t('Disable'),
    next: (params) => `${appPath(idOf(params))}?done=disabled`,
  }),
  act('enable', 'EnableClient', {
    title: (_, name) => t('Enable {name}?', { name }),
    lead: t('People can sign in to it again. Sessions of roles that ended stay ended.'),
    button: t('Enable'),
    look: 'primary',
    next: (params) => `${appPath(idOf(params))}?done=enabled`,
  }),
  act('delete', 'DeleteClient', {
    title: (_, name) => t('Delete {name}?', { name }),
    lead: t('Nobody can sign in to it, and its tokens and secrets end. This cannot be undone.'),
    button: t('Delete'),
    next: () => '/console/apps?done=deleted',
  }),
  act('secrets/:secret/delete', 'DeleteClientSecret', {
    title: ({ secret = '' }, name) => t('Delete the secret {secret} of {name}?', { secret, name }),
    lead: t(
      'Whatever still uses it can no longer authenticate. The page of the app shows when it was last used.',
    ),
    button: t('Delete the secret'),
    next: (params) => `${appPath(idOf(params))}?done=secret`,
  }),
])

export const appRoutes: readonly ConsoleRoute[] = [
  ['GET', '/apps', showApps],
  ['GET', '/apps.csv', download('csv')],
  ['GET', '/apps.json', download('json')],
  ...newAppRoutes,
  ...appConnectRoutes,
  ...signInStatusRoutes,
  ['GET', '/apps/:client', showApp],
  ['GET', '/apps/:client/edit', openFresh(showEdit)],
  ['POST', '/apps/:client/edit', save],
  ['GET', '/apps/:client/preview', showPreview],
  ['GET', '/apps/:client/secrets', openFresh((request) => askSecret(request))],
  ['POST', '/apps/:client/secrets', addSecret],
  ...acts,
]
