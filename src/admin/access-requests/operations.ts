// Operations on requests of people to become a role for a time.
import { z } from 'zod'
import { type AccessRequest, accessRequestLimits } from '../../iam/access-requests/access-requests.ts'
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import { resourceTagKeys } from '../../iam/tags.ts'
import { instant } from '../instant.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import { nothing } from '../people/target.ts'
import type { UseCases } from '../use-cases.ts'

const states = [
  'open',
  'approved',
  'refused',
  'withdrawn',
  'ended',
] as const satisfies readonly AccessRequest['state'][]

export const accessRequest = z.strictObject({
  id: z.string(),
  userId: z.string().describe('unique id of the person who asks'),
  userName: z.string().describe('their name when they asked'),
  role: z.string().describe('ARN of the role'),
  reason: z.string(),
  minutes: z.int().describe('minutes of access that were asked for'),
  state: z.enum(states).describe('`ended`: the access is over, by itself or early'),
  createdAt: z.iso.datetime(),
  until: z.iso.datetime().optional().describe('end of the access, once it is approved'),
  decidedAt: z.iso.datetime().optional(),
  decidedBy: z.string().optional().describe('ARN of who approved or refused it'),
  answer: z.string().optional().describe('what they said'),
})

const answerOf = (from: AccessRequest): z.input<typeof accessRequest> => ({
  id: from.id,
  userId: from.userId,
  userName: from.userName,
  role: from.roleArn,
  reason: from.reason,
  minutes: Math.round(from.wished / 60),
  state: from.state,
  createdAt: instant(from.createdAt),
  ...(from.until !== undefined && { until: instant(from.until) }),
  ...(from.decision && { decidedAt: instant(from.decision.at), decidedBy: from.decision.by }),
  ...(from.decision?.answer !== undefined && { answer: from.decision.answer }),
})

const resource = 'arn:aws:iam::<account>:role/<path><name>'
const params = z.strictObject({ request: z.string().min(1).max(64).describe('its id') })
const answerText = z.string().min(1).max(accessRequestLimits.text)
const minutes = z
  .int()
  .min(accessRequestLimits.shortest / 60)
  .max(accessRequestLimits.longest / 60)

/** The permission is asked for on the role, so that somebody can decide about some roles alone. */
async function target(
  { accessRequests }: UseCases,
  call: Call,
  { request: id }: { readonly request: string },
): Promise<Target<AccessRequest>> {
  const found = await accessRequests.find(call, id)
  if (found === undefined)
    return { arn: `arn:aws:chancery::${accountOf(call.caller)}:access-request/${id}`, value: undefined }
  return { arn: found.request.roleArn, keys: resourceTagKeys(found.role?.tags), value: found.request }
}

const common = { resource, conditionKeys: ['aws:ResourceTag'], params, query: nothing, target } as const

export const accessRequestOperations: readonly Operation[] = [
  operation({
    name: 'ListAccessRequests',
    method: 'GET',
    path: '/access-requests',
    summary: 'list requests of people to become a role for a time, the latest first',
    resource: 'arn:aws:iam::<account>:role/*',
    params: nothing,
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(states).optional().describe('only those in this state'),
    }),
    body: nothing,
    answer: listOf(accessRequest),
    command: {
      words: 'access-requests list',
      columns: ['id', 'userName', 'role', 'minutes', 'state', 'createdAt', 'until'],
    },
    target: (_, call) => ({ arn: `arn:aws:iam::${accountOf(call.caller)}:role/*`, value: true }),
    async run({ accessRequests, markers }, { call, input }) {
      const list = `access requests:${input.state ?? ''}`
      const read = (_: string, request: Parameters<typeof accessRequests.list>[1]) =>
        accessRequests.list(call, { ...request, state: input.state })
      return { answer: await page({ markers, call, list }, input, read, answerOf) }
    },
  }),
  operation({
    ...common,
    name: 'GetAccessRequest',
    method: 'GET',
    path: '/access-requests/:request',
    summary: 'show a request',
    body: nothing,
    answer: accessRequest,
    command: { words: 'access-requests get' },
    run: async (_, { target: found }) => ({ answer: answerOf(found) }),
  }),
  operation({
    ...common,
    name: 'ApproveAccessRequest',
    method: 'POST',
    path: '/access-requests/:request/approve',
    summary:
      'approve a request of somebody else: until its end, the role’s trust policy lets the person become the role',
    also: ['iam:UpdateAssumeRolePolicy'],
    body: z.strictObject({
      minutes: minutes
        .optional()
        .describe('minutes of access, 15 to 43200; by default as many as were asked for'),
      answer: answerText.optional().describe('a sentence for the person'),
    }),
    answer: accessRequest,
    command: { words: 'access-requests approve' },
    async run({ accessRequests }, { call, input, target: found }) {
      const seconds = input.minutes === undefined ? undefined : input.minutes * 60
      const after = answerOf(await accessRequests.approve(call, found, { seconds, answer: input.answer }))
      return { answer: after, before: answerOf(found), after }
    },
  }),
  operation({
    ...common,
    name: 'RefuseAccessRequest',
    method: 'POST',
    path: '/access-requests/:request/refuse',
    summary: 'refuse a request, with a sentence for the person',
    body: z.strictObject({ answer: answerText.describe('why') }),
    answer: accessRequest,
    command: { words: 'access-requests refuse' },
    async run({ accessRequests }, { call, input, target: found }) {
      const after = answerOf(await accessRequests.refuse(call, found, input))
      return { answer: after, before: answerOf(found), after }
    },
  }),
  operation({
    ...common,
    name: 'EndAccess',
    method: 'POST',
    path: '/access-requests/:request/end',
    summary: 'end approved access now, with the sessions that rest on it',
    body: nothing,
    answer: accessRequest,
    command: { words: 'access-requests end' },
    async run({ accessRequests }, { call, target: found }) {
      const after = answerOf(await accessRequests.end(call, found))
      return { answer: after, before: answerOf(found), after }
    },
  }),
]
