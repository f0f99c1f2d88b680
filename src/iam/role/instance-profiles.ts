// Instance profiles, through which a machine gets a role. A profile contains at most one role.
import { Problem } from '../../problem.ts'
import { uniqueId } from '../../secure/random.ts'
import type { InstanceProfile, Role, Tag } from '../../store/records.ts'
import { accountOf, instanceProfileArn } from '../arn.ts'
import { authorizeCreation } from '../authorization/authorize-creation.ts'
import { getAuthorized } from '../authorization/authorized-principal.ts'
import type { ContextEntry } from '../authorization/caller-context.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { byName, entityArn } from '../lookup.ts'
import { createUnique, deleteConflict, noSuch } from '../messages.ts'
import { checkName, checkPath } from '../names.ts'
import { type ListPage, type ListRequest, pageOfItems } from '../paging.ts'
import { checkQuota, quotas } from '../quotas.ts'
import { createWithinQuota } from '../record/create-within-quota.ts'
import { pageOf } from '../record/segmented-list.ts'
import { updateRecord } from '../record/update-record.ts'
import { checkTags, requestTagKeys, resourceTagKeys, tagRules, withoutTags, withTags } from '../tags.ts'
import { toDisplayedTrust } from './trust-document.ts'

/** A profile and its role; undefined without a role or when the role was deleted. */
export interface ProfileWithRole {
  readonly profile: InstanceProfile
  readonly role: Role | undefined
}

interface Named {
  readonly profileName: string
}

export class InstanceProfiles {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  async createInstanceProfile(
    call: Call,
    input: Named & { readonly path?: string | undefined; readonly tags?: readonly Tag[] | undefined },
  ): Promise<ProfileWithRole> {
    const { authorizer, store } = this.#deps
    const profile: InstanceProfile = {
      id: uniqueId('AIPA'),
      accountId: accountOf(call.caller),
      name: checkName('instanceProfile', input.profileName),
      path: checkPath(input.path),
      createdAt: call.circumstances.now,
      roleId: undefined,
      tags: checkTags(tagRules.instanceProfile, input.tags),
    }
    const what = { arn: instanceProfileArn(profile), tags: profile.tags }
    await authorizeCreation(authorizer, call, tagRules.instanceProfile, what)
    const inAccount = { by: 'account', value: profile.accountId } as const
    const limited = {
      kind: 'instanceProfile',
      record: profile,
      quota: 'InstanceProfilesPerAccount',
      lookup: inAccount,
    } as const
    await createWithinQuota(store, limited, () =>
      createUnique(store.create('instanceProfile', profile), 'instanceProfile', profile.name),
    )
    return { profile, role: undefined }
  }

  async getInstanceProfile(call: Call, { profileName }: Named): Promise<ProfileWithRole> {
    return this.#withRole(await this.#getAuthorizedProfile(call, profileName, 'iam:GetInstanceProfile'))
  }

  async listInstanceProfiles(
    call: Call,
    input: ListRequest & { readonly pathPrefix?: string | undefined },
  ): Promise<ListPage<ProfileWithRole>> {
    const { authorizer, markers, store } = this.#deps
    const accountId = accountOf(call.caller)
    const prefix = input.pathPrefix ?? '/'
    await authorizer.authorize(
      call,
      'iam:ListInstanceProfiles',
      `arn:aws:iam::${accountId}:instance-profile${prefix}`,
    )
    return this.#pageWithRoles(
      await pageOf<'instanceProfile'>(
        markers,
        call,
        `instance-profiles:${prefix}`,
        input,
        (page) => store.find('instanceProfile', { by: 'account', value: accountId, prefix }, page),
        ({ path }) => path.startsWith(prefix),
      ),
    )
  }

  async listInstanceProfilesForRole(
    call: Call,
    input: ListRequest & { readonly roleName: string },
  ): Promise<ListPage<ProfileWithRole>> {
    const { markers, store } = this.#deps
    const role = await getAuthorized(
      this.#deps,
      call,
      'role',
      input.roleName,
      'iam:ListInstanceProfilesForRole',
    )
    return this.#pageWithRoles(
      await pageOf<'instanceProfile'>(markers, call, `profiles-of:${role.id}`, input, (page) =>
        store.find('instanceProfile', { by: 'role', value: role.id }, page),
      ),
    )
  }

  async deleteInstanceProfile(call: Call, { profileName }: Named): Promise<void> {
    const profile = await this.#getAuthorizedProfile(call, profileName, 'iam:DeleteInstanceProfile')
    if ((await this.#withRole(profile)).role !== undefined) throw deleteConflict('roleInProfile')
    if (!(await this.#deps.store.delete('instanceProfile', profile.id)))
      throw noSuch('instanceProfile', profileName)
  }

  /** Giving a machine a role passes the role on, so `iam:PassRole` is required as well (IAM User Guide). */
  async addRoleToInstanceProfile(
    call: Call,
    { profileName, roleName }: Named & { readonly roleName: string },
  ): Promise<void> {
    const { store, authorizer } = this.#deps
    const profile = await this.#getAuthorizedProfile(call, profileName, 'iam:AddRoleToInstanceProfile')
    const { accountId } = profile
    const role = await byName(store, 'role', accountId, roleName)
    const arn = entityArn('role', role ?? { accountId, path: '/', name: roleName })
    await authorizer.authorize(call, 'iam:PassRole', arn, [['iam:PassedToService', 'ec2.amazonaws.com']])
    if (role === undefined) throw noSuch('role', roleName)
    await this.#updateProfile(profile, (old) => {
      if (old.roleId !== undefined)
        checkQuota('InstanceSessionsPerInstanceProfile', quotas.InstanceSessionsPerInstanceProfile + 1)
      return { ...old, roleId: role.id }
    })
    // The role may have been deleted between the check and the write.
    if ((await store.get('role', role.id)) !== undefined) return
    await this.#updateProfile(profile, (old) =>
      old.roleId === role.id ? { ...old, roleId: undefined } : old,
    )
    throw noSuch('role', roleName)
  }

  async removeRoleFromInstanceProfile(
    call: Call,
    { profileName, roleName }: Named & { readonly roleName: string },
  ): Promise<void> {
    const profile = await this.#getAuthorizedProfile(call, profileName, 'iam:RemoveRoleFromInstanceProfile')
    const role = await byName(this.#deps.store, 'role', profile.accountId, roleName)
    if (role === undefined) throw noSuch('role', roleName)
    await this.#updateProfile(profile, (old) => {
      if (old.roleId !== role.id)
        throw new Problem(
          'not_found',
          `Role ${role.name} in Instance Profile ${profile.name} cannot be found.`,
        )
      return { ...old, roleId: undefined }
    })
  }

  async tagInstanceProfile(
    call: Call,
    { profileName, tags }: Named & { readonly tags: readonly Tag[] },
  ): Promise<void> {
    const profile = await this.#getAuthorizedProfile(
      call,
      profileName,
      'iam:TagInstanceProfile',
      requestTagKeys(tags),
    )
    await this.#updateProfile(profile, (old) => ({
      ...old,
      tags: withTags(tagRules.instanceProfile, old.tags, tags),
    }))
  }

  async untagInstanceProfile(
    call: Call,
    { profileName, keys }: Named & { readonly keys: readonly string[] },
  ): Promise<void> {
    const extra = [['aws:TagKeys', keys]] as const
    const profile = await this.#getAuthorizedProfile(call, profileName, 'iam:UntagInstanceProfile', extra)
    await this.#updateProfile(profile, (old) => ({
      ...old,
      tags: withoutTags(tagRules.instanceProfile, old.tags, keys),
    }))
  }

  async listInstanceProfileTags(call: Call, input: Named & ListRequest): Promise<ListPage<Tag>> {
    const profile = await this.#getAuthorizedProfile(call, input.profileName, 'iam:ListInstanceProfileTags')
    return pageOfItems(this.#deps.markers, call, `tags:${profile.id}`, input, profile.tags, (tag) => tag.key)
  }

  async #withRole(profile: InstanceProfile): Promise<ProfileWithRole> {
    const { store } = this.#deps
    const role = profile.roleId === undefined ? undefined : await store.get('role', profile.roleId)
    return { profile, role: role && { ...role, trust: await toDisplayedTrust(store, role.trust) } }
  }

  async #pageWithRoles(found: ListPage<InstanceProfile>): Promise<ListPage<ProfileWithRole>> {
    return {
      ...found,
      items: await Promise.all(found.items.map((profile) => this.#withRole(profile))),
    }
  }

  async #getAuthorizedProfile(
    call: Call,
    name: string,
    action: string,
    extra: readonly ContextEntry[] = [],
  ): Promise<InstanceProfile> {
    const { store, authorizer } = this.#deps
    const accountId = accountOf(call.caller)
    const profile = await store.getBy('instanceProfile', 'name', `${accountId}/${name.toLowerCase()}`)
    const arn = instanceProfileArn(profile ?? { accountId, path: '/', name })
    await authorizer.authorize(call, action, arn, [...resourceTagKeys(profile?.tags), ...extra])
    if (profile === undefined) throw noSuch('instanceProfile', name)
    return profile
  }

  #updateProfile(
    profile: InstanceProfile,
    next: (old: InstanceProfile) => InstanceProfile,
  ): Promise<InstanceProfile> {
    return updateRecord(
      this.#deps.store,
      'instanceProfile',
      profile.id,
      { notFound: () => noSuch('instanceProfile', profile.name) },
      next,
    )
  }
}
