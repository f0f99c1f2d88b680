// Versions of managed policies: five at most, of which one is in force. Ids are never used twice.
import { Problem } from '../../problem.ts'
import type { Policy, PolicyVersion } from '../../store/records.ts'
import type { Call } from '../caller.ts'
import { change } from '../change.ts'
import type { Parts } from '../dependencies.ts'
import { checkManaged } from '../documents.ts'
import { mustFirst, noSuch, noSuchVersion } from '../messages.ts'
import { type Listed, type ListRequest, pageOfItems } from '../paging.ts'
import { quotas } from '../quotas.ts'
import { type MeantPolicy, policyDoor } from './authorized-policy.ts'

interface MeantVersion extends MeantPolicy {
  readonly versionId: string
}

export const policyVersions = (parts: Parts) => {
  const { store, markers } = parts
  const { openedPolicy, ownPolicy, changedPolicy } = policyDoor(parts)
  return {
    async createPolicyVersion(
      call: Call,
      input: MeantPolicy & { readonly document: string; readonly setAsDefault?: boolean | undefined },
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
      input: MeantPolicy & ListRequest,
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
  }
}
