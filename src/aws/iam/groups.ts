// Actions on groups and their members.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'
import { groupOut, pageIn, pageOut, userInList } from './shapes.ts'

export const groupActions = (iam: Iam) => [
  action<sdk.CreateGroupCommandInput>('CreateGroup', async (input, call) => ({
    Group: groupOut(await iam.createGroup(call, { groupName: input.GroupName, path: input.Path })),
  })),
  action<sdk.GetGroupCommandInput>('GetGroup', async (input, call) => {
    const { group, users } = await iam.getGroup(call, { ...pageIn(input), groupName: input.GroupName })
    return { Group: groupOut(group), Users: users.items.map(userInList), ...pageOut(users) }
  }),
  action<sdk.ListGroupsCommandInput>('ListGroups', async (input, call) => {
    const groups = await iam.listGroups(call, { ...pageIn(input), pathPrefix: input.PathPrefix })
    return { Groups: groups.items.map(groupOut), ...pageOut(groups) }
  }),
  action<sdk.ListGroupsForUserCommandInput>('ListGroupsForUser', async (input, call) => {
    const groups = await iam.listGroupsForUser(call, { ...pageIn(input), userName: input.UserName })
    return { Groups: groups.items.map(groupOut), ...pageOut(groups) }
  }),
  action<sdk.UpdateGroupCommandInput>('UpdateGroup', async (input, call) => {
    await iam.updateGroup(call, {
      groupName: input.GroupName,
      newGroupName: input.NewGroupName,
      newPath: input.NewPath,
    })
    return {}
  }),
  action<sdk.DeleteGroupCommandInput>('DeleteGroup', async (input, call) => {
    await iam.deleteGroup(call, { groupName: input.GroupName })
    return {}
  }),
  action<sdk.AddUserToGroupCommandInput>('AddUserToGroup', async (input, call) => {
    await iam.addUserToGroup(call, { groupName: input.GroupName, userName: input.UserName })
    return {}
  }),
  action<sdk.RemoveUserFromGroupCommandInput>('RemoveUserFromGroup', async (input, call) => {
    await iam.removeUserFromGroup(call, { groupName: input.GroupName, userName: input.UserName })
    return {}
  }),
]
