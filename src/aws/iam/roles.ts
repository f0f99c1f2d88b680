// Actions on roles, their trust policies, tags and permissions boundaries.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'
import {
  createdRoleOut,
  describedRoleOut,
  pageIn,
  pageOut,
  roleInList,
  roleOut,
  tagList,
  tagsIn,
} from './shapes.ts'

export const roleActions = (iam: Iam) => [
  action<sdk.CreateRoleCommandInput>('CreateRole', async (input, call) => ({
    Role: createdRoleOut(
      await iam.createRole(call, {
        roleName: input.RoleName,
        path: input.Path,
        trust: input.AssumeRolePolicyDocument,
        description: input.Description,
        maxSessionDuration: input.MaxSessionDuration,
        permissionsBoundary: input.PermissionsBoundary,
        tags: tagsIn(input.Tags),
      }),
    ),
  })),
  action<sdk.GetRoleCommandInput>('GetRole', async (input, call) => ({
    Role: roleOut(await iam.getRole(call, { roleName: input.RoleName })),
  })),
  action<sdk.ListRolesCommandInput>('ListRoles', async (input, call) => {
    const roles = await iam.listRoles(call, { ...pageIn(input), pathPrefix: input.PathPrefix })
    return { Roles: roles.items.map(roleInList), ...pageOut(roles) }
  }),
  action<sdk.UpdateAssumeRolePolicyCommandInput>('UpdateAssumeRolePolicy', async (input, call) => {
    await iam.updateAssumeRolePolicy(call, { roleName: input.RoleName, trust: input.PolicyDocument })
    return {}
  }),
  action<sdk.UpdateRoleCommandInput>('UpdateRole', async (input, call) => {
    await iam.updateRole(call, {
      roleName: input.RoleName,
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration,
    })
    return {}
  }),
  action<sdk.UpdateRoleDescriptionCommandInput>('UpdateRoleDescription', async (input, call) => ({
    Role: describedRoleOut(
      await iam.updateRoleDescription(call, { roleName: input.RoleName, description: input.Description }),
    ),
  })),
  action<sdk.DeleteRoleCommandInput>('DeleteRole', async (input, call) => {
    await iam.deleteRole(call, { roleName: input.RoleName })
    return {}
  }),
  action<sdk.TagRoleCommandInput>('TagRole', async (input, call) => {
    await iam.tagRole(call, { name: input.RoleName, tags: tagsIn(input.Tags) ?? [] })
    return {}
  }),
  action<sdk.UntagRoleCommandInput>('UntagRole', async (input, call) => {
    await iam.untagRole(call, { name: input.RoleName, keys: input.TagKeys })
    return {}
  }),
  action<sdk.ListRoleTagsCommandInput>('ListRoleTags', async (input, call) => {
    const tags = await iam.listRoleTags(call, { ...pageIn(input), name: input.RoleName })
    return { Tags: tagList(tags.items), ...pageOut(tags) }
  }),
  action<sdk.PutRolePermissionsBoundaryCommandInput>('PutRolePermissionsBoundary', async (input, call) => {
    await iam.putRolePermissionsBoundary(call, { name: input.RoleName, boundary: input.PermissionsBoundary })
    return {}
  }),
  action<sdk.DeleteRolePermissionsBoundaryCommandInput>(
    'DeleteRolePermissionsBoundary',
    async (input, call) => {
      await iam.deleteRolePermissionsBoundary(call, { name: input.RoleName })
      return {}
    },
  ),
]
