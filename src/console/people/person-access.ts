// What one person can reach: the picture with its questions, the lists of policies for whoever may not see it, and the picture as a file.

import type { QuestionView } from '../../../views/console/access/picture.ts'
import { personPath } from '../../../views/console/people/people.ts'
import { personAccessPage } from '../../../views/console/people/person-access.ts'
import { html } from '../../../views/html.ts'
import { accessChangeRoutes, typedName, type Wrong, wrongIn } from '../access/access-change.ts'
import { attachFormOf, holderAttachmentRoutes } from '../access/attachment.ts'
import { mostInFile, sendAccess } from '../access/file.ts'
import { holderPolicies } from '../access/holder-policies.ts'
import { questionProblem, readAccess, typedQuestion } from '../access/picture.ts'
import { awsCommand } from '../frame/command.ts'
import { listLinks } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'
import { suggestionsFor } from '../frame/suggest.ts'
import { membershipChange } from './membership.ts'
import { denials, doneOf, findPerson, type PersonAnswer } from './person-request.ts'

/** What is wrong with a form of the page. */
interface WrongForms {
  readonly policy?: Wrong
  readonly group?: Wrong
}

async function showAccess(request: ConsoleRequest, wrong: WrongForms = {}): Promise<void> {
  const { answer: found } = await findPerson(request)
  const { name } = found
  const typed = typedQuestion(request)
  const path = personPath(name)
  const [asked, denied, policies, attach] = await Promise.all([
    pictureFor(request, found, typed),
    denials(request, found.arn, ['UpdatePerson']),
    holderPolicies(request, 'user', name),
    attachFormOf(request, {
      kind: 'user',
      arn: found.arn,
      action: `${path}/policies`,
      wrong: wrong.policy,
    }),
  ])
  const deniedJoin = denied.get('UpdatePerson')
  await showPage(request, {
    section: 'people',
    title: html`${found.displayName ?? found.name}`,
    status: (asked.problem ?? wrong.policy ?? wrong.group) === undefined ? 200 : 422,
    body: personAccessPage({
      person: found,
      done: doneOf(request),
      question: typed,
      problem: asked.problem,
      picture: asked.picture,
      policies,
      attach,
      // Whoever may not see the picture sees what lists they may.
      groupPolicies: 'value' in asked.picture ? undefined : await groupPolicies(request, found),
      join: {
        target: { action: `${path}/join`, token: request.token },
        denied: deniedJoin,
        group: {
          ...wrong.group,
          suggestions: deniedJoin === undefined ? await suggestionsFor(request, 'group') : undefined,
        },
      },
      links: listLinks(`${path}/access`, { ...typed }, { cursor: undefined, next: undefined }),
      commands: accessCommands(request, found, typed),
    }),
  })
}

/** A question that is not understood leaves the picture without an answer. */
async function pictureFor(request: ConsoleRequest, found: PersonAnswer, typed: QuestionView) {
  const read = (question?: QuestionView) => part(() => readAccess(request, found, question))
  if (typed.action === '') return { picture: await read(), problem: undefined }
  try {
    return { picture: await read(typed), problem: undefined }
  } catch (error) {
    return { problem: questionProblem(error), picture: await read() }
  }
}

function accessCommands({ ports: { issuer } }: ConsoleRequest, found: PersonAnswer, typed: QuestionView) {
  const listed = [
    awsCommand(issuer, 'iam list-attached-user-policies', { 'user-name': found.name }),
    awsCommand(issuer, 'iam list-groups-for-user', { 'user-name': found.name }),
  ]
  if (typed.action === '') return listed
  const asked = {
    'policy-source-arn': found.arn,
    'action-names': typed.action,
    'resource-arns': typed.resource,
  }
  return [awsCommand(issuer, 'iam simulate-principal-policy', asked), ...listed]
}

const groupPolicies = async (request: ConsoleRequest, { groups }: PersonAnswer) =>
  new Map(
    await Promise.all(
      groups.map(async (name) => [name, await holderPolicies(request, 'group', name)] as const),
    ),
  )

const download =
  (format: 'csv' | 'json') =>
  async (request: ConsoleRequest): Promise<void> => {
    const { answer: found } = await findPerson(request)
    await sendAccess(request, format, found.name, (input) =>
      request.ports.iam.getPersonAccess(request.call, { ...input, userName: found.name, roles: mostInFile }),
    )
  }

const accessPath = (name: string): string => `${personPath(name)}/access`
const back = (request: ConsoleRequest) => {
  const title = request.param('person')
  return { href: accessPath(title), title: html`${title}` }
}

const changeRoutes: readonly ConsoleRoute[] = [
  ...holderAttachmentRoutes({
    path: '/people/:person/policies',
    section: 'people',
    kind: 'user',
    nameOf: (request) => request.param('person'),
    pathOf: accessPath,
    show: (request, problem, form) => showAccess(request, { policy: wrongIn(form, 'policy', problem) }),
  }),
  ...accessChangeRoutes({
    path: '/people/:person/join',
    section: 'people',
    async changeOf(request, form) {
      const group = typedName(form, 'group', 'group')
      const person = request.param('person')
      return membershipChange(request, { person, group, verb: 'join', typed: 'group', fields: { group } })
    },
    back,
    show: (request, problem, form) => showAccess(request, { group: wrongIn(form, 'group', problem) }),
  }),
  ...accessChangeRoutes({
    path: '/people/:person/groups/:group/leave',
    section: 'people',
    changeOf: async (request) =>
      membershipChange(request, {
        person: request.param('person'),
        group: request.param('group'),
        verb: 'leave',
        typed: 'group',
      }),
    back,
    show: (request, problem, form) => showAccess(request, { group: wrongIn(form, 'group', problem) }),
  }),
]

export const personAccessRoutes: readonly ConsoleRoute[] = [
  ['GET', '/people/:person/access', (request) => showAccess(request)],
  ['GET', '/people/:person/access.csv', download('csv')],
  ['GET', '/people/:person/access.json', download('json')],
  ...changeRoutes,
]
