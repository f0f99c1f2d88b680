// Groups for the admin API: listed, created, changed, deleted with their memberships. Callers have been authorized
// (admin/operation.ts). Membership is stored on the user, so one record's update decides it.
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { uniqueId } from '../../secure/random.ts'
import { describedGroup, modifiedAtOf } from '../../store/modification-times.ts'
import type { EpochSeconds, ExternalId, Group } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf, groupArn } from '../arn.ts'
import type { Call } from '../caller.ts'
import { byName } from '../lookup.ts'
import { checkName, checkPath } from '../names.ts'
import type { ListPage, ListRequest, Markers } from '../paging.ts'
import { accountQuotas, checkAccountQuota } from '../quotas.ts'
import { pageOfSegments, recordSegment } from '../record/segmented-list.ts'
import { updateRecord } from '../record/update-record.ts'
import { refuseTakenExternalId, withExternalId } from './external-ids.ts'
import type { Expect } from './people-changes.ts'
import { type Person, personOf } from './person.ts'

export interface GroupView {
  /** Unique id (`AGPA…`). */
  readonly id: string
  readonly name: string
  readonly path: string
  readonly arn: string
  /** ARNs of attached policies, and names of the group's own ones. */
  readonly policies: readonly string[]
  readonly createdAt: EpochSeconds
  /** When the group was last changed, or its members. */
  readonly modifiedAt: EpochSeconds
  /** Any text, where the name allows few characters. */
  readonly displayName: string | undefined
  readonly externalIds: readonly ExternalId[]
  readonly version: string
}

export interface NewGroup {
  readonly name: string
  readonly path?: string | undefined
  readonly displayName?: string | undefined
  /** The caller's own id for the group. */
  readonly externalId?: string | undefined
}

/** What is undefined stays; null removes. */
export interface GroupChange {
  readonly name?: string | undefined
  readonly path?: string | undefined
  readonly displayName?: string | null | undefined
  readonly externalId?: string | null | undefined
}

export interface GroupChangesDependencies {
  readonly store: Store
  readonly markers: Markers
}

export class GroupChanges {
  readonly #deps: GroupChangesDependencies
  readonly markers: Markers

  constructor(deps: GroupChangesDependencies) {
    this.#deps = deps
    this.markers = deps.markers
  }

  /** By name in any case, or by unique id. */
  async find(call: Call, nameOrId: string): Promise<GroupView | undefined> {
    const { store } = this.#deps
    const accountId = accountOf(call.caller)
    const byId = /^AGPA[A-Z0-9]{10,30}$/.test(nameOrId) ? await store.get('group', nameOrId) : undefined
    const group = byId?.accountId === accountId ? byId : await byName(store, 'group', accountId, nameOrId)
    return group && groupViewOf(group)
  }

  /** In the order of names. @param search beginning of the name, in any case */
  list(call: Call, search: string, list: string, request: ListRequest): Promise<ListPage<GroupView>> {
    const { store, markers } = this.#deps
    const lookup = { by: 'named', value: accountOf(call.caller), prefix: search.toLowerCase() } as const
    const segment = recordSegment<'group', GroupView>(
      (page) => store.find('group', lookup, page),
      groupViewOf,
    )
    return pageOfSegments(markers, call, list, request, [segment])
  }

  members(call: Call, { id }: GroupView, list: string, request: ListRequest): Promise<ListPage<Person>> {
    const { store, markers } = this.#deps
    const segment = recordSegment<'user', Person>(
      (page) => store.find('user', { by: 'group', value: id }, page),
      (user) => personOf(store, user),
    )
    return pageOfSegments(markers, call, list, request, [segment])
  }

  /** How many members there are, counted up to `most`. */
  async memberCount({ id }: GroupView, most: number): Promise<number> {
    const { records } = await this.#deps.store.find('user', { by: 'group', value: id }, { limit: most })
    return records.length
  }

  /** @throws Problem('conflict') */
  async create(call: Call, input: NewGroup): Promise<GroupView> {
    const { store } = this.#deps
    const group: Group = {
      id: uniqueId('AGPA'),
      accountId: accountOf(call.caller),
      name: checkName('group', input.name),
      path: checkPath(input.path),
      createdAt: call.circumstances.now,
      inline: [],
      attached: [],
      displayName: input.displayName,
      externalIds: withExternalId([], call, input.externalId),
    }
    await refuseTakenExternalId(store, 'group', group, call)
    await store.create('group', group).catch((error: unknown) => {
      throw error instanceof Problem && error.code === 'conflict' ? taken(group.name) : error
    })
    await refuseTakenExternalId(store, 'group', group, call, () => store.delete('group', group.id))
    return groupViewOf(group)
  }

  /** @throws Problem('conflict' | 'not_found') */
  async update(call: Call, group: GroupView, change: GroupChange, expect: Expect): Promise<GroupView> {
    const { store } = this.#deps
    const wanted = withExternalId(group.externalIds, call, change.externalId)
    if (change.externalId !== undefined) {
      const accountId = accountOf(call.caller)
      await refuseTakenExternalId(store, 'group', { id: group.id, accountId, externalIds: wanted }, call)
    }
    const errors = { notFound: () => gone(group.name), conflict: () => taken(change.name ?? group.name) }
    return groupViewOf(
      await updateRecord(store, 'group', group.id, errors, (old) => {
        expect(versionOf(old))
        return {
          ...old,
          name: change.name === undefined ? old.name : checkName('group', change.name),
          path: change.path === undefined ? old.path : checkPath(change.path),
          displayName: change.displayName === undefined ? old.displayName : (change.displayName ?? undefined),
          externalIds: withExternalId(old.externalIds ?? [], call, change.externalId),
        }
      }),
    )
  }

  /** @throws Problem('not_found' | 'limit_exceeded') */
  async addMember(group: GroupView, person: Person): Promise<void> {
    const { store } = this.#deps
    const limits = await accountQuotas(store, group.arn.split(':')[4] ?? '')
    await updateRecord(store, 'user', person.id, { notFound: () => gone(person.name) }, (old) => {
      if (old.groups.includes(group.id)) return old
      checkAccountQuota(limits, 'GroupsPerUser', old.groups.length + 1)
      return { ...old, groups: [...old.groups, group.id] }
    })
    if (await store.get('group', group.id)) return
    await this.#leave(person.id, group.id)
    throw gone(group.name)
  }

  async removeMember(group: GroupView, person: Person): Promise<void> {
    await this.#leave(person.id, group.id)
  }

  /** With its policies; members stay, and lose what the group gave them. */
  async remove(group: GroupView): Promise<void> {
    const { store } = this.#deps
    if (!(await store.delete('group', group.id))) throw gone(group.name)
    for await (const { id } of store.each('user', { by: 'group', value: group.id }))
      await this.#leave(id, group.id)
  }

  /** Takes a person out; one who was deleted meanwhile is in no group. */
  #leave(userId: string, groupId: string): Promise<unknown> {
    return this.#deps.store
      .update('user', userId, (old) => ({ ...old, groups: old.groups.filter((id) => id !== groupId) }))
      .catch((error: unknown) => {
        if (!(error instanceof Problem && error.code === 'not_found')) throw error
      })
  }
}

const gone = (name: string): Problem => new Problem('not_found', `there is no \`${name}\` any more`)
const taken = (name: string): Problem => new Problem('conflict', `the name \`${name}\` is taken`)

export const groupViewOf = (group: Group): GroupView => ({
  id: group.id,
  name: group.name,
  path: group.path,
  arn: groupArn(group),
  policies: [...group.attached, ...group.inline.map(({ name }) => name)],
  createdAt: group.createdAt,
  modifiedAt: modifiedAtOf(group),
  displayName: group.displayName,
  externalIds: group.externalIds ?? [],
  version: versionOf(group),
})

const versionOf = (group: Group): string =>
  sha256base64url(JSON.stringify(describedGroup(group))).slice(0, 22)

/** Of the members of a group, in any order: the version of a group itself does not cover them. */
export const versionOfMembers = (
  members: readonly { readonly id: string; readonly name: string }[],
): string => sha256base64url(JSON.stringify(members.map(({ id, name }) => [id, name]).sort())).slice(0, 22)
