// GetCallerIdentity. It needs no permission, and no policy can deny it.
import type { Caller } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'

export interface CallerIdentity {
  /** `AIDA…`, `AROA…:<session name>`, or the account id for root. */
  readonly userId: string
  readonly account: string
  readonly arn: string
}

/** @throws Problem('missing_credentials') */
export function getCallerIdentity(caller: Caller): CallerIdentity {
  switch (caller.kind) {
    case 'anonymous':
      throw new Problem('missing_credentials', 'Request is missing Authentication Token')
    case 'root':
      return { userId: caller.accountId, account: caller.accountId, arn: caller.arn }
    case 'user':
      return { userId: caller.userId, account: caller.accountId, arn: caller.arn }
    case 'federated':
      return { userId: `${caller.accountId}:${caller.name}`, account: caller.accountId, arn: caller.arn }
    case 'session':
      return { userId: `${caller.roleId}:${caller.sessionName}`, account: caller.accountId, arn: caller.arn }
  }
}
