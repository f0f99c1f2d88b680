// Customer managed policies and their versions; AWS's own are read through the same verbs and never changed.
import { Problem } from '../problem.ts'
import { uniqueId } from '../secure/random.ts'
import type { Group, Policy, PolicyVersion, Role, Tag, User } from '../store/records.ts'
import { accountOf, policyArn } from './arn.ts'
import { sweepAttachments, usersOfPolicy } from './attachments.ts'
import { awsManaged, awsOwner } from './aws-managed.ts'
import type { Call } from './caller.ts'
import type { ContextEntry } from './caller-context.ts'
import { change } from './change.ts'
import { checkManaged } from './documents.ts'
import { policyByArn } from './lookup.ts'
import { mustFirst, noSuch, noSuchVersion, orTaken } from './messages.ts'
import { checkName, checkPath } from './names.ts'
import { type Listed, type ListRequest, limitOf, pageOf, pageOfItems } from './paging.ts'
import type { Parts } from './parts.ts'
import { quotas } from './quotas.ts'
import { checkTags, requestTagKeys, resourceTagKeys, tagRules, withoutTags, withTags } from './tags.ts'

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

interface Meant {
  readonly policyArn: string
}
interface MeantVersion extends Meant {
  readonly versionId: string
}

export const managedPolicies = (parts: Parts) => {
  const { store, authorizer, markers } = parts

  const openedPolicy = async (
    call: Call,
    arn: string,
    action: string,
    extra: readonly ContextEntry[] = [],
  ): Promise<Policy> => {
    const policy = await policyByArn(store, accountOf(call.caller), arn)
    await authorizer.authorize(call, action, arn, [...resourceTagKeys(policy?.tags), ...extra])
    if (policy === undefined) throw noSuch('policy', arn)
    return policy
  }

  /** As openedPolicy, for what changes it. */
  const ownPolicy: typeof openedPolicy = async (call, arn, action, extra) => {
    const policy = await openedPolicy(call, arn, action, extra)
    if (policy.accountId === awsOwner)
      throw new Problem('denied', 'Cannot perform the operation on an AWS managed policy.')
    return policy
  }

  const changedPolicy = async (
    call: Call,
    arn: string,
    action: string,
    extra: readonly ContextEntry[],
    next: (old: Policy) => Policy,
  ): Promise<Policy> => {
    const policy = await ownPolicy(call, arn, action, extra)
    return change(store, 'policy', policy.id, { gone: () => noSuch('policy', arn) }, next)
  }

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

    getPolicy: async (call: Call, { policyArn: arn }: Meant): Promise<UsedPolicy> =>
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

    async deletePolicy(call: Call, { policyArn: arn }: Meant): Promise<void> {
      const policy = await ownPolicy(call, arn, 'iam:DeletePolicy')
      const { attachments, boundaries } = await used(policy.accountId, policy)
      if (attachments + boundaries > 0) throw mustFirst('policyAttached')
      if (policy.versions.length > 1) throw mustFirst('policyVersions')
      if (!(await store.delete('policy', policy.id))) throw noSuch('policy', arn)
      await sweepAttachments(store, policy.accountId, arn)
    },

    async createPolicyVersion(
      call: Call,
      input: Meant & { readonly document: string; readonly setAsDefault?: boolean | undefined },
    ): Promise<{ readonly policy: Policy; readonly version: PolicyVersion }> {
      const { document, setAsDefault = false, policyArn: arn } = input
      const now = call.circumstances.now
      const found = await ownPolicy(call, arn, 'iam:CreatePolicyVersion')
      checkManaged(document)
      const gone = () => noSuch('policy', arn)
      const policy = await change(store, 'policy', found.id, { gone }, (old) => {
        if (old.versions.length >= quotas.VersionsPerPolicy)
          throw new Problem(
            'limit_exceeded',
            'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
          )
        const id = `v${old.nextVersion}`
        return {
          ...old,
          versions: [...old.versions, { id, document, createdAt: now }],
          nextVersion: old.nextVersion + 1,
          defaultVersion: setAsDefault ? id : old.defaultVersion,
          updatedAt: now,
        }
      })
      return { policy, version: policy.versions.at(-1) as PolicyVersion }
    },

    async getPolicyVersion(
      call: Call,
      { policyArn: arn, versionId }: MeantVersion,
    ): Promise<{ readonly policy: Policy; readonly version: PolicyVersion }> {
      const policy = await openedPolicy(call, arn, 'iam:GetPolicyVersion')
      const version = policy.versions.find(({ id }) => id === versionId)
      if (version === undefined) throw noSuchVersion(arn, versionId)
      return { policy, version }
    },

    async listPolicyVersions(
      call: Call,
      input: Meant & ListRequest,
    ): Promise<{ readonly policy: Policy; readonly versions: Listed<PolicyVersion> }> {
      const policy = await openedPolicy(call, input.policyArn, 'iam:ListPolicyVersions')
      // The newest first, as AWS lists them.
      const keyOf = ({ id }: PolicyVersion) => String(1e9 - Number(id.slice(1)))
      const list = `versions:${policy.id}`
      return { policy, versions: pageOfItems(markers, call, list, input, policy.versions, keyOf) }
    },

    async deletePolicyVersion(call: Call, { policyArn: arn, versionId }: MeantVersion): Promise<void> {
      await changedPolicy(call, arn, 'iam:DeletePolicyVersion', [], (old) => {
        if (!old.versions.some(({ id }) => id === versionId)) throw noSuchVersion(arn, versionId)
        if (old.defaultVersion === versionId) throw mustFirst('defaultVersion')
        return { ...old, versions: old.versions.filter(({ id }) => id !== versionId) }
      })
    },

    async setDefaultPolicyVersion(call: Call, { policyArn: arn, versionId }: MeantVersion): Promise<void> {
      const now = call.circumstances.now
      await changedPolicy(call, arn, 'iam:SetDefaultPolicyVersion', [], (old) => {
        if (!old.versions.some(({ id }) => id === versionId)) throw noSuchVersion(arn, versionId)
        return { ...old, defaultVersion: versionId, updatedAt: now }
      })
    },

    async listEntitiesForPolicy(
      call: Call,
      input: Meant &
        ListRequest & {
          readonly entity?: 'User' | 'Group' | 'Role' | undefined
          readonly pathPrefix?: string | undefined
          readonly usage?: 'PermissionsPolicy' | 'PermissionsBoundary' | undefined
        },
    ): Promise<PolicyEntities> {
      const policy = await openedPolicy(call, input.policyArn, 'iam:ListEntitiesForPolicy')
      const by = await usersOfPolicy(store, accountOf(call.caller), policy.arn)
      const bound = input.usage === 'PermissionsBoundary'
      const entities = [
        ...(bound ? by.boundUsers : by.users).map((record) => ({ kind: 'User', record }) as const),
        ...(bound ? [] : by.groups).map((record) => ({ kind: 'Group', record }) as const),
        ...(bound ? by.boundRoles : by.roles).map((record) => ({ kind: 'Role', record }) as const),
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

    async tagPolicy(
      call: Call,
      { policyArn: arn, tags }: Meant & { readonly tags: readonly Tag[] },
    ): Promise<void> {
      await changedPolicy(call, arn, 'iam:TagPolicy', requestTagKeys(tags), (old) => ({
        ...old,
        tags: withTags(tagRules.policy, old.tags, tags),
      }))
    },

    async untagPolicy(
      call: Call,
      { policyArn: arn, keys }: Meant & { readonly keys: readonly string[] },
    ): Promise<void> {
      await changedPolicy(call, arn, 'iam:UntagPolicy', [['aws:TagKeys', keys]], (old) => ({
        ...old,
        tags: withoutTags(tagRules.policy, old.tags, keys),
      }))
    },

    async listPolicyTags(call: Call, input: Meant & ListRequest): Promise<Listed<Tag>> {
      const policy = await openedPolicy(call, input.policyArn, 'iam:ListPolicyTags')
      return pageOfItems(markers, call, `tags:${policy.id}`, input, policy.tags, (tag) => tag.key)
    },
  }
}

function isWanted({ attachments, boundaries }: UsedPolicy, { onlyAttached, usage }: PolicyFilter): boolean {
  if (usage === 'PermissionsBoundary') return boundaries > 0
  if (usage === 'PermissionsPolicy') return attachments > 0
  return onlyAttached !== true || attachments > 0
}
