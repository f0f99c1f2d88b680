// Versions of managed policies: at most five, one of which is the default version. Version ids are never reused.
import { Problem } from '../../problem.ts'
import type { KeptPolicyTest, Policy, PolicyVersion } from '../../store/records.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { deleteConflict, noSuch, noSuchVersion } from '../messages.ts'
import { type ListPage, type ListRequest, pageOfItems } from '../paging.ts'
import { checkManagedPolicy } from '../policy-document/documents.ts'
import { quotas } from '../quotas.ts'
import { updateRecord } from '../record/update-record.ts'
import { AuthorizedPolicies, type PolicyRef } from './authorized-policy.ts'
import {
  changedMeanwhile,
  checkTests,
  refuseFailing,
  sameTests,
  setTestsAction,
  testedVersion,
} from './tests.ts'

interface VersionRef extends PolicyRef {
  readonly versionId: string
}

export class PolicyVersions {
  readonly #deps: IamDependencies
  readonly #policies: AuthorizedPolicies

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#policies = new AuthorizedPolicies(deps)
  }

  async createPolicyVersion(
    call: Call,
    input: PolicyRef & {
      readonly document: string
      readonly setAsDefault?: boolean | undefined
      /** What takes the place of the tests kept with the policy; the document must pass them (never from the AWS wire). */
      readonly tests?: readonly KeptPolicyTest[] | undefined
      /** `testedVersion` that the policy must have. */
      readonly base?: string | undefined
    },
  ): Promise<{ readonly policy: Policy; readonly version: PolicyVersion }> {
    const { document, setAsDefault = false, policyArn: arn } = input
    const now = call.circumstances.now
    const found = await this.#policies.getForChange(call, arn, 'iam:CreatePolicyVersion')
    checkManagedPolicy(document)
    const tests = input.tests && checkTests(input.tests)
    if (tests !== undefined) {
      if (!sameTests(tests, found.tests)) await this.#deps.authorizer.authorize(call, setTestsAction, arn)
      refuseFailing(document, tests, found.accountId)
    }
    const notFound = () => noSuch('policy', arn)
    const policy = await updateRecord(this.#deps.store, 'policy', found.id, { notFound }, (old) => {
      if (input.base !== undefined && input.base !== testedVersion(old)) throw changedMeanwhile()
      // Whether the caller may change the tests was decided by those that were there.
      if (tests !== undefined && !sameTests(old.tests, found.tests)) throw changedMeanwhile()
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
        ...(tests !== undefined && { tests }),
      }
    })
    return { policy, version: policy.versions.at(-1) as PolicyVersion }
  }

  async getPolicyVersion(
    call: Call,
    { policyArn: arn, versionId }: VersionRef,
  ): Promise<{ readonly policy: Policy; readonly version: PolicyVersion }> {
    const missing = () => noSuchVersion(arn, versionId)
    const policy = await this.#policies.get(call, arn, 'iam:GetPolicyVersion', { missing })
    const version = policy.versions.find(({ id }) => id === versionId)
    if (version === undefined) throw missing()
    return { policy, version }
  }

  async listPolicyVersions(
    call: Call,
    input: PolicyRef & ListRequest,
  ): Promise<{ readonly policy: Policy; readonly versions: ListPage<PolicyVersion> }> {
    const policy = await this.#policies.get(call, input.policyArn, 'iam:ListPolicyVersions')
    // Newest first, as AWS lists them.
    const keyOf = ({ id }: PolicyVersion) => String(1e9 - Number(id.slice(1)))
    const list = `versions:${policy.id}`
    return { policy, versions: pageOfItems(this.#deps.markers, call, list, input, policy.versions, keyOf) }
  }

  async deletePolicyVersion(call: Call, { policyArn: arn, versionId }: VersionRef): Promise<void> {
    const missing = () => noSuchVersion(arn, versionId)
    await this.#policies.update(call, arn, 'iam:DeletePolicyVersion', { missing }, (old) => {
      if (!old.versions.some(({ id }) => id === versionId)) throw missing()
      if (old.defaultVersion === versionId) throw deleteConflict('defaultVersion')
      return { ...old, versions: old.versions.filter(({ id }) => id !== versionId) }
    })
  }

  async setDefaultPolicyVersion(call: Call, { policyArn: arn, versionId }: VersionRef): Promise<void> {
    const now = call.circumstances.now
    const missing = () => noSuchVersion(arn, versionId)
    await this.#policies.update(call, arn, 'iam:SetDefaultPolicyVersion', { missing }, (old) => {
      if (!old.versions.some(({ id }) => id === versionId)) throw missing()
      return { ...old, defaultVersion: versionId, updatedAt: now }
    })
  }
}
