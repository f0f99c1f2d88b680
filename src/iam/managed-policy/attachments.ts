// Attaches managed policies to users, groups and roles. The attachment is stored on the user, group or role by the policy's ARN. So
// that a policy created later with the ARN of a deleted one has no old attachments, attaching checks again after the write that
// the policy exists, and deleting a policy detaches it everywhere.
import type { Policy } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf } from '../arn.ts'
import { getAuthorized, updateAuthorized, updateErrors } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { checkPolicyArn, type EntityKind, policyByArn } from '../lookup.ts'
import { noSuch, notAttached } from '../messages.ts'
import { type ListPage, type ListRequest, pageOfItems } from '../paging.ts'
import { type AdjustableQuota, accountQuotas, checkAccountQuota } from '../quotas.ts'
import { updateRecord } from '../record/update-record.ts'

const spelled = { user: 'User', group: 'Group', role: 'Role' } as const
const quotaOf = {
  user: 'PoliciesPerUser',
  group: 'PoliciesPerGroup',
  role: 'PoliciesPerRole',
} as const satisfies Record<EntityKind, AdjustableQuota>

interface Attachment {
  /** Name of the user, group or role. */
  readonly name: string
  readonly policyArn: string
}

const without = (arns: readonly string[], arn: string) => arns.filter((other) => other !== arn)

const verbsOf = (deps: IamDependencies, kind: EntityKind) => {
  const action = (verb: string) => `iam:${verb}${spelled[kind]}Policy`
  return {
    async attach(call: Call, { name, policyArn }: Attachment): Promise<void> {
      const accountId = accountOf(call.caller)
      const extra = [['iam:PolicyARN', policyArn]] as const
      const record = await getAuthorized(deps, call, kind, name, action('Attach'), extra)
      checkPolicyArn(policyArn, 'validation')
      if (!(await policyByArn(deps.store, accountId, policyArn))) throw noSuch('policyToAttach', policyArn)
      const limits = await accountQuotas(deps.store, accountId)
      await updateRecord(deps.store, kind, record.id, updateErrors(kind, name), (old) => {
        if (old.attached.includes(policyArn)) return old
        checkAccountQuota(limits, quotaOf[kind], old.attached.length + 1)
        return { ...old, attached: [...old.attached, policyArn] }
      })
      // The policy may have been deleted between the check and the write, with its attachments removed before ours was made.
      if (await policyByArn(deps.store, accountId, policyArn)) return
      await detach(deps.store, kind, record.id, policyArn)
      throw noSuch('policyToAttach', policyArn)
    },
    async detach(call: Call, { name, policyArn }: Attachment): Promise<void> {
      const extra = [['iam:PolicyARN', policyArn]] as const
      await updateAuthorized(deps, call, kind, name, action('Detach'), extra, (old) => {
        if (!old.attached.includes(policyArn)) throw notAttached(policyArn)
        return { ...old, attached: without(old.attached, policyArn) }
      })
    },
    async list(
      call: Call,
      input: ListRequest & { readonly name: string; readonly pathPrefix?: string | undefined },
    ): Promise<ListPage<Policy>> {
      const record = await getAuthorized(
        deps,
        call,
        kind,
        input.name,
        `iam:ListAttached${spelled[kind]}Policies`,
      )
      const found = await Promise.all(
        record.attached.map((arn) => policyByArn(deps.store, record.accountId, arn)),
      )
      const policies = found.filter((policy) => policy?.path.startsWith(input.pathPrefix ?? '/')) as Policy[]
      const list = `attached:${record.id}:${input.pathPrefix ?? '/'}`
      return pageOfItems(deps.markers, call, list, input, policies, (policy) => policy.arn)
    },
  }
}

export const attachments = (deps: IamDependencies) => {
  const [user, group, role] = [verbsOf(deps, 'user'), verbsOf(deps, 'group'), verbsOf(deps, 'role')]
  return {
    attachUserPolicy: user.attach,
    detachUserPolicy: user.detach,
    listAttachedUserPolicies: user.list,
    attachGroupPolicy: group.attach,
    detachGroupPolicy: group.detach,
    listAttachedGroupPolicies: group.list,
    attachRolePolicy: role.attach,
    detachRolePolicy: role.detach,
    listAttachedRolePolicies: role.list,
  }
}

async function detach(store: Store, kind: EntityKind, id: string, arn: string): Promise<void> {
  const notFound = () => noSuch('policy', arn)
  await updateRecord(store, kind, id, { notFound }, (old) => ({
    ...old,
    attached: without(old.attached, arn),
  })).catch(
    () => undefined, // deleted meanwhile, with its attachments
  )
}

export interface PolicyUsage {
  /** Number of users, groups and roles to which it is attached. */
  readonly attachments: number
  /** Number of users and roles whose permissions boundary it is. */
  readonly boundaries: number
}

/** The value of the store lookups `attached` and `boundary`. */
export const policyUsageKey = (accountId: string, arn: string): string => `${accountId} ${arn}`

/** How often a managed policy is used in the account. The cost does not depend on the counts. */
export async function usageOf(store: Store, accountId: string, arn: string): Promise<PolicyUsage> {
  const value = policyUsageKey(accountId, arn)
  const [users, groups, roles, boundUsers, boundRoles] = await Promise.all([
    store.count('user', { by: 'attached', value }),
    store.count('group', { by: 'attached', value }),
    store.count('role', { by: 'attached', value }),
    store.count('user', { by: 'boundary', value }),
    store.count('role', { by: 'boundary', value }),
  ])
  return { attachments: users + groups + roles, boundaries: boundUsers + boundRoles }
}

/** Removes the attachments of a deleted policy that were made during the deletion. */
export async function detachEverywhere(store: Store, accountId: string, arn: string): Promise<void> {
  const attached = { by: 'attached', value: policyUsageKey(accountId, arn) } as const
  for (const kind of ['user', 'group', 'role'] as const)
    for await (const { id } of store.each(kind, attached)) await detach(store, kind, id, arn)
}
