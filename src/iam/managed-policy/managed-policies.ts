// Customer managed policies; AWS's own are read through the same verbs and never changed. Versions: versions.ts.
import { uniqueId } from '../../secure/random.ts'
import type { Group, Policy, Role, Tag, User } from '../../store/records.ts'
import { accountOf, policyArn } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { Parts } from '../dependencies.ts'
import { checkManaged } from '../documents.ts'
import { mustFirst, noSuch, orTaken } from '../messages.ts'
import { checkName, checkPath } from '../names.ts'
import type { Listed, ListRequest } from '../paging.ts'
import { itemSegment, pageOfSegments, recordSegment } from '../segmented-list.ts'
import { checkTags, requestTagKeys, tagRules } from '../tags.ts'
import { type PolicyUsage, sweepAttachments, usageOf } from './attachments.ts'
import { type MeantPolicy, policyDoor } from './authorized-policy.ts'
import { awsManaged } from './aws-managed.ts'
import { type EntityFilter, entitySegments } from './entities.ts'

export interface NewPolicy {
  readonly policyName: string
  readonly path?: string | undefined
  readonly document: string
  readonly description?: string | undefined
  readonly tags?: readonly Tag[] | undefined
}

/** A policy and how often it is used. */
export interface UsedPolicy extends PolicyUsage {
  readonly policy: Policy
}

export interface PolicyFilter extends ListRequest {
  readonly scope?: 'All' | 'AWS' | 'Local' | undefined
  readonly onlyAttached?: boolean | undefined
  readonly pathPrefix?: string | undefined
  readonly usage?: 'PermissionsPolicy' | 'PermissionsBoundary' | undefined
}

export interface PolicyEntities {
  readonly users: readonly User[]
  readonly groups: readonly Group[]
  readonly roles: readonly Role[]
  readonly marker: string | undefined
}

export const managedPolicies = (parts: Parts) => {
  const { store, authorizer, markers } = parts
  const { openedPolicy, ownPolicy } = policyDoor(parts)

  const used = async (accountId: string, policy: Policy): Promise<UsedPolicy> => ({
    policy,
    ...(await usageOf(store, accountId, policy.arn)),
  })

  return {
    async createPolicy(call: Call, input: NewPolicy): Promise<Policy> {
      const accountId = accountOf(call.caller)
      const now = call.circumstances.now
      const name = checkName('policy', input.policyName)
      const path = checkPath(input.path)
      const policy: Policy = {
        id: uniqueId('ANPA'),
        accountId,
        name,
        path,
        arn: policyArn({ accountId, path, name }),
        description: input.description,
        createdAt: now,
        updatedAt: now,
        versions: [{ id: 'v1', document: input.document, createdAt: now }],
        defaultVersion: 'v1',
        nextVersion: 2,
        tags: checkTags(tagRules.policy, input.tags),
      }
      await authorizer.authorize(call, 'iam:CreatePolicy', policy.arn, requestTagKeys(policy.tags))
      checkManaged(policy.versions[0]?.document ?? '')
      await orTaken(store.create('policy', policy), 'policy', name)
      return policy
    },

    getPolicy: async (call: Call, { policyArn: arn }: MeantPolicy): Promise<UsedPolicy> =>
      used(accountOf(call.caller), await openedPolicy(call, arn, 'iam:GetPolicy')),

    async listPolicies(call: Call, input: PolicyFilter): Promise<Listed<UsedPolicy>> {
      const accountId = accountOf(call.caller)
      const { scope = 'All', pathPrefix = '/' } = input
      await authorizer.authorize(call, 'iam:ListPolicies', `arn:aws:iam::${accountId}:policy/*`)
      const wanted = async (policy: Policy): Promise<UsedPolicy | undefined> => {
        if (!policy.path.startsWith(pathPrefix)) return undefined
        const found = await used(accountId, policy)
        return isWanted(found, input) ? found : undefined
      }
      const list = `policies:${JSON.stringify([scope, pathPrefix, input.onlyAttached, input.usage])}`
      const builtIn = itemSegment(awsManaged, ({ arn }) => arn, wanted)
      const inAccount = { by: 'account', value: accountId, prefix: pathPrefix } as const
      const own = recordSegment<'policy', UsedPolicy>((page) => store.find('policy', inAccount, page), wanted)
      // AWS's own stand before the account's.
      const segments = [...(scope === 'Local' ? [] : [builtIn]), ...(scope === 'AWS' ? [] : [own])]
      return pageOfSegments(markers, call, list, input, segments)
    },

    async deletePolicy(call: Call, { policyArn: arn }: MeantPolicy): Promise<void> {
      const policy = await ownPolicy(call, arn, 'iam:DeletePolicy')
      const { attachments, boundaries } = await used(policy.accountId, policy)
      if (attachments + boundaries > 0) throw mustFirst('policyAttached')
      if (policy.versions.length > 1) throw mustFirst('policyVersions')
      if (!(await store.delete('policy', policy.id))) throw noSuch('policy', arn)
      await sweepAttachments(store, policy.accountId, arn)
    },

    async listEntitiesForPolicy(
      call: Call,
      input: MeantPolicy & ListRequest & EntityFilter,
    ): Promise<PolicyEntities> {
      const policy = await openedPolicy(call, input.policyArn, 'iam:ListEntitiesForPolicy')
      const list = `entities:${policy.id}:${JSON.stringify([input.entity, input.pathPrefix, input.usage])}`
      const segments = entitySegments(store, accountOf(call.caller), policy.arn, input)
      const page = await pageOfSegments(markers, call, list, input, segments)
      return {
        users: page.items.flatMap((e) => (e.kind === 'user' ? [e.record] : [])),
        groups: page.items.flatMap((e) => (e.kind === 'group' ? [e.record] : [])),
        roles: page.items.flatMap((e) => (e.kind === 'role' ? [e.record] : [])),
        marker: page.marker,
      }
    },
  }
}

/** The usage filter counts only beside OnlyAttached, which counts boundaries too. */
function isWanted({ attachments, boundaries }: UsedPolicy, { onlyAttached, usage }: PolicyFilter): boolean {
  if (onlyAttached !== true) return true
  if (usage === 'PermissionsBoundary') return boundaries > 0
  if (usage === 'PermissionsPolicy') return attachments > 0
  return attachments + boundaries > 0
}
