// Roles: what a trusted one may become for a while.
import { Problem } from '../problem.ts'
import { uniqueId } from '../secure/random.ts'
import type { Role, Tag } from '../store/records.ts'
import { accountOf } from './arn.ts'
import { changed, opened, refusalsOf } from './authorization/authorized-principal.ts'
import type { Call } from './caller.ts'
import { change } from './change.ts'
import type { Parts } from './dependencies.ts'
import { endingAround } from './ends.ts'
import { bearerArn } from './lookup.ts'
import { checkBoundary } from './managed-policy/boundaries.ts'
import { mustFirst, noSuch, orTaken } from './messages.ts'
import { checkName, checkPath } from './names.ts'
import type { Listed, ListRequest } from './paging.ts'
import { pageOf } from './segmented-list.ts'
import { checkTags, requestTagKeys, tagRules } from './tags.ts'
import { shownTrust, storedTrust } from './trust-document.ts'
import { trustDoubts } from './trust-policy-warnings.ts'

export interface NewRole {
  readonly roleName: string
  readonly path?: string | undefined
  readonly trust: string
  readonly description?: string | undefined
  /** 3600…43200 s; default 3600. */
  readonly maxSessionDuration?: number | undefined
  readonly permissionsBoundary?: string | undefined
  readonly tags?: readonly Tag[] | undefined
}

/** @throws Problem('validation') */
function checkDuration(seconds: number | undefined): number {
  if (seconds === undefined) return 3600
  if (Number.isInteger(seconds) && seconds >= 3600 && seconds <= 43200) return seconds
  throw new Problem('validation', 'MaxSessionDuration must be between 3600 and 43200 seconds')
}

export const roles = (parts: Parts) => {
  const { store, authorizer, markers } = parts
  const withShownTrust = async (role: Role): Promise<Role> => ({
    ...role,
    trust: await shownTrust(store, role.trust),
  })

  const noteDoubts = async (call: Call, role: Role): Promise<void> => {
    const doubts = trustDoubts(role.trust)
    if (doubts.length > 0) await parts.noteDoubts?.(call, bearerArn('role', role), doubts)
  }

  return {
    async createRole(call: Call, input: NewRole): Promise<Role> {
      const draft: Role = {
        id: uniqueId('AROA'),
        accountId: accountOf(call.caller),
        name: checkName('role', input.roleName),
        path: checkPath(input.path),
        createdAt: call.circumstances.now,
        inline: [],
        attached: [],
        description: input.description,
        trust: input.trust,
        maxSessionDuration: checkDuration(input.maxSessionDuration),
        tags: checkTags(tagRules.role, input.tags),
        boundary: input.permissionsBoundary,
        lastUsed: undefined,
      }
      const extra = [['iam:PermissionsBoundary', draft.boundary] as const, ...requestTagKeys(draft.tags)]
      await authorizer.authorize(call, 'iam:CreateRole', bearerArn('role', draft), extra)
      await checkBoundary(parts, call, draft.boundary)
      const role = { ...draft, trust: await storedTrust(store, draft.trust) }
      await orTaken(store.create('role', role), 'role', role.name)
      await noteDoubts(call, role)
      return withShownTrust(role)
    },

    getRole: async (call: Call, { roleName }: { readonly roleName: string }): Promise<Role> =>
      withShownTrust(await opened(parts, call, 'role', roleName, 'iam:GetRole')),

    async listRoles(
      call: Call,
      input: ListRequest & { readonly pathPrefix?: string | undefined },
    ): Promise<Listed<Role>> {
      const accountId = accountOf(call.caller)
      const prefix = input.pathPrefix ?? '/'
      await authorizer.authorize(call, 'iam:ListRoles', `arn:aws:iam::${accountId}:role${prefix}`)
      const found = await pageOf<'role'>(
        markers,
        call,
        `roles:${prefix}`,
        input,
        (page) => store.find('role', { by: 'account', value: accountId, prefix }, page),
        (role) => role.path.startsWith(prefix),
      )
      return { ...found, items: await Promise.all(found.items.map(withShownTrust)) }
    },

    async updateAssumeRolePolicy(
      call: Call,
      { roleName, trust }: { readonly roleName: string; readonly trust: string },
    ): Promise<void> {
      const role = await opened(parts, call, 'role', roleName, 'iam:UpdateAssumeRolePolicy')
      const text = await storedTrust(store, trust)
      await change(store, 'role', role.id, refusalsOf('role', roleName), (old) => ({ ...old, trust: text }))
      await noteDoubts(call, { ...role, trust: text })
    },

    async updateRole(
      call: Call,
      input: {
        readonly roleName: string
        readonly description?: string | undefined
        readonly maxSessionDuration?: number | undefined
      },
    ): Promise<void> {
      const { description, maxSessionDuration } = input
      if (maxSessionDuration !== undefined) checkDuration(maxSessionDuration)
      // What is not given stays as it was: the real service does so, whatever its API reference says of defaults.
      await changed(parts, call, 'role', input.roleName, 'iam:UpdateRole', [], (old) => ({
        ...old,
        description: description ?? old.description,
        maxSessionDuration: maxSessionDuration ?? old.maxSessionDuration,
      }))
    },

    async updateRoleDescription(
      call: Call,
      input: { readonly roleName: string; readonly description: string },
    ): Promise<Role> {
      const { roleName, description } = input
      const role = await changed(parts, call, 'role', roleName, 'iam:UpdateRoleDescription', [], (old) => ({
        ...old,
        description,
      }))
      return withShownTrust(role)
    },

    async deleteRole(call: Call, { roleName }: { readonly roleName: string }): Promise<void> {
      const role = await opened(parts, call, 'role', roleName, 'iam:DeleteRole')
      const profiles = await store.find('instanceProfile', { by: 'role', value: role.id }, { limit: 1 })
      if (profiles.records.length > 0) throw mustFirst('roleInProfile')
      if (role.attached.length > 0) throw mustFirst('attached')
      if (role.inline.length > 0) throw mustFirst('inline')
      await endingAround(
        () => parts.ends.roleEnded(role),
        async () => {
          if (!(await store.delete('role', role.id))) throw noSuch('role', roleName)
        },
      )
    },
  }
}
