// Groups: the list, one group with its members, and the form of a new one.
import type { z } from 'zod'
import type { AroundView } from '../../../views/console/access/picture.ts'
import { t, type Words } from '../../../views/console/message.ts'
import { groupPage, groupsPage } from '../../../views/console/people/groups.ts'
import { groupPath } from '../../../views/console/people/people.ts'
import { html } from '../../../views/html.ts'
import { group } from '../../admin/groups/operations.ts'
import { listOf } from '../../admin/list.ts'
import { person } from '../../admin/people/schemas.ts'
import type { Problem } from '../../problem.ts'
import { accessChangeRoutes, typedName, type Wrong, wrongIn } from '../access/access-change.ts'
import { aroundPicture } from '../access/around-picture.ts'
import { attachFormOf, holderAttachmentRoutes } from '../access/attachment.ts'
import { mostInFile, sendAccess } from '../access/file.ts'
import { actRoutes } from '../frame/act.ts'
import { adminCommand } from '../frame/command.ts'
import { sendList } from '../frame/download.ts'
import { bodyOf, type FieldSpec, isFormProblem } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import { listLinks } from '../frame/list.ts'
import { type NewForm, showNewForm } from '../frame/new.ts'
import { withNewName } from '../frame/new-name.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'
import { suggestionsFor } from '../frame/suggest.ts'
import { membershipChange } from './membership.ts'
import { type PersonAnswer, personColumns } from './person-request.ts'

type GroupAnswer = z.output<typeof group>

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['created', t('The group was created.')],
  ['deleted', t('The group was deleted.')],
  ['join', t('They are in the group.')],
  ['attach', t('The policy is attached.')],
  ['detach', t('The policy is detached.')],
])

const doneOf = ({ query }: ConsoleRequest): Words | undefined => doneMessages.get(query.get('done') ?? '')

async function showGroups(request: ConsoleRequest): Promise<void> {
  const search = request.query.get('search') ?? ''
  const cursor = request.query.get('cursor') || undefined
  const { items, cursor: next } = await request.perform('ListGroups', listOf(group), {
    query: { search, cursor, limit: '50' },
  })
  await showPage(request, {
    section: 'people',
    title: t('Groups'),
    body: groupsPage({
      groups: items,
      search,
      links: listLinks('/console/groups', { search }, { cursor, next }),
      denied: await request.denial({
        action: 'chancery:CreateGroup',
        resource: `arn:aws:iam::${request.accountId}:group/*`,
      }),
      done: doneOf(request),
      commands: [adminCommand(request.ports.issuer, 'ListGroups', [], { search })],
    }),
  })
}

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> => {
    const search = request.query.get('search')
    return sendList<GroupAnswer>(request, format, {
      name: 'groups',
      page: (cursor) =>
        request.perform('ListGroups', listOf(group), { query: { search, cursor, limit: '200' } }),
      columns: [
        ['name', ({ name }) => name],
        ['displayName', ({ displayName }) => displayName],
        ['policies', ({ policies }) => policies.join(' ')],
        ['createdAt', ({ createdAt }) => createdAt],
        ['arn', ({ arn }) => arn],
      ],
    })
  }

const groupAccess = (request: ConsoleRequest, groupName: string): Promise<AroundView> =>
  aroundPicture(request, {
    here: groupPath(groupName),
    read: (input) => request.ports.iam.getGroupAccess(request.call, { ...input, groupName }),
    labels: {
      who: t('Who is in it'),
      nobody: t('Nobody.'),
      reaches: t('What they reach by it'),
    },
    words: {
      ask: t('Can its members do this?'),
      who: t('whoever is in {group} and has nothing else', { group: groupName }),
      own: t('With this group alone'),
    },
  })

const downloadAccess =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> => {
    const groupName = request.param('group')
    const most = { who: mostInFile, roles: mostInFile }
    return sendAccess(request, format, groupName, (input) =>
      request.ports.iam.getGroupAccess(request.call, { ...input, groupName, ...most }),
    )
  }

/** What is wrong with a form of the page. */
interface WrongForms {
  readonly policy?: Wrong
  readonly person?: Wrong
}

async function showMembers(request: ConsoleRequest, wrong: WrongForms = {}): Promise<void> {
  const params = { group: request.param('group') }
  const cursor = request.query.get('cursor') || undefined
  const found = await request.perform('GetGroup', group, { params })
  const { items, cursor: next } = await request.perform('ListGroupMembers', listOf(person), {
    params,
    query: { cursor, limit: '50' },
  })
  const denied = (action: string) => request.denial({ action: `chancery:${action}`, resource: found.arn })
  const [deniedAdd, deniedRemove, deniedDelete] = await Promise.all([
    denied('AddGroupMember'),
    denied('RemoveGroupMember'),
    denied('DeleteGroup'),
  ])
  const path = groupPath(found.name)
  const attach = await attachFormOf(request, {
    kind: 'group',
    arn: found.arn,
    action: `${path}/policies`,
    wrong: wrong.policy,
  })
  await showPage(request, {
    section: 'people',
    title: html`${found.displayName ?? found.name}`,
    status: (wrong.policy ?? wrong.person) === undefined ? 200 : 422,
    body: groupPage({
      group: found,
      members: items,
      links: {
        ...listLinks(path, {}, { cursor, next }),
        csv: `${path}/members.csv`,
        json: `${path}/members.json`,
      },
      access: await groupAccess(request, found.name),
      done: doneOf(request),
      attach,
      target: { action: `${path}/members`, token: request.token },
      person: {
        ...wrong.person,
        suggestions: deniedAdd === undefined ? await suggestionsFor(request, 'user') : undefined,
      },
      deniedAdd,
      deniedRemove,
      deniedDelete,
      commands: [
        adminCommand(request.ports.issuer, 'GetGroup', [found.name]),
        adminCommand(request.ports.issuer, 'ListGroupMembers', [found.name]),
        adminCommand(request.ports.issuer, 'AddGroupMember', [found.name, 'ada']),
      ],
    }),
  })
}

const downloadMembers =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> => {
    const params = { group: request.param('group') }
    return sendList<PersonAnswer>(request, format, {
      name: 'members',
      page: (cursor) =>
        request.perform('ListGroupMembers', listOf(person), { params, query: { cursor, limit: '200' } }),
      columns: personColumns,
    })
  }

const changeRoutes: readonly ConsoleRoute[] = [
  ...holderAttachmentRoutes({
    path: '/groups/:group/policies',
    section: 'people',
    kind: 'group',
    nameOf: (request) => request.param('group'),
    pathOf: groupPath,
    show: (request, problem, form) => showMembers(request, { policy: wrongIn(form, 'policy', problem) }),
  }),
  ...accessChangeRoutes({
    path: '/groups/:group/members',
    section: 'people',
    async changeOf(request, form) {
      const person = typedName(form, 'person', 'user')
      const group = request.param('group')
      return membershipChange(request, { person, group, verb: 'join', typed: 'person', fields: { person } })
    },
    back(request) {
      const title = request.param('group')
      return { href: groupPath(title), title: html`${title}` }
    },
    show: (request, problem, form) => showMembers(request, { person: wrongIn(form, 'person', problem) }),
  }),
]

const newGroupFields: readonly FieldSpec[] = [
  {
    name: 'name',
    label: t('Name'),
    kind: 'text',
    required: true,
    note: t('A part of the ARN, for instance staff.'),
  },
  { name: 'displayName', label: t('Name as people read it'), kind: 'text' },
  { name: 'path', label: t('Path'), kind: 'text', note: t('For instance /teams/.') },
]

const newGroup: NewForm = {
  section: 'people',
  crumb: { href: '/console/groups', title: t('Groups') },
  title: t('New group'),
  action: '/console/groups/new',
  fields: newGroupFields,
  submit: t('Create the group'),
  commands: ({ ports }) => [adminCommand(ports.issuer, 'CreateGroup', [], { name: 'staff' })],
}

async function create(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const again = (problem: Problem) => showNewForm(request, newGroup, (name) => form.get(name), problem)
  if (!(await request.isFresh())) return again(staleProblem)
  try {
    const body = bodyOf(newGroupFields, form, 'omit', 'CreateGroup')
    const made = await withNewName({ kind: 'group', field: 'name', name: form.get('name') ?? '' }, () =>
      request.perform('CreateGroup', group, { body }),
    )
    request.redirect(`${groupPath(made.name)}?done=created`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again(error)
  }
}

const acts = actRoutes([
  {
    section: 'people',
    path: '/groups/:group/delete',
    operation: 'DeleteGroup',
    title: (params) => t('Delete the group {group}?', { group: params['group'] ?? '' }),
    lead: t('Its members stay, and lose what its policies allow.'),
    button: t('Delete'),
    back: (params) => ({ href: groupPath(params['group'] ?? ''), title: html`${params['group'] ?? ''}` }),
    next: () => '/console/groups?done=deleted',
    command: (issuer, params) => adminCommand(issuer, 'DeleteGroup', [params['group'] ?? '']),
  },
])

export const groupRoutes: readonly ConsoleRoute[] = [
  ['GET', '/groups', showGroups],
  ['GET', '/groups.csv', download('csv')],
  ['GET', '/groups.json', download('json')],
  ['GET', '/groups/new', openFresh((request) => showNewForm(request, newGroup))],
  ['POST', '/groups/new', create],
  ['GET', '/groups/:group', (request) => showMembers(request)],
  ['GET', '/groups/:group/access.csv', downloadAccess('csv')],
  ['GET', '/groups/:group/access.json', downloadAccess('json')],
  ['GET', '/groups/:group/members.csv', downloadMembers('csv')],
  ['GET', '/groups/:group/members.json', downloadMembers('json')],
  ...changeRoutes,
  ...acts,
]
