// Operations on people: users of the account with their attributes and state.
import { z } from 'zod'
import { accountOf, userArn } from '../../iam/arn.ts'
import { keysOf } from '../../iam/authorization/resource-keys.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation } from '../operation.ts'
import { groupsNamed, membershipChange, membershipPermissions } from './groups-of-request.ts'
import {
  listedPerson,
  listedPersonAnswer,
  newPerson,
  person,
  personAnswer,
  personChangeMembers,
} from './schemas.ts'
import { peopleStateOperations } from './state-operations.ts'
import { newPersonTarget, nothing, onePerson, personResource, personTarget, verifying } from './target.ts'

export const peopleOperations: readonly Operation[] = [
  operation({
    name: 'ListPeople',
    method: 'GET',
    path: '/people',
    summary: 'list people, or search them by the beginning of name, e-mail address or display name',
    resource: 'arn:aws:iam::<account>:user/*',
    also: ['GetPersonFactors'],
    params: nothing,
    query: z.strictObject({
      ...pageQuery,
      search: z
        .string()
        .min(1)
        .max(256)
        .optional()
        .describe('beginning of name, e-mail address or display name'),
      state: z.enum(['enabled', 'disabled']).optional(),
      group: z.string().min(1).max(128).optional().describe('name of a group'),
      signIn: z
        .boolean()
        .default(false)
        .describe('with second factors and last sign-in, which `chancery:GetPersonFactors` allows'),
    }),
    body: nothing,
    answer: listOf(listedPerson),
    command: { words: 'people list', columns: ['name', 'displayName', 'email', 'state', 'groups'] },
    target(_, call, { signIn }) {
      const arn = `arn:aws:iam::${accountOf(call.caller)}:user/*`
      return { arn, value: true, also: signIn ? [{ action: 'GetPersonFactors', arn }] : [] }
    },
    async run(use, { call, input: { search, state, group: groupName, signIn, ...paging } }) {
      const [group] = groupName === undefined ? [] : await groupsNamed(use, call, 'group', [groupName])
      const filter = { search, state, group: group?.id }
      const { people } = use
      const list = `people ${JSON.stringify(filter)}`
      const answer = await page(
        { markers: people.markers, call, list },
        paging,
        async (name, request) => {
          const { items, marker } = await people.list(call, filter, name, request)
          const uses = signIn ? await people.uses(items) : []
          return { items: items.map((one, at) => listedPersonAnswer(one, uses[at])), marker }
        },
        (one) => one,
      )
      return { answer }
    },
  }),
  operation({
    name: 'GetPerson',
    method: 'GET',
    path: '/people/:person',
    summary: 'show one person',
    resource: personResource,
    params: onePerson,
    query: nothing,
    body: nothing,
    answer: person,
    command: { words: 'people get' },
    target: personTarget,
    run: async (_, { target }) => ({ answer: personAnswer(target), version: target.version }),
  }),
  operation({
    name: 'CreatePerson',
    method: 'POST',
    path: '/people',
    summary: 'create a person, with attributes, groups and a first password',
    resource: personResource,
    also: ['AddGroupMember', 'VerifyPersonEmail'],
    params: nothing,
    query: nothing,
    body: newPerson,
    answer: person,
    status: 201,
    command: { words: 'people create' },
    target: newPersonTarget,
    async run(use, { call, input }) {
      const groups = await groupsNamed(use, call, 'groups', input.groups ?? [])
      const made = await use.peopleChanges.create(call, {
        ...input,
        disabled: input.state === 'disabled',
        groups: groups.map(({ id }) => id),
      })
      return { answer: personAnswer(made), version: made.version, after: personAnswer(made) }
    },
  }),
  operation({
    name: 'UpdatePerson',
    method: 'PATCH',
    path: '/people/:person',
    summary: 'change name, path, attributes or groups; what is left out stays',
    resource: personResource,
    also: ['AddGroupMember', 'RemoveGroupMember', 'VerifyPersonEmail'],
    params: onePerson,
    query: nothing,
    body: z.strictObject(personChangeMembers),
    answer: person,
    command: { words: 'people update' },
    async target(use, call, input) {
      const target = await personTarget(use, call, input)
      const { value } = target
      if (value === undefined) return target
      const memberships =
        input.groups === undefined
          ? []
          : await membershipPermissions(use, call, { before: value.groups, after: input.groups })
      const { name = value.name, path = value.path } = input
      const arn = userArn({ accountId: accountOf(call.caller), path, name })
      // As for iam:UpdateUser: under the new ARN as well.
      const keys = keysOf(value)
      const renamed = arn === target.arn ? [] : [{ action: 'UpdatePerson', arn, keys }]
      const verified = [...new Set([target.arn, arn])].flatMap((one) =>
        verifying(input, one).map((permission) => ({ ...permission, keys })),
      )
      return { ...target, also: [...renamed, ...verified, ...memberships] }
    },
    async run(use, { call, input, target, expect }) {
      const { person: _, groups: names, ...change } = input
      const groups = names && (await groupsNamed(use, call, 'groups', names))
      const { before, after } = await use.peopleChanges.update(
        call,
        target,
        { ...change, groups: groups && membershipChange(target, groups) },
        expect,
      )
      const answer = personAnswer(after)
      return { answer, version: after.version, before: personAnswer(before), after: answer }
    },
  }),
  ...peopleStateOperations,
]
