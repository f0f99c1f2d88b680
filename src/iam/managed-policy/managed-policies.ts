// Customer managed policies; AWS's own are read through the same verbs and never changed. Versions: versions.ts.
import { uniqueId } from '../../secure/random.ts'
import type { Group, Policy, Role, Tag, User } from '../../store/records.ts'
import { accountOf, policyArn } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { Parts } from '../dependencies.ts'
import { checkManaged } from '../documents.ts'
import { mustFirst, noSuch, orTaken } from '../messages.ts'
import { checkName, checkPath } from '../names.ts'
import { type Listed, type ListRequest, limitOf, pageOf, pageOfItems } from '../paging.ts'
import { checkTags, requestTagKeys, tagRules } from '../tags.ts'
import { sweepAttachments, usersOfPolicy } from './attachments.ts'
import { type MeantPolicy, policyDoor } from './authorized-policy.ts'
import { awsManaged } from './aws-managed.ts'

export interface NewPolicy {
  readonly policyName: string
  readonly path?: string | undefined
  readonly document: string
  readonly description?: string | undefined
  readonly tags?: readonly Tag[] | undefined
}

/** A policy and how often it is used. */
export interface UsedPolicy {
  readonly policy: Policy
  readonly attachments: number
  readonly boundaries: number
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

  /**
   * AWS's own stand before the account's. A marker of theirs goes on among them; any other has passed them and is the
   * account's (`passed`).
   */
  const builtInPage = async (
    call: Call,
    list: string,
    all: readonly Policy[],
    request: ListRequest,
    keep: (policy: Policy) => Promise<boolean>,
  ) => {
    const after = markers.tryOpen(call, list, request.marker)
    if (request.marker !== undefined && after === undefined)
      return { items: [], marker: undefined, passed: request.marker }
    const items: Policy[] = []
    for (const policy of all) {
      if (policy.arn <= (after ?? '') || !(await keep(policy))) continue
      const last = items.at(-1)
      if (last && items.length === limitOf(request))
        return { items, marker: markers.seal(call, list, last.arn), passed: undefined }
      items.push(policy)
    }
    return { items, marker: undefined, passed: undefined }
  }

  const used = async (accountId: string, policy: Policy): Promise<UsedPolicy> => {
    const by = await usersOfPolicy(store, accountId, policy.arn)
    return {
      policy,
      attachments: by.users.length + by.groups.length + by.roles.length,
      boundaries: by.boundUsers.length + by.boundRoles.length,
    }
  }

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
      const counts = new Map<string, UsedPolicy>()
      const keep = async (policy: Policy) => {
        if (!policy.path.startsWith(pathPrefix)) return false
        const found = await used(accountId, policy)
        counts.set(policy.arn, found)
        return isWanted(found, input)
      }
      const list = `policies:${JSON.stringify([scope, pathPrefix, input.onlyAttached, input.usage])}`
      const first = await builtInPage(call, `${list}:aws`, scope === 'Local' ? [] : awsManaged, input, keep)
      const left = limitOf(input) - first.items.length
      const own =
        scope === 'AWS' || first.marker !== undefined || left === 0
          ? undefined
          : await pageOf<'policy'>(
              markers,
              call,
              list,
              { marker: first.passed, maxItems: left },
              (page) => store.find('policy', { by: 'account', value: accountId, prefix: pathPrefix }, page),
              keep,
            )
      const items = [...first.items, ...(own?.items ?? [])].flatMap(({ arn }) => counts.get(arn) ?? [])
      // A page that AWS's own filled exactly: the account's follow on the next.
      const last = first.items.at(-1)
      const full =
        left === 0 && scope !== 'AWS' && last ? markers.seal(call, `${list}:aws`, last.arn) : undefined
      return { items, marker: first.marker ?? own?.marker ?? full }
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
      input: MeantPolicy &
        ListRequest & {
          readonly entity?: 'User' | 'Group' | 'Role' | undefined
          readonly pathPrefix?: string | undefined
          readonly usage?: 'PermissionsPolicy' | 'PermissionsBoundary' | undefined
        },
    ): Promise<PolicyEntities> {
      const policy = await openedPolicy(call, input.policyArn, 'iam:ListEntitiesForPolicy')
      const by = await usersOfPolicy(store, accountOf(call.caller), policy.arn)
      // Without a filter both uses count; who uses it in both ways is listed once.
      const asPolicy = input.usage !== 'PermissionsBoundary'
      const asBoundary = input.usage !== 'PermissionsPolicy'
      const used = <T extends { readonly id: string }>(attached: readonly T[], bound: readonly T[]) => [
        ...new Map(
          [...(asPolicy ? attached : []), ...(asBoundary ? bound : [])].map((one) => [one.id, one]),
        ).values(),
      ]
      const entities = [
        ...used(by.users, by.boundUsers).map((record) => ({ kind: 'User', record }) as const),
        ...used(by.groups, []).map((record) => ({ kind: 'Group', record }) as const),
        ...used(by.roles, by.boundRoles).map((record) => ({ kind: 'Role', record }) as const),
      ].filter(
        ({ kind, record }) =>
          (input.entity === undefined || input.entity === kind) &&
          record.path.startsWith(input.pathPrefix ?? '/'),
      )
      const list = `entities:${policy.id}:${JSON.stringify([input.entity, input.pathPrefix, input.usage])}`
      const page = pageOfItems(markers, call, list, input, entities, ({ kind, record }) => kind + record.name)
      return {
        users: page.items.flatMap((e) => (e.kind === 'User' ? [e.record] : [])),
        groups: page.items.flatMap((e) => (e.kind === 'Group' ? [e.record] : [])),
        roles: page.items.flatMap((e) => (e.kind === 'Role' ? [e.record] : [])),
        marker: page.marker,
      }
    },
  }
}

function isWanted({ attachments, boundaries }: UsedPolicy, { onlyAttached, usage }: PolicyFilter): boolean {
  if (usage === 'PermissionsBoundary') return boundaries > 0
  if (usage === 'PermissionsPolicy') return attachments > 0
  return onlyAttached !== true || attachments > 0
}
