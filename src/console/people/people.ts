// People: the list, and the forms that create or invite somebody.
import type { z } from 'zod'
import { t } from '../../../views/console/message.ts'
import { manyLink } from '../../../views/console/people/invite-many.ts'
import { invitedPage, peoplePage } from '../../../views/console/people/people.ts'
import { listOf } from '../../admin/list.ts'
import { linkAnswer } from '../../admin/people/link-operations.ts'
import { listedPerson, person } from '../../admin/people/schemas.ts'
import type { Problem } from '../../problem.ts'
import { adminCommand } from '../frame/command.ts'
import { type ListFile, sendList } from '../frame/download.ts'
import { bodyOf, type FieldSpec, isFormProblem } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import { type ListQuery, listLinks } from '../frame/list.ts'
import { type NewForm, showNewForm } from '../frame/new.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'
import { inviteManyRoutes } from './invite-many.ts'
import { personRoutes } from './person.ts'
import { personColumns } from './person-request.ts'

/** People on a page of the list. */
const pageSize = '50'

/** Why second factors and last sign-ins of people may not be read. */
const deniedUses = (request: ConsoleRequest): Promise<string | undefined> =>
  request.denial({
    action: 'chancery:GetPersonFactors',
    resource: `arn:aws:iam::${request.accountId}:user/*`,
  })

/** A page of the list, with second factors and last sign-ins for those who may read them. */
const pageOfPeople = (
  request: ConsoleRequest,
  query: ListQuery,
  denied: string | undefined,
): Promise<PeoplePage> =>
  request.perform('ListPeople', listOf(listedPerson), {
    query: { ...query, ...(denied === undefined && { signIn: 'true' }) },
  })

type ListedPerson = z.output<typeof listedPerson>

interface PeoplePage {
  readonly items: readonly ListedPerson[]
  readonly cursor?: string | undefined
}

const filterOf = (request: ConsoleRequest): ListQuery => {
  const { query } = request
  return { search: query.get('search'), state: query.get('state'), group: query.get('group') }
}

async function showPeople(request: ConsoleRequest): Promise<void> {
  const filter = filterOf(request)
  const cursor = request.query.get('cursor') || undefined
  const uses = await deniedUses(request)
  const [{ items, cursor: next }, denied] = await Promise.all([
    pageOfPeople(request, { ...filter, cursor, limit: pageSize }, uses),
    request.denial({
      action: 'chancery:InvitePerson',
      resource: `arn:aws:iam::${request.accountId}:user/*`,
    }),
  ])
  await showPage(request, {
    section: 'people',
    title: t('People'),
    body: peoplePage({
      people: items,
      filter: { search: filter['search'] ?? '', state: filter['state'] ?? '', group: filter['group'] ?? '' },
      links: listLinks('/console/people', filter, { cursor, next }),
      denied,
      done: request.query.get('done') === 'deleted' ? t('The person was deleted.') : undefined,
      deniedUses: uses,
      commands: [
        adminCommand(
          request.ports.issuer,
          'ListPeople',
          [],
          uses === undefined ? { ...filter, signIn: 'true' } : filter,
        ),
      ],
    }),
  })
}

const download =
  (format: 'csv' | 'json') =>
  async (request: ConsoleRequest): Promise<void> => {
    const filter = filterOf(request)
    const uses = await deniedUses(request)
    return sendList<ListedPerson>(request, format, {
      name: 'people',
      page: (cursor) => pageOfPeople(request, { ...filter, cursor, limit: '200' }, uses),
      columns: [...personColumns, ...(uses === undefined ? useColumns : [])],
    })
  }

const useColumns: ListFile<ListedPerson>['columns'] = [
  ['secondFactors', ({ secondFactors = [] }) => secondFactors.join(' ')],
  ['lastSignIn', ({ lastSignIn }) => lastSignIn],
]

const inviteFields: readonly FieldSpec[] = [
  {
    name: 'name',
    label: t('User name'),
    kind: 'text',
    required: true,
    note: t('To sign in with, for instance ada.'),
  },
  { name: 'displayName', label: t('Full name'), kind: 'text' },
  { name: 'email', label: t('E-mail address'), kind: 'email' },
  {
    name: 'groups',
    label: t('Groups'),
    kind: 'names',
    as: 'list',
    suggest: 'group',
    note: t('Names, separated by commas.'),
  },
  {
    name: 'hours',
    label: t('Hours until the link ends'),
    kind: 'number',
    as: 'number',
    note: t('1 to 336.'),
  },
]

const mailField: FieldSpec = {
  name: 'mail',
  label: t('The link'),
  kind: 'choice',
  as: 'flag',
  required: true,
  options: [
    ['false', t('Show it to me, to hand over')],
    ['true', t('Send it by mail')],
  ],
}

/** Links are sent by mail where the server has mail. */
const fieldsOfInvitation = ({ ports }: ConsoleRequest): readonly FieldSpec[] =>
  ports.use.linkMail.isConfigured ? [...inviteFields, mailField] : inviteFields

async function showInvite(
  request: ConsoleRequest,
  values: (name: string) => string | undefined = (name) => (name === 'hours' ? '72' : undefined),
  problem?: Problem,
): Promise<void> {
  const invitation: NewForm = {
    section: 'people',
    crumb: { href: '/console/people', title: t('People') },
    title: t('Invite a person'),
    lead: t('A link with which they choose a password, once, in one browser.'),
    action: '/console/people/invite',
    fields: fieldsOfInvitation(request),
    submit: t('Invite'),
    after: manyLink,
    commands: ({ ports }) => [
      adminCommand(ports.issuer, 'InvitePerson', [], { name: 'ada', groups: 'staff' }),
    ],
  }
  await showNewForm(request, invitation, values, problem)
}

async function invite(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  if (!(await request.isFresh())) return showInvite(request, (name) => form.get(name), staleProblem)
  try {
    const made = await request.perform('InvitePerson', invitationAnswer, {
      body: bodyOf(fieldsOfInvitation(request), form, 'omit', 'InvitePerson'),
    })
    await showPage(request, {
      section: 'people',
      title: made.url === undefined ? t('The link is on its way') : t('The link is ready'),
      body: invitedPage({ ...made, name: made.person.name }),
      modules: request.ports.appModules,
    })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await showInvite(request, (name) => form.get(name), error)
  }
}

const invitationAnswer = linkAnswer.extend({ person })

export const peopleRoutes: readonly ConsoleRoute[] = [
  ['GET', '/people', showPeople],
  ['GET', '/people.csv', download('csv')],
  ['GET', '/people.json', download('json')],
  ['GET', '/people/invite', openFresh((request) => showInvite(request))],
  ['POST', '/people/invite', invite],
  ...inviteManyRoutes,
  ...personRoutes,
]
