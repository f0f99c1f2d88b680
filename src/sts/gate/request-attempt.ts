// One request of an authenticated caller for credentials of its own (GetSessionToken, GetFederationToken, GetScopedCredentials).
// A class of each action adds what its checks need.
import type { Caller, Circumstances } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import type { UserCaller } from '../ports.ts'
import { federatedDenied, type KnownCaller, type SignedDependencies } from './signed.ts'

export class RequestAttempt<Request> {
  readonly deps: SignedDependencies
  readonly request: Request
  readonly circumstances: Circumstances
  /** Who sent the request, before any check. */
  protected readonly sender: Caller

  constructor(deps: SignedDependencies, request: Request, sender: Caller, circumstances: Circumstances) {
    this.deps = deps
    this.request = request
    this.sender = sender
    this.circumstances = circumstances
  }

  /** @throws Problem('missing_credentials'), Problem('denied') unless the sender is a user with a long-term key */
  protected userWithKey(action: string): UserCaller {
    const caller = requireCredentials(this.sender)
    if (caller.kind === 'root')
      throw new Problem('denied', `Cannot call ${action} with the key of the account root`)
    if (caller.kind !== 'user' || caller.session !== undefined)
      throw new Problem('denied', `Cannot call ${action} with session credentials`)
    return caller
  }
}

/** @throws Problem('missing_credentials') · Problem('denied') for a federated user, who may call GetCallerIdentity only */
export const requireCredentials = (caller: Caller): KnownCaller => {
  if (caller.kind === 'anonymous')
    throw new Problem('missing_credentials', 'Request is missing Authentication Token')
  if (caller.kind === 'federated') throw federatedDenied()
  return caller
}
