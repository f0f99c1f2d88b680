// The way to a managed policy by its ARN: found, authorised, then handed over; AWS's own are read and not changed.
import { Problem } from '../../problem.ts'
import type { Policy } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { ContextEntry } from '../authorization/caller-context.ts'
import type { Call } from '../caller.ts'
import { change } from '../change.ts'
import type { Parts } from '../dependencies.ts'
import { policyByArn } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import { resourceTagKeys } from '../tags.ts'
import { awsOwner } from './aws-managed.ts'

/** Names a managed policy. */
export interface MeantPolicy {
  readonly policyArn: string
}

export const policyDoor = ({ store, authorizer }: Parts) => {
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

  return { openedPolicy, ownPolicy, changedPolicy }
}
