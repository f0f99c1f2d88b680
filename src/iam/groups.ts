// Groups and who is in them. Membership lives on the user, so that one record's swap decides it.
import { uniqueId } from '../secure/random.ts'
import type { Group, User } from '../store/records.ts'
import { accountOf } from './arn.ts'
import { opened, refusalsOf, renamed } from './authorization/authorized-principal.ts'
import type { Call } from './caller.ts'
import { change } from './change.ts'
import type { Parts } from './dependencies.ts'
import { bearerArn, byName } from './lookup.ts'
import { mustFirst, noSuch, orTaken } from './messages.ts'
import { checkName, checkPath } from './names.ts'
import { type Listed, type ListRequest, pageOfItems } from './paging.ts'
import { within } from './quotas.ts'
import { pageOf } from './segmented-list.ts'

interface Membership {
  readonly groupName: string
  readonly userName: string
}

export const groups = (parts: Parts) => {
  const { store, authorizer, markers } = parts

  /** Takes a user out; a user that is gone is in no group. */
  const leave = async (userId: string, groupId: string): Promise<void> => {
    const user = await store.get('user', userId)
    if (user === undefined) return
    await change(store, 'user', userId, refusalsOf('user', user.name), (old) => ({
      ...old,
      groups: old.groups.filter((id) => id !== groupId),
    }))
  }

  return {
    async createGroup(
      call: Call,
      input: { readonly groupName: string; readonly path?: string | undefined },
    ): Promise<Group> {
      const group: Group = {
        id: uniqueId('AGPA'),
        accountId: accountOf(call.caller),
        name: checkName('group', input.groupName),
        path: checkPath(input.path),
        createdAt: call.circumstances.now,
        inline: [],
        attached: [],
      }
      await authorizer.authorize(call, 'iam:CreateGroup', bearerArn('group', group))
      await orTaken(store.create('group', group), 'group', group.name)
      return group
    },

    async getGroup(
      call: Call,
      input: ListRequest & { readonly groupName: string },
    ): Promise<{ readonly group: Group; readonly users: Listed<User> }> {
      const group = await opened(parts, call, 'group', input.groupName, 'iam:GetGroup')
      const users = await pageOf<'user'>(markers, call, `members:${group.id}`, input, (page) =>
        store.find('user', { by: 'group', value: group.id }, page),
      )
      return { group, users }
    },

    async listGroups(
      call: Call,
      input: ListRequest & { readonly pathPrefix?: string | undefined },
    ): Promise<Listed<Group>> {
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
    },

    async listGroupsForUser(
      call: Call,
      input: ListRequest & { readonly userName: string },
    ): Promise<Listed<Group>> {
      const user = await opened(parts, call, 'user', input.userName, 'iam:ListGroupsForUser')
      const found = await Promise.all(user.groups.map((id) => store.get('group', id)))
      const there = found.filter((group) => group !== undefined)
      return pageOfItems(markers, call, `groups-of:${user.id}`, input, there, (group) => group.name)
    },

    updateGroup: (
      call: Call,
      input: {
        readonly groupName: string
        readonly newGroupName?: string | undefined
        readonly newPath?: string | undefined
      },
    ): Promise<Group> =>
      renamed(parts, call, 'group', 'iam:UpdateGroup', input.groupName, {
        name: input.newGroupName === undefined ? undefined : checkName('group', input.newGroupName),
        path: input.newPath === undefined ? undefined : checkPath(input.newPath),
      }),

    async deleteGroup(call: Call, { groupName }: { readonly groupName: string }): Promise<void> {
      const group = await opened(parts, call, 'group', groupName, 'iam:DeleteGroup')
      const some = await store.find('user', { by: 'group', value: group.id }, { limit: 1 })
      if (some.records.length > 0) throw mustFirst('membership')
      if (group.attached.length > 0) throw mustFirst('attached')
      if (group.inline.length > 0) throw mustFirst('inline')
      if (!(await store.delete('group', group.id))) throw noSuch('group', groupName)
      // Who joined between the look and the delete.
      for await (const { id } of store.each('user', { by: 'group', value: group.id }))
        await leave(id, group.id)
    },

    async addUserToGroup(call: Call, { groupName, userName }: Membership): Promise<void> {
      const group = await opened(parts, call, 'group', groupName, 'iam:AddUserToGroup')
      const user = await byName(store, 'user', group.accountId, userName)
      if (user === undefined) throw noSuch('user', userName)
      await change(store, 'user', user.id, refusalsOf('user', userName), (old) => {
        if (old.groups.includes(group.id)) return old
        within('GroupsPerUser', old.groups.length + 1)
        return { ...old, groups: [...old.groups, group.id] }
      })
      if (await store.get('group', group.id)) return
      await leave(user.id, group.id)
      throw noSuch('group', groupName)
    },

    async removeUserFromGroup(call: Call, { groupName, userName }: Membership): Promise<void> {
      const group = await opened(parts, call, 'group', groupName, 'iam:RemoveUserFromGroup')
      const user = await byName(store, 'user', group.accountId, userName)
      if (user === undefined) throw noSuch('user', userName)
      await leave(user.id, group.id)
    },
  }
}
