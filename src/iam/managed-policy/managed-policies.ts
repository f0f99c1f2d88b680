// Managed policies: create, get, list and delete. AWS managed policies can be read but not changed. Versions are in versions.ts.
import { uniqueId } from '../../secure/random.ts'
import type { Group, KeptPolicyTest, Policy, Role, Tag, User } from '../../store/records.ts'
import { accountOf, policyArn } from '../arn.ts'
import { authorizeCreation } from '../authorization/authorize-creation.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { createUnique, deleteConflict, noSuch } from '../messages.ts'
import { checkName, checkPath } from '../names.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { checkManagedPolicy } from '../policy-document/documents.ts'
import { createWithinQuota } from '../record/create-within-quota.ts'
import { itemSegment, pageOfSegments, recordSegment } from '../record/segmented-list.ts'
import { checkTags, tagRules } from '../tags.ts'
import { detachEverywhere, type PolicyUsage, usageOf } from './attachments.ts'
import { AuthorizedPolicies, type PolicyRef } from './authorized-policy.ts'
import { awsManaged } from './aws-managed.ts'
import { type EntityFilter, entitySegments } from './entities.ts'
import { checkTests, refuseFailing, setTestsAction } from './tests.ts'

export interface NewPolicy {
  readonly policyName: string
  readonly path?: string | undefined
  readonly document: string
  readonly description?: string | undefined
  readonly tags?: readonly Tag[] | undefined
  /** Tests that the document must pass, and that are kept with the policy (never from the AWS wire). */
  readonly tests?: readonly KeptPolicyTest[] | undefined
}

/** A policy and the number of its uses. */
export interface PolicyWithUsage extends PolicyUsage {
  readonly policy: Policy
}

export interface PolicyFilter extends ListRequest {
  readonly scope?: 'All' | 'AWS' | 'Local' | undefined
  readonly onlyAttached?: boolean | undefined
  readonly pathPrefix?: string | undefined
  /** How path and name go on after `pathPrefix`; for policies without a path the beginning of the name, in any case. */
  readonly search?: string | undefined
  readonly usage?: 'PermissionsPolicy' | 'PermissionsBoundary' | undefined
}

export interface PolicyEntities {
  readonly users: readonly User[]
  readonly groups: readonly Group[]
  readonly roles: readonly Role[]
  readonly marker: string | undefined
}

export class ManagedPolicies {
  readonly #deps: IamDependencies
  readonly #policies: AuthorizedPolicies

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#policies = new AuthorizedPolicies(deps)
  }

  async createPolicy(call: Call, input: NewPolicy): Promise<Policy> {
    const { authorizer, store } = this.#deps
    const accountId = accountOf(call.caller)
    const now = call.circumstances.now
    const name = checkName('policy', input.policyName)
    const path = checkPath(input.path)
    const tests = checkTests(input.tests ?? [])
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
      ...(tests.length > 0 && { tests }),
    }
    await authorizeCreation(authorizer, call, tagRules.policy, policy)
    if (tests.length > 0) await authorizer.authorize(call, setTestsAction, policy.arn)
    checkManagedPolicy(input.document)
    refuseFailing(input.document, tests, accountId)
    const inAccount = { by: 'account', value: accountId } as const
    const limited = {
      kind: 'policy',
      record: policy,
      quota: 'PoliciesPerAccount',
      lookup: inAccount,
    } as const
    await createWithinQuota(store, limited, () =>
      createUnique(store.create('policy', policy), 'policy', name),
    )
    return policy
  }

  async getPolicy(call: Call, { policyArn: arn }: PolicyRef): Promise<PolicyWithUsage> {
    return this.#withUsage(accountOf(call.caller), await this.#policies.get(call, arn, 'iam:GetPolicy'))
  }

  async listPolicies(call: Call, input: PolicyFilter): Promise<ListPage<PolicyWithUsage>> {
    const { authorizer, store, markers } = this.#deps
    const accountId = accountOf(call.caller)
    const { scope = 'All', pathPrefix = '/' } = input
    const search = (input.search ?? '').toLowerCase()
    await authorizer.authorize(call, 'iam:ListPolicies', `arn:aws:iam::${accountId}:policy/*`)
    const wanted = async (policy: Policy): Promise<PolicyWithUsage | undefined> => {
      if (!policy.path.startsWith(pathPrefix)) return undefined
      if (!(policy.path + policy.name).toLowerCase().startsWith(pathPrefix.toLowerCase() + search))
        return undefined
      const found = await this.#withUsage(accountId, policy)
      return isWanted(found, input) ? found : undefined
    }
    const list = `policies:${JSON.stringify([scope, pathPrefix, input.onlyAttached, input.usage, search])}`
    const builtIn = itemSegment(awsManaged, ({ arn }) => arn, wanted)
    const inAccount = { by: 'account', value: accountId, prefix: pathPrefix + search } as const
    const own = recordSegment<'policy', PolicyWithUsage>(
      (page) => store.find('policy', inAccount, page),
      wanted,
    )
    // AWS managed policies are listed before those of the account.
    const segments = [...(scope === 'Local' ? [] : [builtIn]), ...(scope === 'AWS' ? [] : [own])]
    return pageOfSegments(markers, call, list, input, segments)
  }

  async deletePolicy(call: Call, { policyArn: arn }: PolicyRef): Promise<void> {
    const { store } = this.#deps
    const policy = await this.#policies.getForChange(call, arn, 'iam:DeletePolicy')
    const { attachments, boundaries } = await this.#withUsage(policy.accountId, policy)
    if (attachments + boundaries > 0) throw deleteConflict('policyAttached')
    if (policy.versions.length > 1) throw deleteConflict('policyVersions')
    if (!(await store.delete('policy', policy.id))) throw noSuch('policy', arn)
    await detachEverywhere(store, policy.accountId, arn)
  }

  async listEntitiesForPolicy(
    call: Call,
    input: PolicyRef & ListRequest & EntityFilter,
  ): Promise<PolicyEntities> {
    const { store, markers } = this.#deps
    const missing = () => noSuch('policyToAttach', input.policyArn)
    const policy = await this.#policies.get(call, input.policyArn, 'iam:ListEntitiesForPolicy', { missing })
    const list = `entities:${policy.id}:${JSON.stringify([input.entity, input.pathPrefix, input.usage])}`
    const segments = entitySegments(store, accountOf(call.caller), policy.arn, input)
    const page = await pageOfSegments(markers, call, list, input, segments)
    return {
      users: page.items.flatMap((e) => (e.kind === 'user' ? [e.record] : [])),
      groups: page.items.flatMap((e) => (e.kind === 'group' ? [e.record] : [])),
      roles: page.items.flatMap((e) => (e.kind === 'role' ? [e.record] : [])),
      marker: page.marker,
    }
  }

  async #withUsage(accountId: string, policy: Policy): Promise<PolicyWithUsage> {
    return {
      policy,
      ...(await usageOf(this.#deps.store, accountId, policy.arn)),
    }
  }
}

/** The usage filter applies only together with OnlyAttached, for which a permissions boundary counts as well. */
function isWanted(
  { attachments, boundaries }: PolicyWithUsage,
  { onlyAttached, usage }: PolicyFilter,
): boolean {
  if (onlyAttached !== true) return true
  if (usage === 'PermissionsBoundary') return boundaries > 0
  if (usage === 'PermissionsPolicy') return attachments > 0
  return attachments + boundaries > 0
}
