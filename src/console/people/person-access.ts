// What one person can reach: the picture with its questions, the lists of policies for whoever may not see it, and the picture as a file.
import { personPath } from '../../../views/console/people.ts'
import { personAccessPage } from '../../../views/console/person-access.ts'
import type { QuestionView } from '../../../views/console/picture.ts'
import { mostInFile, sendAccess } from '../access/file.ts'
import { questionProblem, readAccess, typedQuestion } from '../access/picture.ts'
import { awsCommand } from '../frame/command.ts'
import { listLinks } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'
import { denials, doneOf, findPerson, type PersonAnswer } from './person-request.ts'

async function showAccess(request: ConsoleRequest): Promise<void> {
  const { answer: found } = await findPerson(request)
  const { name } = found
  const typed = typedQuestion(request)
  const [asked, denied] = await Promise.all([
    pictureFor(request, found, typed),
    denials(request, found.arn, ['UpdatePerson']),
  ])
  // Whoever may not see the picture sees what lists they may.
  const lists = 'value' in asked.picture ? undefined : await policyLists(request, found)
  await showPage(request, {
    section: 'people',
    title: found.displayName ?? found.name,
    status: asked.problem === undefined ? 200 : 422,
    body: personAccessPage({
      person: found,
      done: doneOf(request),
      question: typed,
      problem: asked.problem,
      picture: asked.picture,
      lists,
      target: { action: `${personPath(name)}/join`, token: request.token },
      denied: denied.get('UpdatePerson'),
      links: listLinks(`${personPath(name)}/access`, { ...typed }, { cursor: undefined, next: undefined }),
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

async function policyLists(request: ConsoleRequest, { name, groups }: PersonAnswer) {
  const { iam } = request.ports
  const [attached, inline, ofGroups] = await Promise.all([
    part(async () => (await iam.listAttachedUserPolicies(request.call, { name })).items),
    part(async () => (await iam.listUserPolicies(request.call, { name })).items),
    Promise.all(groups.map((group) => policiesOfGroup(request, group))),
  ])
  return { attached, inline, groups: ofGroups }
}

async function policiesOfGroup(request: ConsoleRequest, name: string) {
  const { iam } = request.ports
  const policies = await part(async () => {
    const [attached, inline] = await Promise.all([
      iam.listAttachedGroupPolicies(request.call, { name }),
      iam.listGroupPolicies(request.call, { name }),
    ])
    return { attached: attached.items, inline: inline.items }
  })
  return { name, policies }
}

const download =
  (format: 'csv' | 'json') =>
  async (request: ConsoleRequest): Promise<void> => {
    const { answer: found } = await findPerson(request)
    await sendAccess(request, format, found.name, (input) =>
      request.ports.iam.getPersonAccess(request.call, { ...input, userName: found.name, roles: mostInFile }),
    )
  }

export const personAccessRoutes: readonly ConsoleRoute[] = [
  ['GET', '/people/:person/access', showAccess],
  ['GET', '/people/:person/access.csv', download('csv')],
  ['GET', '/people/:person/access.json', download('json')],
]
