// Actions on instance profiles.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'
import { type ProfileWithRole, pageIn, pageOut, profileInList, tagList, tagsIn, tagsOut } from './shapes.ts'

/** Unlike in lists, with tags (IAM API reference, ListInstanceProfiles). */
const createdProfileOut = (filled: ProfileWithRole) => ({
  ...profileInList(filled),
  Tags: tagsOut(filled.profile.tags),
})
const profileOut = (filled: ProfileWithRole) => ({
  ...profileInList(filled),
  Tags: tagList(filled.profile.tags),
})

export const instanceProfileActions = (iam: Iam) => [
  action<sdk.CreateInstanceProfileCommandInput>('CreateInstanceProfile', async (input, call) => {
    const { InstanceProfileName: profileName, Path: path } = input
    return {
      InstanceProfile: createdProfileOut(
        await iam.createInstanceProfile(call, { profileName, path, tags: tagsIn(input.Tags) }),
      ),
    }
  }),
  action<sdk.GetInstanceProfileCommandInput>('GetInstanceProfile', async (input, call) => ({
    InstanceProfile: profileOut(
      await iam.getInstanceProfile(call, { profileName: input.InstanceProfileName }),
    ),
  })),
  action<sdk.ListInstanceProfilesCommandInput>('ListInstanceProfiles', async (input, call) => {
    const found = await iam.listInstanceProfiles(call, { ...pageIn(input), pathPrefix: input.PathPrefix })
    return { InstanceProfiles: found.items.map(profileInList), ...pageOut(found) }
  }),
  action<sdk.ListInstanceProfilesForRoleCommandInput>('ListInstanceProfilesForRole', async (input, call) => {
    const found = await iam.listInstanceProfilesForRole(call, { ...pageIn(input), roleName: input.RoleName })
    return { InstanceProfiles: found.items.map(profileInList), ...pageOut(found) }
  }),
  action<sdk.DeleteInstanceProfileCommandInput>('DeleteInstanceProfile', async (input, call) => {
    await iam.deleteInstanceProfile(call, { profileName: input.InstanceProfileName })
    return {}
  }),
  action<sdk.AddRoleToInstanceProfileCommandInput>('AddRoleToInstanceProfile', async (input, call) => {
    const { InstanceProfileName: profileName, RoleName: roleName } = input
    await iam.addRoleToInstanceProfile(call, { profileName, roleName })
    return {}
  }),
  action<sdk.RemoveRoleFromInstanceProfileCommandInput>(
    'RemoveRoleFromInstanceProfile',
    async (input, call) => {
      const { InstanceProfileName: profileName, RoleName: roleName } = input
      await iam.removeRoleFromInstanceProfile(call, { profileName, roleName })
      return {}
    },
  ),
  action<sdk.TagInstanceProfileCommandInput>('TagInstanceProfile', async (input, call) => {
    const { InstanceProfileName: profileName } = input
    await iam.tagInstanceProfile(call, { profileName, tags: tagsIn(input.Tags) ?? [] })
    return {}
  }),
  action<sdk.UntagInstanceProfileCommandInput>('UntagInstanceProfile', async (input, call) => {
    const { InstanceProfileName: profileName, TagKeys: keys } = input
    await iam.untagInstanceProfile(call, { profileName, keys })
    return {}
  }),
  action<sdk.ListInstanceProfileTagsCommandInput>('ListInstanceProfileTags', async (input, call) => {
    const { InstanceProfileName: profileName } = input
    const tags = await iam.listInstanceProfileTags(call, { ...pageIn(input), profileName })
    return { Tags: tagList(tags.items), ...pageOut(tags) }
  }),
]
