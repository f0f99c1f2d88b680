// Requests of people to become a role for a time: the list, one of them with its decision, and the switch on a role's page.
import type { z } from 'zod'
import {
  type AccessRequestRow,
  accessRequestPage,
  accessRequestsPage,
  durationText,
  requestPath,
  requestsPath,
} from '../../../views/console/access/access-requests.ts'
import type { Need } from '../../../views/console/home/home.ts'
import { t, type Words } from '../../../views/console/message.ts'
import { rolePath } from '../../../views/console/workloads/workloads.ts'
import { accessRequest } from '../../admin/access-requests/operations.ts'
import { listOf } from '../../admin/list.ts'
import { requestableTag } from '../../iam/access-requests/requestable.ts'
import type { Problem } from '../../problem.ts'
import { actRoutes } from '../frame/act.ts'
import { adminCommand } from '../frame/command.ts'
import { sendList } from '../frame/download.ts'
import { bodyOf, type FieldSpec, fieldsOf, formProblem, isFormProblem } from '../frame/form.ts'
import { staleProblem } from '../frame/fresh.ts'
import { listLinks } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'

type AccessRequestAnswer = z.output<typeof accessRequest>

const states = ['open', 'approved', 'refused', 'withdrawn', 'ended', 'all'] as const

const stateOf = ({ query }: ConsoleRequest): (typeof states)[number] =>
  states.find((one) => one === query.get('state')) ?? 'open'

/** What is approved and over counts as ended, also before its statement is removed. */
const rowOf = (one: AccessRequestAnswer, now: number): AccessRequestRow =>
  one.state === 'approved' && Date.parse(one.until ?? '') <= now * 1000 ? { ...one, state: 'ended' } : one

const pageOf = (request: ConsoleRequest, cursor: string | undefined, limit: number) => {
  const state = stateOf(request)
  return request.perform('ListAccessRequests', listOf(accessRequest), {
    query: { cursor, limit: String(limit), state: state === 'all' ? undefined : state },
  })
}

async function showRequests(request: ConsoleRequest): Promise<void> {
  const cursor = request.query.get('cursor') || undefined
  const state = stateOf(request)
  const { items, cursor: next } = await pageOf(request, cursor, 50)
  const { issuer, now } = request.ports
  await showPage(request, {
    section: 'access',
    title: t('Access requests'),
    body: accessRequestsPage({
      requests: items.map((one) => rowOf(one, now())),
      state,
      links: listLinks(requestsPath, { state }, { cursor, next }),
      commands: [adminCommand(issuer, 'ListAccessRequests', [], { state: state === 'all' ? '' : state })],
    }),
  })
}

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> =>
    sendList(request, format, {
      name: 'access-requests',
      page: (cursor) => pageOf(request, cursor, 200),
      columns: [
        ['id', ({ id }) => id],
        ['userName', ({ userName }) => userName],
        ['role', ({ role }) => role],
        ['reason', ({ reason }) => reason],
        ['minutes', ({ minutes }) => String(minutes)],
        ['state', ({ state }) => state],
        ['createdAt', ({ createdAt }) => createdAt],
        ['until', ({ until }) => until],
        ['decidedBy', ({ decidedBy }) => decidedBy],
        ['answer', ({ answer }) => answer],
      ],
    })

const durations = [15, 60, 240, 480, 1440, 10_080, 43_200]

const answerField: FieldSpec = { name: 'answer', label: t('What you say to them'), kind: 'lines' }
const refuseFields: readonly FieldSpec[] = [{ ...answerField, required: true }]
const approveFields = (wished: number): readonly FieldSpec[] => [
  {
    name: 'minutes',
    label: t('For how long'),
    kind: 'choice',
    required: true,
    as: 'number',
    options: [...new Set([...durations, wished])]
      .toSorted((one, other) => one - other)
      .map((minutes) => [
        String(minutes),
        minutes === wished
          ? t('{duration}, as asked', { duration: durationText(minutes) })
          : durationText(minutes),
      ]),
  },
  answerField,
]

interface Sent {
  readonly act: 'approve' | 'refuse'
  readonly values: (name: string) => string | undefined
  readonly problem: Problem
}

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['approve', t('Approved. The person can become the role now.')],
  ['refuse', t('Refused. The person sees what you said.')],
  ['end', t('The access has ended, with the sessions that rested on it.')],
])

async function showRequest(request: ConsoleRequest, sent?: Sent): Promise<void> {
  const found = await request.perform('GetAccessRequest', accessRequest, {
    params: { request: request.param('request') },
  })
  const { issuer, now } = request.ports
  const formOf = (
    act: Sent['act'],
    specs: readonly FieldSpec[],
    initial: (name: string) => string | undefined,
  ) => {
    const own = sent?.act === act ? sent : undefined
    return {
      fields: fieldsOf(specs, own?.values ?? initial, own?.problem),
      problem: formProblem(specs, own?.problem),
    }
  }
  await showPage(request, {
    section: 'access',
    title: t('{person} asks for access', { person: found.userName }),
    status: sent === undefined ? 200 : 422,
    body: accessRequestPage({
      request: rowOf(found, now()),
      token: request.token,
      approve: formOf('approve', approveFields(found.minutes), (name) =>
        name === 'minutes' ? String(found.minutes) : undefined,
      ),
      refuse: formOf('refuse', refuseFields, () => undefined),
      denied: await denialsOf(request, found),
      done: doneMessages.get(request.query.get('done') ?? ''),
      commands: [
        adminCommand(issuer, 'ApproveAccessRequest', [found.id], { minutes: String(found.minutes) }),
        adminCommand(issuer, 'RefuseAccessRequest', [found.id], { answer: 'Why' }),
        adminCommand(issuer, 'EndAccess', [found.id]),
      ],
    }),
  })
}

async function denialsOf(request: ConsoleRequest, { role: resource, userId }: AccessRequestAnswer) {
  const [approve, trust, refuse, end] = await Promise.all(
    [
      'chancery:ApproveAccessRequest',
      'iam:UpdateAssumeRolePolicy',
      'chancery:RefuseAccessRequest',
      'chancery:EndAccess',
    ].map((action) => request.denial({ action, resource })),
  )
  const own =
    userId === request.user.id ? t('This is your own request: somebody else must approve it.') : undefined
  return { approve: own ?? approve ?? trust, refuse, end }
}

const decide =
  (act: Sent['act'], operation: string) =>
  async (request: ConsoleRequest): Promise<void> => {
    const form = await request.form()
    const values = (name: string) => form.get(name)
    const again = (problem: Problem) => showRequest(request, { act, values, problem })
    if (!(await request.isFresh())) return again(staleProblem)
    const id = request.param('request')
    const specs = act === 'approve' ? approveFields(0) : refuseFields
    try {
      const body = bodyOf(specs, form, act === 'approve' ? 'omit' : 'null')
      await request.perform(operation, accessRequest, { params: { request: id }, body })
    } catch (error) {
      if (!isFormProblem(error)) throw error
      return again(error)
    }
    request.redirect(`${requestPath(id)}?done=${act}`)
  }

const acts = actRoutes([
  {
    section: 'access',
    path: '/access/requests/:request/end',
    operation: 'EndAccess',
    title: () => t('End this access now?'),
    lead: t('The statement is removed from the trust policy, and sessions that rest on it end at once.'),
    button: t('End now'),
    back: (params) => ({ href: requestPath(params['request'] ?? ''), title: t('Request') }),
    next: (params) => `${requestPath(params['request'] ?? '')}?done=end`,
    command: (issuer, params) => adminCommand(issuer, 'EndAccess', [params['request'] ?? '']),
  },
])

/** Sets or removes the tag that lets people ask for a role. */
async function switchRequestable(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const name = request.param('role')
  if (!(await request.isFresh())) return request.signInAgain(rolePath(name))
  const { iam } = request.ports
  if (form.get('requestable') === 'yes')
    await iam.tagRole(request.call, { name, tags: [{ key: requestableTag, value: 'true' }] })
  else await iam.untagRole(request.call, { name, keys: [requestableTag] })
  request.redirect(`${rolePath(name)}?done=${form.get('requestable') === 'yes' ? 'askable' : 'not-askable'}`)
}

/** For Home: the open requests, when the person may see them. */
export async function requestNeeds(request: ConsoleRequest): Promise<readonly Need[]> {
  const most = 20
  const found = await part(() =>
    request.perform('ListAccessRequests', listOf(accessRequest), {
      query: { state: 'open', limit: String(most) },
    }),
  )
  const items = 'value' in found ? found.value.items : []
  const [latest] = items
  if (latest === undefined) return []
  const title =
    items.length === 1
      ? t('One request for access waits for a decision')
      : items.length === most
        ? t('{count} or more requests for access wait for a decision', { count: most })
        : t('{count} requests for access wait for a decision', { count: items.length })
  const role = latest.role.slice(latest.role.lastIndexOf('/') + 1)
  const href = items.length === 1 ? requestPath(latest.id) : requestsPath
  return [{ title, text: t('{person} asks for {role}.', { person: latest.userName, role }), href }]
}

export const accessRequestRoutes: readonly ConsoleRoute[] = [
  ['GET', '/access/requests', showRequests],
  ['GET', '/access/requests.csv', download('csv')],
  ['GET', '/access/requests.json', download('json')],
  ['GET', '/access/requests/:request', (request) => showRequest(request)],
  ['POST', '/access/requests/:request/approve', decide('approve', 'ApproveAccessRequest')],
  ['POST', '/access/requests/:request/refuse', decide('refuse', 'RefuseAccessRequest')],
  ...acts,
  ['POST', '/workloads/:role/requestable', switchRequestable],
]
