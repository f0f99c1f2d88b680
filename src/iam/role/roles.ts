// Roles: identities that a trusted principal can assume for a limited time.
import { Problem } from '../../problem.ts'
import { uniqueId } from '../../secure/random.ts'
import type { Role, Tag } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import { authorizeCreation, boundaryKey } from '../authorization/authorize-creation.ts'
import { getAuthorized, updateAuthorized, updateErrors } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { revokeAround } from '../ends.ts'
import { entityArn } from '../lookup.ts'
import { checkBoundary } from '../managed-policy/boundaries.ts'
import { createUnique, deleteConflict, noSuch } from '../messages.ts'
import { checkName, checkPath } from '../names.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { createWithinQuota } from '../record/create-within-quota.ts'
import { pageOf } from '../record/segmented-list.ts'
import { updateRecord } from '../record/update-record.ts'
import { checkTags, tagRules } from '../tags.ts'
import { toDisplayedTrust, toStoredTrust } from './trust-document.ts'
import { trustPolicyWarnings } from './trust-policy-warnings.ts'

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

export class Roles {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  async createRole(call: Call, input: NewRole): Promise<Role> {
    const { authorizer, store } = this.#deps
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
    const what = { arn: entityArn('role', draft), tags: draft.tags, keys: boundaryKey(draft) }
    await authorizeCreation(authorizer, call, tagRules.role, what)
    await checkBoundary(this.#deps, call, draft.boundary)
    const role = { ...draft, trust: await toStoredTrust(store, draft.accountId, draft.trust) }
    const inAccount = { by: 'account', value: role.accountId } as const
    const limited = { kind: 'role', record: role, quota: 'RolesPerAccount', lookup: inAccount } as const
    await createWithinQuota(store, limited, () => createUnique(store.create('role', role), 'role', role.name))
    await this.#noteDoubts(call, role)
    return this.#withShownTrust(role)
  }

  async getRole(call: Call, { roleName }: { readonly roleName: string }): Promise<Role> {
    return this.#withShownTrust(await getAuthorized(this.#deps, call, 'role', roleName, 'iam:GetRole'))
  }

  /** @param input.search how path and name go on after `pathPrefix`; for roles without a path the beginning of the name, in any case */
  async listRoles(
    call: Call,
    input: ListRequest & { readonly pathPrefix?: string | undefined; readonly search?: string | undefined },
  ): Promise<ListPage<Role>> {
    const { authorizer, markers, store } = this.#deps
    const accountId = accountOf(call.caller)
    const prefix = input.pathPrefix ?? '/'
    const search = (input.search ?? '').toLowerCase()
    await authorizer.authorize(call, 'iam:ListRoles', `arn:aws:iam::${accountId}:role${prefix}`)
    const found = await pageOf<'role'>(
      markers,
      call,
      `roles:${prefix}${search}`,
      input,
      (page) => store.find('role', { by: 'account', value: accountId, prefix: prefix + search }, page),
      (role) => role.path.startsWith(prefix),
    )
    return { ...found, items: await Promise.all(found.items.map((role) => this.#withShownTrust(role))) }
  }

  async updateAssumeRolePolicy(
    call: Call,
    { roleName, trust }: { readonly roleName: string; readonly trust: string },
  ): Promise<void> {
    const { store } = this.#deps
    const role = await getAuthorized(this.#deps, call, 'role', roleName, 'iam:UpdateAssumeRolePolicy')
    const text = await toStoredTrust(store, accountOf(call.caller), trust)
    await updateRecord(store, 'role', role.id, updateErrors('role', roleName), (old) => ({
      ...old,
      trust: text,
    }))
    await this.#noteDoubts(call, { ...role, trust: text })
  }

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
    // Fields that are not given stay unchanged: the real service does so, although its API reference names defaults.
    await updateAuthorized(this.#deps, call, 'role', input.roleName, 'iam:UpdateRole', [], (old) => ({
      ...old,
      description: description ?? old.description,
      maxSessionDuration: maxSessionDuration ?? old.maxSessionDuration,
    }))
  }

  async updateRoleDescription(
    call: Call,
    input: { readonly roleName: string; readonly description: string },
  ): Promise<Role> {
    const { roleName, description } = input
    const role = await updateAuthorized(
      this.#deps,
      call,
      'role',
      roleName,
      'iam:UpdateRoleDescription',
      [],
      (old) => ({
        ...old,
        description,
      }),
    )
    return this.#withShownTrust(role)
  }

  async deleteRole(call: Call, { roleName }: { readonly roleName: string }): Promise<void> {
    const { store } = this.#deps
    const role = await getAuthorized(this.#deps, call, 'role', roleName, 'iam:DeleteRole')
    const profiles = await store.find('instanceProfile', { by: 'role', value: role.id }, { limit: 1 })
    if (profiles.records.length > 0) throw deleteConflict('roleInProfile')
    if (role.attached.length > 0) throw deleteConflict('attached')
    if (role.inline.length > 0) throw deleteConflict('inline')
    await revokeAround(
      () => this.#deps.ends.roleEnded(role),
      async () => {
        if (!(await store.delete('role', role.id))) throw noSuch('role', roleName)
      },
    )
  }

  async #withShownTrust(role: Role): Promise<Role> {
    return {
      ...role,
      trust: await toDisplayedTrust(this.#deps.store, role.trust),
    }
  }

  async #noteDoubts(call: Call, role: Role): Promise<void> {
    const doubts = trustPolicyWarnings(role.trust)
    if (doubts.length > 0) await this.#deps.reportTrustWarnings?.(call, entityArn('role', role), doubts)
  }
}
