// Who can do something: the people who are allowed it as themselves or as a role that they may become, a page at a time.

import type { QuestionView } from '../../../views/console/access/picture.ts'
import { whoCanPage } from '../../../views/console/access/who-can.ts'
import { counted, t, type Words } from '../../../views/console/message.ts'
import { personPath } from '../../../views/console/people/people.ts'
import type { Reacher, Reachers } from '../../iam/access/read-access.ts'
import { isProblem } from '../../problem.ts'
import { awsCommand } from '../frame/command.ts'
import { sendList } from '../frame/download.ts'
import { listLinks } from '../frame/list.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'
import { questionInput, questionPath, questionProblem, typedQuestion } from './picture.ts'

const path = '/console/access/who'

const list = (request: ConsoleRequest, typed: QuestionView, marker: string | undefined) =>
  request.ports.iam.listPeopleWithAccess(request.call, { ...questionInput(typed), marker, maxItems: 25 })

type Read = { readonly found: Reachers } | { readonly problem: string } | undefined

async function read(request: ConsoleRequest, typed: QuestionView, cursor: string | undefined): Promise<Read> {
  if (typed.action === '') return undefined
  try {
    return { found: await list(request, typed, cursor) }
  } catch (error) {
    if (isProblem(error, 'denied')) return { problem: sentence(error.message) }
    return { problem: questionProblem(error) }
  }
}

async function showWhoCan(request: ConsoleRequest): Promise<void> {
  const typed = typedQuestion(request)
  const cursor = request.query.get('cursor') || undefined
  const answer = await read(request, typed, cursor)
  const found = answer !== undefined && 'found' in answer ? answer.found : undefined
  const problem = answer !== undefined && 'problem' in answer ? answer.problem : undefined
  await showPage(request, {
    section: 'access',
    title: t('Who can'),
    status: problem === undefined ? 200 : 422,
    body: whoCanPage({
      question: typed,
      problem,
      people: found?.items.map((one) => ({
        name: one.name,
        displayName: one.displayName,
        href: questionPath(`${personPath(one.name)}/access`, typed),
        ways: one.ways,
      })),
      notes: found === undefined ? [] : notesOf(found),
      links: listLinks(path, { ...typed }, { cursor, next: found?.marker }),
      commands:
        found === undefined
          ? []
          : [
              awsCommand(request.ports.issuer, 'iam simulate-principal-policy', {
                'policy-source-arn': `arn:aws:iam::${request.accountId}:user/NAME`,
                'action-names': typed.action,
                'resource-arns': typed.resource,
              }),
            ],
    }),
  })
}

/** What the list does not have. */
function notesOf({ items, marker, rolesHidden, moreRoles }: Reachers): readonly Words[] {
  return [
    ...(rolesHidden === undefined
      ? []
      : [t('Ways through roles are hidden: you lack `{permission}`.', { permission: rolesHidden })]),
    ...(moreRoles
      ? [t('The account has more roles than were looked at; ways through the others are missing.')]
      : []),
    ...(marker === undefined
      ? []
      : [
          items.length === 0
            ? t('The list is cut: nobody yet, and people who were not looked at. Go on with the next page.')
            : counted(
                items.length,
                'The list is cut: this one, and people who were not looked at. Go on with the next page.',
                'The list is cut: these {count}, and people who were not looked at. Go on with the next page.',
              ),
        ]),
  ]
}

const waysText = ({ ways }: Reacher): string =>
  ways
    .map(({ role, why }) => `${role === undefined ? 'as themselves' : `as the role ${role}`}: ${why}`)
    .join('; ')

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> => {
    const typed = typedQuestion(request)
    return sendList(request, format, {
      name: 'who-can',
      async page(marker) {
        const found = await list(request, typed, marker)
        return { items: found.items, cursor: found.marker }
      },
      columns: [
        ['name', ({ name }) => name],
        ['displayName', ({ displayName }) => displayName],
        ['arn', ({ arn }) => arn],
        ['ways', waysText],
      ],
    })
  }

export const whoCanRoutes: readonly ConsoleRoute[] = [
  ['GET', '/access/who', showWhoCan],
  ['GET', '/access/who.csv', download('csv')],
  ['GET', '/access/who.json', download('json')],
]
