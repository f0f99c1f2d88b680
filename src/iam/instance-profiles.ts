// Instance profiles: the name under which a machine is given a role. A profile holds at most one.
import { Problem } from '../problem.ts'
import { uniqueId } from '../secure/random.ts'
import type { InstanceProfile, Role, Tag } from '../store/records.ts'
import { accountOf, instanceProfileArn } from './arn.ts'
import { opened } from './authorization/authorized-principal.ts'
import type { ContextEntry } from './authorization/caller-context.ts'
import type { Call } from './caller.ts'
import { change } from './change.ts'
import type { Parts } from './dependencies.ts'
import { bearerArn, byName } from './lookup.ts'
import { mustFirst, noSuch, orTaken } from './messages.ts'
import { checkName, checkPath } from './names.ts'
import { type Listed, type ListRequest, pageOfItems } from './paging.ts'
import { quotas, within } from './quotas.ts'
import { pageOf } from './segmented-list.ts'
import { checkTags, requestTagKeys, resourceTagKeys, tagRules, withoutTags, withTags } from './tags.ts'
import { shownTrust } from './trust-document.ts'

/** A profile with the role it holds; none also when the role has been deleted. */
export interface FilledProfile {
  readonly profile: InstanceProfile
  readonly role: Role | undefined
}

interface Named {
  readonly profileName: string
}

export const instanceProfiles = (parts: Parts) => {
  const { store, authorizer, markers } = parts

  const filled = async (profile: InstanceProfile): Promise<FilledProfile> => {
    const role = profile.roleId === undefined ? undefined : await store.get('role', profile.roleId)
    return { profile, role: role && { ...role, trust: await shownTrust(store, role.trust) } }
  }

  const filledPage = async (found: Listed<InstanceProfile>): Promise<Listed<FilledProfile>> => ({
    ...found,
    items: await Promise.all(found.items.map(filled)),
  })

  const openedProfile = async (
    call: Call,
    name: string,
    action: string,
    extra: readonly ContextEntry[] = [],
  ): Promise<InstanceProfile> => {
    const accountId = accountOf(call.caller)
    const profile = await store.getBy('instanceProfile', 'name', `${accountId}/${name.toLowerCase()}`)
    const arn = instanceProfileArn(profile ?? { accountId, path: '/', name })
    await authorizer.authorize(call, action, arn, [...resourceTagKeys(profile?.tags), ...extra])
    if (profile === undefined) throw noSuch('instanceProfile', name)
    return profile
  }

  const changed = (
    profile: InstanceProfile,
    next: (old: InstanceProfile) => InstanceProfile,
  ): Promise<InstanceProfile> =>
    change(
      store,
      'instanceProfile',
      profile.id,
      { gone: () => noSuch('instanceProfile', profile.name) },
      next,
    )

  return {
    async createInstanceProfile(
      call: Call,
      input: Named & { readonly path?: string | undefined; readonly tags?: readonly Tag[] | undefined },
    ): Promise<FilledProfile> {
      const profile: InstanceProfile = {
        id: uniqueId('AIPA'),
        accountId: accountOf(call.caller),
        name: checkName('instanceProfile', input.profileName),
        path: checkPath(input.path),
        createdAt: call.circumstances.now,
        roleId: undefined,
        tags: checkTags(tagRules.instanceProfile, input.tags),
      }
      await authorizer.authorize(
        call,
        'iam:CreateInstanceProfile',
        instanceProfileArn(profile),
        requestTagKeys(profile.tags),
      )
      const inAccount = { by: 'account', value: profile.accountId } as const
      within('InstanceProfilesPerAccount', (await store.count('instanceProfile', inAccount)) + 1)
      await orTaken(store.create('instanceProfile', profile), 'instanceProfile', profile.name)
      return { profile, role: undefined }
    },

    getInstanceProfile: async (call: Call, { profileName }: Named): Promise<FilledProfile> =>
      filled(await openedProfile(call, profileName, 'iam:GetInstanceProfile')),

    async listInstanceProfiles(
      call: Call,
      input: ListRequest & { readonly pathPrefix?: string | undefined },
    ): Promise<Listed<FilledProfile>> {
      const accountId = accountOf(call.caller)
      const prefix = input.pathPrefix ?? '/'
      await authorizer.authorize(
        call,
        'iam:ListInstanceProfiles',
        `arn:aws:iam::${accountId}:instance-profile${prefix}`,
      )
      return filledPage(
        await pageOf<'instanceProfile'>(
          markers,
          call,
          `instance-profiles:${prefix}`,
          input,
          (page) => store.find('instanceProfile', { by: 'account', value: accountId, prefix }, page),
          ({ path }) => path.startsWith(prefix),
        ),
      )
    },

    async listInstanceProfilesForRole(
      call: Call,
      input: ListRequest & { readonly roleName: string },
    ): Promise<Listed<FilledProfile>> {
      const role = await opened(parts, call, 'role', input.roleName, 'iam:ListInstanceProfilesForRole')
      return filledPage(
        await pageOf<'instanceProfile'>(markers, call, `profiles-of:${role.id}`, input, (page) =>
          store.find('instanceProfile', { by: 'role', value: role.id }, page),
        ),
      )
    },

    async deleteInstanceProfile(call: Call, { profileName }: Named): Promise<void> {
      const profile = await openedProfile(call, profileName, 'iam:DeleteInstanceProfile')
      if ((await filled(profile)).role !== undefined) throw mustFirst('roleInProfile')
      if (!(await store.delete('instanceProfile', profile.id))) throw noSuch('instanceProfile', profileName)
    },

    /** Whoever gives a machine a role passes that role on, so `iam:PassRole` on it is asked too (User Guide). */
    async addRoleToInstanceProfile(
      call: Call,
      { profileName, roleName }: Named & { readonly roleName: string },
    ): Promise<void> {
      const profile = await openedProfile(call, profileName, 'iam:AddRoleToInstanceProfile')
      const { accountId } = profile
      const role = await byName(store, 'role', accountId, roleName)
      const arn = bearerArn('role', role ?? { accountId, path: '/', name: roleName })
      await authorizer.authorize(call, 'iam:PassRole', arn, [['iam:PassedToService', 'ec2.amazonaws.com']])
      if (role === undefined) throw noSuch('role', roleName)
      await changed(profile, (old) => {
        if (old.roleId !== undefined) within('RolesPerInstanceProfile', quotas.RolesPerInstanceProfile + 1)
        return { ...old, roleId: role.id }
      })
      // The role may have been deleted between the look and the write.
      if ((await store.get('role', role.id)) !== undefined) return
      await changed(profile, (old) => (old.roleId === role.id ? { ...old, roleId: undefined } : old))
      throw noSuch('role', roleName)
    },

    async removeRoleFromInstanceProfile(
      call: Call,
      { profileName, roleName }: Named & { readonly roleName: string },
    ): Promise<void> {
      const profile = await openedProfile(call, profileName, 'iam:RemoveRoleFromInstanceProfile')
      const role = await byName(store, 'role', profile.accountId, roleName)
      if (role === undefined) throw noSuch('role', roleName)
      await changed(profile, (old) => {
        if (old.roleId !== role.id)
          throw new Problem('not_found', `Role ${role.name} is not in Instance Profile ${profile.name}.`)
        return { ...old, roleId: undefined }
      })
    },

    async tagInstanceProfile(
      call: Call,
      { profileName, tags }: Named & { readonly tags: readonly Tag[] },
    ): Promise<void> {
      const profile = await openedProfile(call, profileName, 'iam:TagInstanceProfile', requestTagKeys(tags))
      await changed(profile, (old) => ({
        ...old,
        tags: withTags(tagRules.instanceProfile, old.tags, tags),
      }))
    },

    async untagInstanceProfile(
      call: Call,
      { profileName, keys }: Named & { readonly keys: readonly string[] },
    ): Promise<void> {
      const extra = [['aws:TagKeys', keys]] as const
      const profile = await openedProfile(call, profileName, 'iam:UntagInstanceProfile', extra)
      await changed(profile, (old) => ({
        ...old,
        tags: withoutTags(tagRules.instanceProfile, old.tags, keys),
      }))
    },

    async listInstanceProfileTags(call: Call, input: Named & ListRequest): Promise<Listed<Tag>> {
      const profile = await openedProfile(call, input.profileName, 'iam:ListInstanceProfileTags')
      return pageOfItems(markers, call, `tags:${profile.id}`, input, profile.tags, (tag) => tag.key)
    },
  }
}
