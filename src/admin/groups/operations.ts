// Operations on groups and their members.
import { z } from 'zod'
import { accountOf, groupArn } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { GroupView } from '../../iam/people/group-changes.ts'
import { instant } from '../instant.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { missing } from '../missing.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import { dryRun } from '../people/ending.ts'
import { externalId, externalIds, line, path, person, personAnswer, personName } from '../people/schemas.ts'
import { nothing } from '../people/target.ts'
import type { UseCases } from '../use-cases.ts'

export const group = z.strictObject({
  id: z.string().describe('unique id'),
  name: z.string(),
  path: z.string(),
  arn: z.string(),
  policies: z.array(z.string()).describe('ARNs of attached policies, names of its own ones'),
  createdAt: z.iso.datetime(),
  modifiedAt: z.iso.datetime().describe('when the group was last changed, or its members'),
  displayName: z.string().optional(),
  externalIds,
})

const groupAnswer = ({ version: _, displayName, ...from }: GroupView): z.input<typeof group> => ({
  ...from,
  policies: [...from.policies],
  createdAt: instant(from.createdAt),
  modifiedAt: instant(from.modifiedAt),
  externalIds: [...from.externalIds],
  ...(displayName !== undefined && { displayName }),
})

const oneGroup = z.strictObject({
  group: z.string().min(1).max(128).describe('name, or unique id (`AGPA…`)'),
})
const name = z
  .string()
  .regex(/^[\w+=,.@-]{1,128}$/, { error: 'must be 1 to 128 of A-Z a-z 0-9 _+=,.@-' })
  .describe('name')
const resource = 'arn:aws:iam::<account>:group/<path><name>'

async function target(
  { groups }: UseCases,
  call: Call,
  { group: nameOrId }: { readonly group: string },
): Promise<Target<GroupView>> {
  const found = await groups.find(call, nameOrId)
  const arn = found?.arn ?? groupArn({ accountId: accountOf(call.caller), path: '/', name: nameOrId })
  return { arn, value: found, version: found?.version }
}

const common = { resource, params: oneGroup, target }
const membership = { resource, target, params: oneGroup.extend({ person: personName }) }

async function memberNamed(use: UseCases, call: Call, nameOrId: string) {
  const found = await use.people.find(call, nameOrId)
  if (found === undefined) throw missing('person', nameOrId, accountOf(call.caller))
  return found
}

/** Members are counted up to this many. */
const mostCounted = 1000

export const groupOperations: readonly Operation[] = [
  operation({
    name: 'ListGroups',
    method: 'GET',
    path: '/groups',
    summary: 'list groups, or those whose name begins so',
    resource: 'arn:aws:iam::<account>:group/*',
    params: nothing,
    query: z.strictObject({
      ...pageQuery,
      search: z.string().min(1).max(128).optional().describe('beginning of the name'),
    }),
    body: nothing,
    answer: listOf(group),
    command: { words: 'groups list', columns: ['name', 'path', 'policies'] },
    target: (_, call) => ({ arn: `arn:aws:iam::${accountOf(call.caller)}:group/*`, value: true }),
    async run({ groups }, { call, input: { search = '', ...paging } }) {
      const read = (list: string, request: Parameters<typeof groups.list>[3]) =>
        groups.list(call, search, list, request)
      const list = `groups ${search}`
      return { answer: await page({ markers: groups.markers, call, list }, paging, read, groupAnswer) }
    },
  }),
  operation({
    ...common,
    name: 'GetGroup',
    method: 'GET',
    path: '/groups/:group',
    summary: 'show one group',
    query: nothing,
    body: nothing,
    answer: group,
    command: { words: 'groups get' },
    run: async (_, { target: found }) => ({ answer: groupAnswer(found), version: found.version }),
  }),
  operation({
    name: 'CreateGroup',
    method: 'POST',
    path: '/groups',
    summary: 'create a group',
    resource,
    params: nothing,
    query: nothing,
    body: z.strictObject({
      name,
      path: path.optional(),
      displayName: line(256).optional().describe('name as people read it'),
      externalId: externalId.optional(),
    }),
    answer: group,
    status: 201,
    command: { words: 'groups create' },
    target: (_, call, input) => ({
      arn: groupArn({ accountId: accountOf(call.caller), path: input.path ?? '/', name: input.name }),
      value: true,
    }),
    async run({ groups }, { call, input }) {
      const made = await groups.create(call, input)
      return { answer: groupAnswer(made), version: made.version, after: groupAnswer(made) }
    },
  }),
  operation({
    ...common,
    name: 'UpdateGroup',
    method: 'PATCH',
    path: '/groups/:group',
    summary: 'change name, path or display name; what is left out stays',
    query: nothing,
    body: z.strictObject({
      name: name.optional(),
      path: path.optional(),
      displayName: line(256).nullable().optional().describe('name as people read it'),
      externalId: externalId.nullable().optional(),
    }),
    answer: group,
    command: { words: 'groups update' },
    async target(use, call, input) {
      const found = await target(use, call, input)
      if (found.value === undefined) return found
      const { name: newName = found.value.name, path: newPath = found.value.path } = input
      const arn = groupArn({ accountId: accountOf(call.caller), path: newPath, name: newName })
      return arn === found.arn ? found : { ...found, also: [{ action: 'UpdateGroup', arn }] }
    },
    async run({ groups }, { call, input, target: found, expect }) {
      const after = await groups.update(call, found, input, expect)
      return {
        answer: groupAnswer(after),
        version: after.version,
        before: groupAnswer(found),
        after: groupAnswer(after),
      }
    },
  }),
  operation({
    ...common,
    name: 'DeleteGroup',
    method: 'DELETE',
    path: '/groups/:group',
    summary: 'delete a group; its members stay, and lose what it gave them',
    query: z.strictObject({ dryRun }),
    body: nothing,
    answer: z.strictObject({
      dryRun: z.boolean().describe('true: nothing was changed'),
      members: z.int().describe(`how many leave it, counted up to ${mostCounted}`),
      policies: z.array(z.string()).describe('what they lose'),
    }),
    command: { words: 'groups delete' },
    async run({ groups }, { input, target: found }) {
      const members = await groups.memberCount(found, mostCounted)
      const answer = { dryRun: input.dryRun, members, policies: [...found.policies] }
      if (input.dryRun) return { answer }
      await groups.remove(found)
      return { answer, before: { ...groupAnswer(found), members } }
    },
  }),
  operation({
    ...common,
    name: 'ListGroupMembers',
    method: 'GET',
    path: '/groups/:group/members',
    summary: 'list the members of a group',
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: listOf(person),
    command: { words: 'groups members', columns: ['name', 'displayName', 'email', 'state'] },
    async run({ groups }, { call, input, target: found }) {
      const read = (list: string, request: Parameters<typeof groups.list>[3]) =>
        groups.members(call, found, list, request)
      const list = `members of ${found.id}`
      return { answer: await page({ markers: groups.markers, call, list }, input, read, personAnswer) }
    },
  }),
  operation({
    ...membership,
    name: 'AddGroupMember',
    method: 'PUT',
    path: '/groups/:group/members/:person',
    summary: 'add a person to a group',
    query: nothing,
    body: nothing,
    answer: z.undefined(),
    command: { words: 'groups add' },
    async run(use, { call, input, target: found }) {
      const member = await memberNamed(use, call, input.person)
      await use.groups.addMember(found, member)
      return { answer: undefined, before: { groups: member.groups }, after: { member: member.arn } }
    },
  }),
  operation({
    ...membership,
    name: 'RemoveGroupMember',
    method: 'DELETE',
    path: '/groups/:group/members/:person',
    summary: 'take a person out of a group',
    query: nothing,
    body: nothing,
    answer: z.undefined(),
    command: { words: 'groups remove' },
    async run(use, { call, input, target: found }) {
      const member = await memberNamed(use, call, input.person)
      await use.groups.removeMember(found, member)
      return { answer: undefined, before: { groups: member.groups }, after: { removed: member.arn } }
    },
  }),
]
