// Bearer tokens for SCIM: the list, a new one, and their end.
import type { z } from 'zod'
import { t, type Words } from '../../../views/console/message.ts'
import { scimPage, scimTokenPage, scimTokensPath } from '../../../views/console/settings/scim.ts'
import { listOf } from '../../admin/list.ts'
import { scimPath } from '../../admin/scim/routes.ts'
import { madeScimToken, scimToken } from '../../admin/scim-tokens/operations.ts'
import type { Problem } from '../../problem.ts'
import { actRoutes } from '../frame/act.ts'
import { adminCommand } from '../frame/command.ts'
import { sendList } from '../frame/download.ts'
import { bodyOf, type FieldSpec, flag, isFormProblem } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import { listLinks } from '../frame/list.ts'
import { type NewForm, showNewForm } from '../frame/new.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'

const baseOf = ({ ports }: ConsoleRequest): string => ports.issuer + scimPath

const doneMessages: ReadonlyMap<string, Words> = new Map([['revoked', t('The token was revoked.')]])

async function showTokens(request: ConsoleRequest): Promise<void> {
  const cursor = request.query.get('cursor') || undefined
  // Whoever manages the tokens of a user can act as that user: the permission is on the user.
  const denial = (name: string) =>
    request.denial({ action: `chancery:${name}`, resource: `arn:aws:iam::${request.accountId}:user/*` })
  const [{ items, cursor: next }, deniedCreate, deniedDelete] = await Promise.all([
    request.perform('ListScimTokens', listOf(scimToken), { query: { cursor, limit: '50' } }),
    denial('CreateScimToken'),
    denial('DeleteScimToken'),
  ])
  await showPage(request, {
    section: 'settings',
    title: t('SCIM'),
    body: scimPage({
      tokens: items,
      links: listLinks(scimTokensPath, {}, { cursor, next }),
      base: baseOf(request),
      deniedCreate,
      deniedDelete,
      done: doneMessages.get(request.query.get('done') ?? ''),
      commands: [adminCommand(request.ports.issuer, 'ListScimTokens')],
    }),
  })
}

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> =>
    sendList<z.output<typeof scimToken>>(request, format, {
      name: 'scim-tokens',
      page: (cursor) =>
        request.perform('ListScimTokens', listOf(scimToken), { query: { cursor, limit: '200' } }),
      columns: [
        ['id', ({ id }) => id],
        ['userId', ({ userId }) => userId],
        ['description', ({ description }) => description],
        ['verifiesEmail', ({ verifiesEmail }) => String(verifiesEmail)],
        ['createdAt', ({ createdAt }) => createdAt],
        ['lastUsed', ({ lastUsed }) => lastUsed],
        ['expiresAt', ({ expiresAt }) => expiresAt],
      ],
    })

const fields: readonly FieldSpec[] = [
  {
    name: 'user',
    label: t('Acts as'),
    kind: 'text',
    suggest: 'user',
    required: true,
    note: t('User name. Make a person for the directory, with a policy that allows no more than it needs.'),
  },
  { name: 'description', label: t('What it is for'), kind: 'text', note: t('For instance the directory.') },
  {
    name: 'days',
    label: t('Days until it ends'),
    kind: 'number',
    as: 'number',
    note: t('1 to 3650. Empty: it does not end by itself.'),
  },
  flag('verifiesEmail', t('E-mail addresses that it sets are known to be the persons’')),
]

const newToken: NewForm = {
  section: 'settings',
  crumb: { href: scimTokensPath, title: t('SCIM') },
  title: t('New SCIM token'),
  lead: t('A directory sends it with every request. It is shown once.'),
  action: `${scimTokensPath}/new`,
  fields,
  submit: t('Create the token'),
  commands: ({ ports }) => [
    adminCommand(ports.issuer, 'CreateScimToken', [], { user: 'directory', days: '365' }),
  ],
}

async function create(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const again = (problem: Problem) => showNewForm(request, newToken, (name) => form.get(name), problem)
  if (!(await request.isFresh())) return again(staleProblem)
  try {
    const made = await request.perform('CreateScimToken', madeScimToken, {
      body: bodyOf(fields, form, 'omit', 'CreateScimToken'),
    })
    await showPage(request, {
      section: 'settings',
      title: t('Copy the token now'),
      body: scimTokenPage({
        token: made.token,
        user: form.get('user') ?? '',
        base: baseOf(request),
        expiresAt: made.expiresAt,
      }),
      modules: request.ports.appModules,
    })
  } catch (error) {
    if (!isFormProblem(error, 'not_found')) throw error
    await again(error)
  }
}

const acts = actRoutes([
  {
    section: 'settings',
    path: '/settings/scim/:token/delete',
    operation: 'DeleteScimToken',
    title: () => t('Revoke this SCIM token?'),
    lead: t('The directory that uses it is refused from now on. People that it created stay.'),
    button: t('Revoke'),
    back: () => ({ href: scimTokensPath, title: t('SCIM') }),
    next: () => `${scimTokensPath}?done=revoked`,
    command: (issuer, params) => adminCommand(issuer, 'DeleteScimToken', [params['token'] ?? '']),
  },
])

export const scimRoutes: readonly ConsoleRoute[] = [
  ['GET', '/settings/scim', showTokens],
  ['GET', '/settings/scim.csv', download('csv')],
  ['GET', '/settings/scim.json', download('json')],
  ['GET', '/settings/scim/new', openFresh((request) => showNewForm(request, newToken))],
  ['POST', '/settings/scim/new', create],
  ...acts,
]
