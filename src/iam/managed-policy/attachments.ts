// Managed policies on a user, group or role. An attachment lives on the principal, by ARN; so that a policy made later
// under a deleted one's ARN finds no old attachment, attaching looks again after writing and deleting sweeps up.
import type { Policy } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf } from '../arn.ts'
import { changed, opened, refusalsOf } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import { change } from '../change.ts'
import type { Parts } from '../dependencies.ts'
import { type BearerKind, checkPolicyArn, policyByArn } from '../lookup.ts'
import { noSuch, notAttached } from '../messages.ts'
import { type Listed, type ListRequest, pageOfItems } from '../paging.ts'
import { type Quota, within } from '../quotas.ts'

const spelled = { user: 'User', group: 'Group', role: 'Role' } as const
const quotaOf = {
  user: 'PoliciesPerUser',
  group: 'PoliciesPerGroup',
  role: 'PoliciesPerRole',
} as const satisfies Record<BearerKind, Quota>

interface Attachment {
  /** The user's, group's or role's. */
  readonly name: string
  readonly policyArn: string
}

const without = (arns: readonly string[], arn: string) => arns.filter((other) => other !== arn)

const verbsOf = (parts: Parts, kind: BearerKind) => {
  const action = (verb: string) => `iam:${verb}${spelled[kind]}Policy`
  return {
    async attach(call: Call, { name, policyArn }: Attachment): Promise<void> {
      const accountId = accountOf(call.caller)
      const extra = [['iam:PolicyARN', policyArn]] as const
      const record = await opened(parts, call, kind, name, action('Attach'), extra)
      checkPolicyArn(policyArn, 'validation')
      if (!(await policyByArn(parts.store, accountId, policyArn))) throw noSuch('policyToAttach', policyArn)
      await change(parts.store, kind, record.id, refusalsOf(kind, name), (old) => {
        if (old.attached.includes(policyArn)) return old
        within(quotaOf[kind], old.attached.length + 1)
        return { ...old, attached: [...old.attached, policyArn] }
      })
      // Deleted between our look and our write: its sweep may have been before us.
      if (await policyByArn(parts.store, accountId, policyArn)) return
      await detach(parts.store, kind, record.id, policyArn)
      throw noSuch('policyToAttach', policyArn)
    },
    async detach(call: Call, { name, policyArn }: Attachment): Promise<void> {
      const extra = [['iam:PolicyARN', policyArn]] as const
      await changed(parts, call, kind, name, action('Detach'), extra, (old) => {
        if (!old.attached.includes(policyArn)) throw notAttached(policyArn)
        return { ...old, attached: without(old.attached, policyArn) }
      })
    },
    async list(
      call: Call,
      input: ListRequest & { readonly name: string; readonly pathPrefix?: string | undefined },
    ): Promise<Listed<Policy>> {
      const record = await opened(parts, call, kind, input.name, `iam:ListAttached${spelled[kind]}Policies`)
      const found = await Promise.all(
        record.attached.map((arn) => policyByArn(parts.store, record.accountId, arn)),
      )
      const policies = found.filter((policy) => policy?.path.startsWith(input.pathPrefix ?? '/')) as Policy[]
      const list = `attached:${record.id}:${input.pathPrefix ?? '/'}`
      return pageOfItems(parts.markers, call, list, input, policies, (policy) => policy.arn)
    },
  }
}

export const attachments = (parts: Parts) => {
  const [user, group, role] = [verbsOf(parts, 'user'), verbsOf(parts, 'group'), verbsOf(parts, 'role')]
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

async function detach(store: Store, kind: BearerKind, id: string, arn: string): Promise<void> {
  const gone = () => noSuch('policy', arn)
  await change(store, kind, id, { gone }, (old) => ({ ...old, attached: without(old.attached, arn) })).catch(
    () => undefined, // who went away has nothing attached
  )
}

export interface PolicyUsage {
  /** Users, groups and roles that it is attached to. */
  readonly attachments: number
  /** Users and roles whose permissions boundary it is. */
  readonly boundaries: number
}

/** The value of the lookups `attached` and `boundary`. */
export const policyUse = (accountId: string, arn: string): string => `${accountId} ${arn}`

/** How often a managed policy is used in the account; costs the same however often that is. */
export async function usageOf(store: Store, accountId: string, arn: string): Promise<PolicyUsage> {
  const value = policyUse(accountId, arn)
  const [users, groups, roles, boundUsers, boundRoles] = await Promise.all([
    store.count('user', { by: 'attached', value }),
    store.count('group', { by: 'attached', value }),
    store.count('role', { by: 'attached', value }),
    store.count('user', { by: 'boundary', value }),
    store.count('role', { by: 'boundary', value }),
  ])
  return { attachments: users + groups + roles, boundaries: boundUsers + boundRoles }
}

/** After a policy was deleted: attachments that slipped in between. */
export async function sweepAttachments(store: Store, accountId: string, arn: string): Promise<void> {
  const attached = { by: 'attached', value: policyUse(accountId, arn) } as const
  for (const kind of ['user', 'group', 'role'] as const)
    for await (const { id } of store.each(kind, attached)) await detach(store, kind, id, arn)
}
