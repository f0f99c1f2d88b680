// `/Groups` (RFC 7644 §3). Members are never read as a whole to change some: a group may have many.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { accountOf, groupArn } from '../../iam/arn.ts'
import { externalIdOf } from '../../iam/people/external-ids.ts'
import type { GroupView } from '../../iam/people/group-changes.ts'
import { groupNameOf } from '../../iam/people/group-name.ts'
import type { Filter } from './filter.ts'
import { displayNameOf, groupOf, groupResources, membersOf, ownVersions } from './group.ts'
import { list } from './list.ts'
import { valueMatches } from './match.ts'
import { applyStep, type PatchStep, patchSteps } from './patch.ts'
import { ScimProblem } from './problem.ts'
import { project } from './projection.ts'
import {
  mayRead,
  perform,
  permit,
  reading,
  refuseUnknown,
  type ScimRequest,
  unknownResource,
} from './request.ts'
import { assignedValue, isObject, type Resource, resourceOf } from './resource.ts'
import { attributeNamed, groupSchema } from './schemas.ts'
import type { ScimAnswer } from './users.ts'

async function found({ ports, call }: ScimRequest, id: string): Promise<GroupView | undefined> {
  const group = await ports.use.groups.find(call, id)
  return group?.id === id ? group : undefined
}

const arnOf = ({ call }: ScimRequest, group: GroupView | undefined, id: string): string =>
  group?.arn ?? groupArn({ accountId: accountOf(call.caller), path: '/', name: id.slice(0, 128) })

export async function getGroup(request: ScimRequest, id: string): Promise<ScimAnswer> {
  const group = await found(request, id)
  return reading(request, { action: 'GetGroup', arn: arnOf(request, group, id), details: { id } }, () =>
    groupAnswer(request, group, id, 200),
  )
}

export async function listGroups(request: ScimRequest): Promise<ScimAnswer> {
  const { ports, call, query, projection } = request
  const arn = `arn:aws:iam::${accountOf(call.caller)}:group/*`
  const full = async (group: GroupView, filter: Filter, member: string | undefined): Promise<Resource> => {
    const named = membershipTerms(filter)
    if (named === 0) return groupOf(group, undefined, call, ports.base)
    // The group was found by this member, and the filter asks about no other.
    const members =
      named === 1 && member !== undefined ? [{ id: member, name: '' }] : await membersOf(request, group)
    return groupOf(group, members, call, ports.base)
  }
  const show = async (groups: readonly GroupView[]): Promise<readonly Resource[]> =>
    (await groupResources(request, groups)).map((group) => project(projection, group))
  return reading(request, { action: 'ListGroups', arn, details: Object.fromEntries(query) }, async () => ({
    status: 200,
    body: await list(request, { schema: groupSchema, directory: ports.groups, full, show }),
  }))
}

/** How often a filter names members. */
function membershipTerms(filter: Filter): number {
  switch (filter.is) {
    case 'and':
    case 'or':
      return membershipTerms(filter.left) + membershipTerms(filter.right)
    case 'not':
      return membershipTerms(filter.filter)
    case 'value':
      // Parts besides the id need the members themselves.
      return filter.path.name.toLowerCase() === 'members' ? 2 : 0
    default: {
      const { name, sub } = filter.path
      if (name.toLowerCase() !== 'members') return 0
      return sub === undefined || sub.toLowerCase() === 'value' ? 1 : 2
    }
  }
}

export async function createGroup(request: ScimRequest, body: Resource): Promise<ScimAnswer> {
  const group = resourceOf(groupSchema, body)
  const { displayName, externalId } = group
  const names = namesOf(String(displayName))
  const ids = memberIds(group['members'])
  const arn = groupArn({ accountId: accountOf(request.call.caller), path: '/', name: names.name })
  await permit(request, ['CreateGroup', ...(ids.length > 0 ? (['AddGroupMember'] as const) : [])], arn)
  const members = await knownUsers(request, ids)
  const made = await perform(request, {
    name: 'CreateGroup',
    body: { ...names, ...(externalId !== undefined && { externalId }) },
  })
  const id = isObject(made) ? String(made['id']) : ''
  for (const person of members)
    await perform(request, { name: 'AddGroupMember', params: { group: id, person } })
  return afterChange(request, await found(request, id), id, 201)
}

/** A display name that can be a name is not stored twice. */
function namesOf(displayName: string): { readonly name: string; readonly displayName?: string } {
  const name = groupNameOf(displayName)
  return name === displayName ? { name } : { name, displayName }
}

/** PUT: members that are left out of `members` leave the group; without `members` they stay. */
export async function replaceGroup(request: ScimRequest, id: string, body: Resource): Promise<ScimAnswer> {
  const next = resourceOf(groupSchema, body)
  const group = await found(request, id)
  if (group === undefined)
    return refuseUnknown(request, 'UpdateGroup', { arn: arnOf(request, group, id), id })
  const named = Object.keys(body).some((key) => key.toLowerCase() === 'members')
  await permit(request, ['UpdateGroup', ...(named ? membershipActions(['replace']) : [])], group.arn)
  const steps: readonly MemberStep[] = named ? [{ op: 'replace', ids: memberIds(next['members']) }] : []
  return change(request, group, next, steps)
}

export async function patchGroup(request: ScimRequest, id: string, body: Resource): Promise<ScimAnswer> {
  const steps = patchSteps(groupSchema, body)
  const group = await found(request, id)
  if (group === undefined)
    return refuseUnknown(request, 'UpdateGroup', { arn: arnOf(request, group, id), id })
  const isOfMembers = ({ path }: PatchStep): boolean => path.name.toLowerCase() === 'members'
  const ofMembers = steps.filter(isOfMembers)
  const ofGroup = steps.filter((step) => !isOfMembers(step))
  const needsUpdate = ofGroup.length > 0 || ofMembers.length === 0 || request.ifMatch !== undefined
  const actions = membershipActions(ofMembers.map(({ op }) => op))
  await permit(request, [...(needsUpdate ? (['UpdateGroup'] as const) : []), ...actions], group.arn)
  const next = ofGroup.reduce<Resource>(
    (changed, step) => applyStep(groupSchema, changed, step),
    groupOf(group, undefined, request.call, request.ports.base),
  )
  const members: MemberStep[] = []
  for (const step of ofMembers) members.push(await memberStep(request, group, step))
  return change(request, group, next, members)
}

/** What changes of members need on the group. */
function membershipActions(
  ops: readonly MemberStep['op'][],
): readonly ('AddGroupMember' | 'RemoveGroupMember')[] {
  return [
    ...(ops.some((op) => op !== 'remove') ? (['AddGroupMember'] as const) : []),
    ...(ops.some((op) => op !== 'add') ? (['RemoveGroupMember'] as const) : []),
  ]
}

interface MemberStep {
  readonly op: 'add' | 'remove' | 'replace'
  readonly ids: readonly string[]
}

async function memberStep(request: ScimRequest, group: GroupView, step: PatchStep): Promise<MemberStep> {
  const { op, path, value } = step
  if (path.filter === undefined) {
    if (path.sub !== undefined)
      throw new ScimProblem('invalidPath', 'a member is added or removed as a whole')
    const attribute = attributeNamed(groupSchema, 'members')
    const ids = memberIds(attribute && assignedValue(attribute, value))
    return op === 'remove' && ids.length === 0 ? { op: 'replace', ids: [] } : { op, ids }
  }
  if (op !== 'remove' || path.sub !== undefined)
    throw new ScimProblem('invalidPath', 'with a filter, members can be removed only')
  return { op, ids: await chosenMembers(request, group, path.filter) }
}

/** The usual filter, `value eq "…"`, needs no reading of members. */
async function chosenMembers(
  request: ScimRequest,
  group: GroupView,
  filter: Filter,
): Promise<readonly string[]> {
  if (filter.is === 'compare' && filter.comparison === 'eq' && filter.path.name.toLowerCase() === 'value')
    return [String(filter.value)]
  const attribute = attributeNamed(groupSchema, 'members')
  if (attribute === undefined) return []
  const members = await membersOf(request, group)
  return members
    .filter(({ id, name }) => valueMatches(attribute, filter, { value: id, display: name, type: 'User' }))
    .map(({ id }) => id)
}

/** @throws ScimProblem('invalidValue') for groups as members */
function memberIds(members: unknown): readonly string[] {
  const values = Array.isArray(members) ? members.filter(isObject) : []
  return values.map((one) => {
    if (typeof one['type'] === 'string' && one['type'].toLowerCase() === 'group')
      throw new ScimProblem('invalidValue', 'members must be Users: groups in groups are not stored')
    if (typeof one['value'] !== 'string')
      throw new ScimProblem('invalidValue', 'a member needs its `value`, the id of a User')
    return one['value']
  })
}

/** People who are looked up in one turn of the event loop. */
const lookupsPerTurn = 50

/** Ids of Users of the account, each once. @throws ScimProblem('invalidValue') with those that are not */
async function knownUsers({ ports, call }: ScimRequest, ids: readonly string[]): Promise<readonly string[]> {
  const unique = [...new Set(ids)]
  const unknown: string[] = []
  for (const [at, id] of unique.entries()) {
    if (at % lookupsPerTurn === lookupsPerTurn - 1) await nextTurn()
    if ((await ports.use.people.find(call, id))?.id !== id) unknown.push(id.slice(0, 64))
  }
  if (unknown.length === 0) return unique
  const shownIds = unknown.slice(0, 20).map((id) => `\`${id}\``)
  throw new ScimProblem('invalidValue', `there is no User ${shownIds.join(', ')}`)
}

/** Everything is checked before the first change. Each operation is a step of its own: when one fails, those before it stay. */
async function change(
  request: ScimRequest,
  group: GroupView,
  next: Resource,
  steps: readonly MemberStep[],
): Promise<ScimAnswer> {
  const joining = await knownUsers(
    request,
    steps.filter(({ op }) => op !== 'remove').flatMap(({ ids }) => ids),
  )
  const known = new Set(joining)
  const { call } = request
  const displayName = String(next['displayName'])
  const externalId = typeof next['externalId'] === 'string' ? next['externalId'] : undefined
  const names = namesOf(displayName)
  const body = {
    ...(displayName !== displayNameOf(group) && { displayName: null, ...names }),
    ...(externalId !== externalIdOf(group, call) && { externalId: externalId ?? null }),
  }
  const params = { group: group.id }
  const ifMatch = await ownVersions(request, group)
  if (Object.keys(body).length > 0 || steps.length === 0 || ifMatch !== undefined)
    await perform(request, { name: 'UpdateGroup', params, body, ifMatch })
  const one = (name: 'AddGroupMember' | 'RemoveGroupMember', person: string): Promise<unknown> =>
    perform(request, { name, params: { group: group.id, person } })
  for (const { op, ids } of steps) {
    const wanted = new Set(ids)
    const leaving =
      op === 'remove'
        ? ids
        : op === 'replace'
          ? (await membersOf(request, group)).map(({ id }) => id).filter((id) => !wanted.has(id))
          : []
    for (const id of new Set(leaving)) if (await isUser(request, id)) await one('RemoveGroupMember', id)
    if (op !== 'remove') for (const id of wanted) if (known.has(id)) await one('AddGroupMember', id)
  }
  return afterChange(request, await found(request, group.id), group.id, 200)
}

/** Who is gone is in no group; a name is not an id. */
const isUser = async ({ ports, call }: ScimRequest, id: string): Promise<boolean> =>
  (await ports.use.people.find(call, id))?.id === id

export async function deleteGroup(request: ScimRequest, id: string): Promise<ScimAnswer> {
  const group = await found(request, id)
  if (group === undefined)
    return refuseUnknown(request, 'DeleteGroup', { arn: arnOf(request, group, id), id })
  await permit(request, ['DeleteGroup'], group.arn)
  const ifMatch = await ownVersions(request, group)
  await perform(request, { name: 'DeleteGroup', params: { group: id }, ifMatch })
  return { status: 204 }
}

/** Whoever changes a group and may not read it sees it without its members. */
async function afterChange(
  request: ScimRequest,
  group: GroupView | undefined,
  id: string,
  status: 200 | 201,
): Promise<ScimAnswer> {
  const isReadable = group !== undefined && (await mayRead(request, 'GetGroup', group.arn))
  return groupAnswer(request, group, id, status, isReadable)
}

async function groupAnswer(
  request: ScimRequest,
  group: GroupView | undefined,
  id: string,
  status: 200 | 201,
  withMembers = true,
): Promise<ScimAnswer> {
  const [resource] = group === undefined ? [] : await groupResources(request, [group], withMembers)
  if (resource === undefined) throw unknownResource(request.call, 'Group', id)
  const { meta } = resource
  return {
    status,
    body: project(request.projection, resource),
    etag: isObject(meta) ? String(meta['version']) : undefined,
    location: `${request.ports.base}/Groups/${id}`,
  }
}
