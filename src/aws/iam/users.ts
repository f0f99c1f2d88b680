// Actions on users, their tags and permissions boundaries.
import type * as sdk from '@aws-sdk/client-iam'
import { rootArn } from '../../iam/arn.ts'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'
import { dateOf, pageIn, pageOut, tagList, tagsIn, userInList, userOut } from './shapes.ts'

export const userActions = (iam: Iam) => [
  action<sdk.CreateUserCommandInput>('CreateUser', async (input, call) => ({
    User: userOut(
      await iam.createUser(call, {
        userName: input.UserName,
        path: input.Path,
        permissionsBoundary: input.PermissionsBoundary,
        tags: tagsIn(input.Tags),
      }),
    ),
  })),
  action<sdk.GetUserCommandInput>('GetUser', async (input, call) => {
    const found = await iam.getUser(call, { userName: input.UserName })
    if ('user' in found) return { User: userOut(found.user) }
    const { id, createdAt } = found.root
    // The account root has no name and no path (IAM API reference, GetUser).
    return { User: { Path: '/', UserId: id, Arn: rootArn(id), CreateDate: dateOf(createdAt) } }
  }),
  action<sdk.ListUsersCommandInput>('ListUsers', async (input, call) => {
    const users = await iam.listUsers(call, { ...pageIn(input), pathPrefix: input.PathPrefix })
    return { Users: users.items.map(userInList), ...pageOut(users) }
  }),
  action<sdk.UpdateUserCommandInput>('UpdateUser', async (input, call) => {
    await iam.updateUser(call, {
      userName: input.UserName,
      newUserName: input.NewUserName,
      newPath: input.NewPath,
    })
    return {}
  }),
  action<sdk.DeleteUserCommandInput>('DeleteUser', async (input, call) => {
    await iam.deleteUser(call, { userName: input.UserName })
    return {}
  }),
  action<sdk.TagUserCommandInput>('TagUser', async (input, call) => {
    await iam.tagUser(call, { name: input.UserName, tags: tagsIn(input.Tags) ?? [] })
    return {}
  }),
  action<sdk.UntagUserCommandInput>('UntagUser', async (input, call) => {
    await iam.untagUser(call, { name: input.UserName, keys: input.TagKeys })
    return {}
  }),
  action<sdk.ListUserTagsCommandInput>('ListUserTags', async (input, call) => {
    const tags = await iam.listUserTags(call, { ...pageIn(input), name: input.UserName })
    return { Tags: tagList(tags.items), ...pageOut(tags) }
  }),
  action<sdk.PutUserPermissionsBoundaryCommandInput>('PutUserPermissionsBoundary', async (input, call) => {
    await iam.putUserPermissionsBoundary(call, { name: input.UserName, boundary: input.PermissionsBoundary })
    return {}
  }),
  action<sdk.DeleteUserPermissionsBoundaryCommandInput>(
    'DeleteUserPermissionsBoundary',
    async (input, call) => {
      await iam.deleteUserPermissionsBoundary(call, { name: input.UserName })
      return {}
    },
  ),
]
