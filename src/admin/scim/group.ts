// A group as a SCIM Group (RFC 7643 §4.2), with the members that an answer shows.
import type { Call } from '../../iam/caller.ts'
import { externalIdOf } from '../../iam/people/external-ids.ts'
import { type GroupView, versionOfMembers } from '../../iam/people/group-changes.ts'
import { instant } from '../instant.ts'
import { ScimProblem } from './problem.ts'
import { shows } from './projection.ts'
import type { ScimRequest } from './request.ts'
import { etagOf, type Resource } from './resource.ts'
import { urns } from './schemas.ts'

/** Members in one answer, of all its groups together. */
export const mostMembers = 20_000

export interface Member {
  readonly id: string
  readonly name: string
}

/** @param members undefined: they are not shown */
export function groupOf(
  group: GroupView,
  members: readonly Member[] | undefined,
  call: Call,
  base: string,
): Resource {
  const externalId = externalIdOf(group, call)
  return {
    schemas: [urns.group],
    id: group.id,
    ...(externalId !== undefined && { externalId }),
    displayName: displayNameOf(group),
    ...(members !== undefined &&
      members.length > 0 && {
        members: members.map(({ id, name }) => ({
          value: id,
          $ref: `${base}/Users/${id}`,
          display: name,
          type: 'User',
        })),
      }),
    meta: {
      resourceType: 'Group',
      created: instant(group.createdAt),
      lastModified: instant(group.modifiedAt),
      location: `${base}/Groups/${group.id}`,
      version: etagOf(groupVersionOf(group, members)),
    },
  }
}

/**
 * Membership is stored on the people, so a group that is read with its members has a version of two parts, and one that is read
 * without them only the first: neither is a claim about what was not read.
 */
const groupVersionOf = (group: GroupView, members: readonly Member[] | undefined): string =>
  members === undefined ? group.version : `${group.version}.${versionOfMembers(members)}`

/**
 * Versions of `If-Match` as operations of the admin API compare them: the part of the group itself. What names other members than
 * there are is left out. Members that are added or removed at the same moment are not noticed.
 * @throws ScimProblem('tooMany')
 */
export async function ownVersions(
  request: ScimRequest,
  group: GroupView,
): Promise<readonly string[] | undefined> {
  const tags = request.ifMatch?.map((tag) => tag.split('.'))
  if (!tags?.some(([, ofMembers]) => ofMembers !== undefined)) return request.ifMatch
  const now = versionOfMembers(await membersOf(request, group))
  return tags.flatMap(([own = '', ofMembers]) => (ofMembers === undefined || ofMembers === now ? [own] : []))
}

export const displayNameOf = ({ displayName, name }: GroupView): string => displayName ?? name

/** @throws ScimProblem('tooMany') beyond `limit` */
export async function membersOf(
  { ports, call }: ScimRequest,
  group: GroupView,
  limit = mostMembers,
): Promise<readonly Member[]> {
  const members: Member[] = []
  for await (const { id, name } of ports.people.by(call, { by: 'group', value: group.id })) {
    if (members.length >= limit)
      throw new ScimProblem(
        'tooMany',
        `more than ${mostMembers} members: ask with excludedAttributes=members, or filter Users by groups.value`,
      )
    members.push({ id, name })
  }
  return members
}

/**
 * Groups as an answer shows them; their members are read when it shows them.
 * @param areReadable whether the caller may know the members
 */
export async function groupResources(
  request: ScimRequest,
  groups: readonly GroupView[],
  areReadable = true,
): Promise<readonly Resource[]> {
  const { call, ports, projection } = request
  const withMembers = areReadable && shows(projection, 'members')
  const resources: Resource[] = []
  let left = mostMembers
  for (const group of groups) {
    const members = withMembers ? await membersOf(request, group, left) : undefined
    left -= members?.length ?? 0
    resources.push(groupOf(group, members, call, ports.base))
  }
  return resources
}
