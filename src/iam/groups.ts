// Groups and their members. The user record holds the memberships, so that a change of one is a single compare-and-swap.
import { uniqueId } from '../secure/random.ts'
import type { Group, User } from '../store/records.ts'
import { accountOf } from './arn.ts'
import { getAuthorized, renameAuthorized, updateErrors } from './authorization/authorized-principal.ts'
import type { Call } from './caller.ts'
import type { IamDependencies } from './dependencies.ts'
import { byName, entityArn } from './lookup.ts'
import { createUnique, deleteConflict, noSuch } from './messages.ts'
import { checkName, checkPath } from './names.ts'
import { type ListPage, type ListRequest, pageOfItems } from './paging.ts'
import { accountQuotas, checkAccountQuota } from './quotas.ts'
import { createWithinQuota } from './record/create-within-quota.ts'
import { pageOf } from './record/segmented-list.ts'
import { updateRecord } from './record/update-record.ts'

interface Membership {
  readonly groupName: string
  readonly userName: string
}

export class Groups {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  async createGroup(
    call: Call,
    input: { readonly groupName: string; readonly path?: string | undefined },
  ): Promise<Group> {
    const { authorizer, store } = this.#deps
    const group: Group = {
      id: uniqueId('AGPA'),
      accountId: accountOf(call.caller),
      name: checkName('group', input.groupName),
      path: checkPath(input.path),
      createdAt: call.circumstances.now,
      inline: [],
      attached: [],
    }
    await authorizer.authorize(call, 'iam:CreateGroup', entityArn('group', group))
    const inAccount = { by: 'account', value: group.accountId } as const
    const limited = { kind: 'group', record: group, quota: 'GroupsPerAccount', lookup: inAccount } as const
    await createWithinQuota(store, limited, () =>
      createUnique(store.create('group', group), 'group', group.name),
    )
    return group
  }

  async getGroup(
    call: Call,
    input: ListRequest & { readonly groupName: string },
  ): Promise<{ readonly group: Group; readonly users: ListPage<User> }> {
    const { markers, store } = this.#deps
    const group = await getAuthorized(this.#deps, call, 'group', input.groupName, 'iam:GetGroup')
    const users = await pageOf<'user'>(markers, call, `members:${group.id}`, input, (page) =>
      store.find('user', { by: 'group', value: group.id }, page),
    )
    return { group, users }
  }

  async listGroups(
    call: Call,
    input: ListRequest & { readonly pathPrefix?: string | undefined },
  ): Promise<ListPage<Group>> {
    const { authorizer, markers, store } = this.#deps
    const accountId = accountOf(call.caller)
    const prefix = input.pathPrefix ?? '/'
    await authorizer.authorize(call, 'iam:ListGroups', `arn:aws:iam::${accountId}:group${prefix}`)
    return pageOf<'group'>(
      markers,
      call,
      `groups:${prefix}`,
      input,
      (page) => store.find('group', { by: 'account', value: accountId, prefix }, page),
      (group) => group.path.startsWith(prefix),
    )
  }

  async listGroupsForUser(
    call: Call,
    input: ListRequest & { readonly userName: string },
  ): Promise<ListPage<Group>> {
    const { store, markers } = this.#deps
    const user = await getAuthorized(this.#deps, call, 'user', input.userName, 'iam:ListGroupsForUser')
    const found = await Promise.all(user.groups.map((id) => store.get('group', id)))
    const there = found.filter((group) => group !== undefined)
    return pageOfItems(markers, call, `groups-of:${user.id}`, input, there, (group) => group.name)
  }

  updateGroup(
    call: Call,
    input: {
      readonly groupName: string
      readonly newGroupName?: string | undefined
      readonly newPath?: string | undefined
    },
  ): Promise<Group> {
    return renameAuthorized(this.#deps, call, 'group', 'iam:UpdateGroup', input.groupName, {
      name: input.newGroupName === undefined ? undefined : checkName('group', input.newGroupName),
      path: input.newPath === undefined ? undefined : checkPath(input.newPath),
    })
  }

  async deleteGroup(call: Call, { groupName }: { readonly groupName: string }): Promise<void> {
    const { store } = this.#deps
    const group = await getAuthorized(this.#deps, call, 'group', groupName, 'iam:DeleteGroup')
    const some = await store.find('user', { by: 'group', value: group.id }, { limit: 1 })
    if (some.records.length > 0) throw deleteConflict('membership')
    if (group.attached.length > 0) throw deleteConflict('attached')
    if (group.inline.length > 0) throw deleteConflict('inline')
    if (!(await store.delete('group', group.id))) throw noSuch('group', groupName)
    // Users who were added between the check and the delete.
    for await (const { id } of store.each('user', { by: 'group', value: group.id }))
      await this.#leave(id, group.id)
  }

  async addUserToGroup(call: Call, { groupName, userName }: Membership): Promise<void> {
    const { store } = this.#deps
    const { group, user } = await this.#both(call, { groupName, userName }, 'iam:AddUserToGroup')
    const limits = await accountQuotas(store, group.accountId)
    await updateRecord(store, 'user', user.id, updateErrors('user', userName), (old) => {
      if (old.groups.includes(group.id)) return old
      checkAccountQuota(limits, 'GroupsPerUser', old.groups.length + 1)
      return { ...old, groups: [...old.groups, group.id] }
    })
    if (await store.get('group', group.id)) return
    await this.#leave(user.id, group.id)
    throw noSuch('group', groupName)
  }

  async removeUserFromGroup(call: Call, { groupName, userName }: Membership): Promise<void> {
    const { group, user } = await this.#both(call, { groupName, userName }, 'iam:RemoveUserFromGroup')
    await this.#leave(user.id, group.id)
  }

  /** The group and the user of a call that is authorized on the group. As at AWS, of two that do not exist the user is named. */
  async #both(call: Call, { groupName, userName }: Membership, action: string) {
    const user = await byName(this.#deps.store, 'user', accountOf(call.caller), userName)
    const options = user === undefined ? { missing: noSuch('user', userName) } : {}
    const group = await getAuthorized(this.#deps, call, 'group', groupName, action, [], options)
    if (user === undefined) throw noSuch('user', userName)
    return { group, user }
  }

  /** Removes a user from a group. Does nothing when the user does not exist. */
  async #leave(userId: string, groupId: string): Promise<void> {
    const { store } = this.#deps
    const user = await store.get('user', userId)
    if (user === undefined) return
    await updateRecord(store, 'user', userId, updateErrors('user', user.name), (old) => ({
      ...old,
      groups: old.groups.filter((id) => id !== groupId),
    }))
  }
}
