// Checks of GetFederationToken: a user with an access key makes temporary credentials for a person of the user's own application.

import { withDecision } from '../../audit/decision-record.ts'
import { decisionRecord } from '../../iam/authorization/decision-record.ts'
import { decide, explain, formatDecision } from '../../policy/engine/decide.ts'
import { contextOf } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import { checkRequest } from '../input.ts'
import type { SessionTag, UserCaller } from '../ports.ts'
import { checkInlinePolicy, packedPolicySize } from '../session/session-policy.ts'
import { tagContext } from '../session/session-tags.ts'
import { checkDuration } from './own-session.ts'
import { RequestAttempt } from './request-attempt.ts'

export interface FederationTokenRequest {
  /** Name of the federated user, 2…32 characters. */
  readonly name: string
  readonly policy?: string | undefined
  readonly policyArns?: readonly string[] | undefined
  /** Seconds, 900…129600; default 43200. */
  readonly durationSeconds?: number | undefined
  readonly tags?: readonly SessionTag[] | undefined
}

export const federatedUserArn = (accountId: string, name: string): string =>
  `arn:aws:sts::${accountId}:federated-user/${name}`

/** One GetFederationToken request. */
export class FederationTokenAttempt extends RequestAttempt<FederationTokenRequest> {
  /** @throws Problem('denied') unless the caller is a user with a long-term key */
  get user(): UserCaller {
    return this.userWithKey('GetFederationToken')
  }

  get arn(): string {
    return federatedUserArn(this.user.accountId, this.request.name)
  }
}

export const federationTokenChecks = {
  sizes({ request: { name, policy, policyArns, tags, durationSeconds } }: FederationTokenAttempt): void {
    checkRequest({ name, policy, policyArns, tags })
    checkDuration(durationSeconds, 900)
  },
  type: (attempt: FederationTokenAttempt): void => void attempt.user,
  user: ({ deps, user }: FederationTokenAttempt): Promise<void> => deps.callers.ensureLive(user),
  session({ request }: FederationTokenAttempt): void {
    checkInlinePolicy(request.policy)
    packedPolicySize(request, request.tags ?? [])
  },
  /** The user's own policies must allow sts:GetFederationToken, and sts:TagSession when there are tags. */
  async role({ deps, user, arn, request, circumstances }: FederationTokenAttempt): Promise<void> {
    const tags = request.tags ?? []
    const facts = await deps.callers.contextOf(user, circumstances)
    const context = new Map([...facts, ...contextOf(tagContext({ tags, transitiveKeys: [] }))])
    const layers = await deps.callers.layersOf(user)
    const actions = ['sts:GetFederationToken', ...(tags.length === 0 ? [] : ['sts:TagSession'])]
    for (const action of actions) {
      const principal = deps.callers.principalOf(user)
      const asked = { principal, action, resource: arn, resourceAccount: user.accountId, context }
      const decision = decide(asked, layers)
      if (decision.effect === 'allow') continue
      const message = `User: ${user.arn} is not authorized to perform: ${action} on resource: ${arn}`
      const denied = new Problem('denied', message, { detail: formatDecision(decision) })
      throw withDecision(denied, () => decisionRecord(explain(asked, layers), asked))
    }
  },
}
