// Loads and changes managed policies by ARN, after authorizing the action. Unknown ARNs are authorized too, so that callers without
// permission cannot probe which policies exist. AWS managed policies can be read but not changed.
import { Problem } from '../../problem.ts'
import type { Policy } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { ContextEntry } from '../authorization/caller-context.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { policyByArn } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import { updateRecord } from '../record/update-record.ts'
import { resourceTagKeys } from '../tags.ts'
import { awsOwner } from './aws-managed.ts'

/** Identifies a managed policy. */
export interface PolicyRef {
  readonly policyArn: string
}

interface PolicyOptions {
  /** Condition keys of the request. */
  readonly extra?: readonly ContextEntry[] | undefined
  readonly missing?: (() => Problem) | undefined
}

export class AuthorizedPolicies {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  /**
   * A policy of the account, or an AWS managed one.
   * @param missing the sentence for a policy that does not exist differs from operation to operation
   * @throws Problem('denied'), Problem('not_found')
   */
  async get(
    call: Call,
    arn: string,
    action: string,
    { extra = [], missing = () => noSuch('policy', arn) }: PolicyOptions = {},
  ): Promise<Policy> {
    const { store, authorizer } = this.#deps
    const policy = await policyByArn(store, accountOf(call.caller), arn)
    await authorizer.authorize(call, action, arn, [...resourceTagKeys(policy?.tags), ...extra])
    if (policy === undefined) throw missing()
    return policy
  }

  /** As `get`, for changes. @throws Problem('denied') also for an AWS managed policy */
  async getForChange(call: Call, arn: string, action: string, options?: PolicyOptions): Promise<Policy> {
    const policy = await this.get(call, arn, action, options)
    if (policy.accountId === awsOwner)
      throw new Problem('denied', 'Cannot perform the operation on an AWS managed policy.')
    return policy
  }

  /** Changes a policy of the account by compare-and-swap. `next` must be pure. @throws Problem('denied'), Problem('not_found') */
  async update(
    call: Call,
    arn: string,
    action: string,
    options: PolicyOptions,
    next: (old: Policy) => Policy,
  ): Promise<Policy> {
    const policy = await this.getForChange(call, arn, action, options)
    const notFound = options.missing ?? (() => noSuch('policy', arn))
    return updateRecord(this.#deps.store, 'policy', policy.id, { notFound }, next)
  }
}
