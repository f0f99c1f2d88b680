// GetFederationToken: temporary credentials that a user's application hands to a person of its own. Their permissions are those of the
// user and of the session policies, both; without a session policy only a resource policy that names the federated user grants anything.
import type { Caller, Circumstances } from '../../iam/caller.ts'
import { FederationTokenAttempt, type FederationTokenRequest } from '../gate/federation-token.ts'
import { userAsRole } from '../gate/own-session.ts'
import { dependenciesFrom } from '../gate/signed.ts'
import { waysIn } from '../gate/ways.ts'
import { gate } from '../gate.ts'
import { withRequestAudit } from '../recorded.ts'
import { type Credentials, issueCredentials } from '../session/session.ts'
import { packedPolicySize, readSessionPolicies } from '../session/session-policy.ts'
import type { AssumeRoleDependencies } from './assume-role.ts'
import { auditedCall, defaultDuration } from './own-session.ts'

export interface FederationToken {
  readonly credentials: Credentials
  readonly arn: string
  /** `<account>:<name>`, the federated user's `aws:userid`. */
  readonly federatedUserId: string
  readonly packedPolicySize: number | undefined
}

export type GetFederationToken = (
  request: FederationTokenRequest,
  caller: Caller,
  circumstances: Circumstances,
) => Promise<FederationToken>

/**
 * GetFederationToken (STS API). Lasts 900 to 129,600 seconds. Ends when its user or the access key is deleted or disabled.
 * @throws Problem('validation' | 'invalid_input' | 'malformed_policy' | 'denied' | 'packed_policy_too_large' |
 *   'missing_credentials')
 */
export const getFederationToken =
  (deps: AssumeRoleDependencies): GetFederationToken =>
  (request, caller, circumstances) =>
    withRequestAudit(
      deps,
      {
        action: 'sts:GetFederationToken',
        circumstances,
        request: () =>
          auditedCall(caller, {
            name: request.name.slice(0, 64),
            durationSeconds: request.durationSeconds,
            policy: request.policy?.slice(0, 2048),
            policyArns: request.policyArns?.slice(0, 10),
          }),
        result: ({ credentials: { accessKeyId, expiration }, arn }: FederationToken) => ({
          arn,
          accessKeyId,
          expiration,
        }),
      },
      async () => {
        const attempt = new FederationTokenAttempt(deps, request, caller, circumstances)
        const admitted = await gate('GetFederationToken', waysIn.GetFederationToken, attempt)
        const { user, arn } = attempt
        const tags = request.tags ?? []
        const policies = await readSessionPolicies(request, user.accountId, deps.managedPolicies)
        const decided = {
          role: userAsRole(user),
          sessionName: request.name,
          arn,
          duration: request.durationSeconds ?? defaultDuration,
          policies: [policies],
          tags: { tags, transitiveKeys: [] },
          userId: user.userId,
          dependencies: dependenciesFrom(user, undefined, circumstances.now),
        }
        return {
          credentials: await issueCredentials(decided, deps, admitted),
          arn,
          federatedUserId: `${user.accountId}:${request.name}`,
          packedPolicySize: packedPolicySize(request, tags),
        }
      },
    )
