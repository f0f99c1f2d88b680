// AssumeRoleWithWebIdentity: credentials of a role for a token of an issuer registered in the account. The request is not signed: the
// token is the credential. The checks are in gate/ways.ts.
import type { OutsideIdentity } from '../../federation/workload/outside-token.ts'
import type { Circumstances } from '../../iam/caller.ts'
import { OutsideAttempt, type OutsideTokenDependencies } from '../gate/outside.ts'
import { waysIn } from '../gate/ways.ts'
import { gate } from '../gate.ts'
import type { WebIdentityRequest } from '../input.ts'
import { withRequestAudit } from '../recorded.ts'
import { accountOfRole } from '../role-arn.ts'
import { issueCredentials } from '../session/session.ts'
import { type AssumedRole, assumedRole } from './assume-role.ts'

export type WebIdentityDependencies = OutsideTokenDependencies

export interface AssumedByWebIdentity extends AssumedRole {
  /** The token's `sub`. */
  readonly subjectFromWebIdentityToken: string
  /** The ARN of the OpenID Connect provider. */
  readonly provider: string
  readonly audience: string
}

export type AssumeRoleWithWebIdentity = (
  request: WebIdentityRequest,
  circumstances: Circumstances,
) => Promise<AssumedByWebIdentity>

/**
 * @throws Problem('invalid_identity_token' | 'expired_token' | 'idp_rejected_claim' | 'idp_communication_error') for
 *   the token · Problem('denied') also when there is no such role · those of AssumeRole for the rest of the request
 */
export const assumeRoleWithWebIdentity =
  (deps: WebIdentityDependencies): AssumeRoleWithWebIdentity =>
  (request, circumstances) => {
    const attempt = new OutsideAttempt(deps, request, circumstances)
    const what = {
      action: 'sts:AssumeRoleWithWebIdentity',
      throttled: true,
      circumstances,
      request: () => auditedWebIdentityRequest(request, attempt.verified),
      result: (assumed: AssumedByWebIdentity) => ({
        session: assumed.assumedRoleUser.arn,
        accessKeyId: assumed.credentials.accessKeyId,
        expiration: assumed.credentials.expiration,
      }),
    }
    return withRequestAudit(deps, what, async () => {
      const admitted = await gate('AssumeRoleWithWebIdentity', waysIn.AssumeRoleWithWebIdentity, attempt)
      const { identity } = attempt
      const decided = await attempt.decided()
      const credentials = await issueCredentials(decided, deps, admitted)
      return {
        ...assumedRole(request, decided, credentials),
        subjectFromWebIdentityToken: identity.subject,
        provider: identity.provider,
        audience: identity.audience,
      }
    })
  }

const auditedWebIdentityRequest = (request: WebIdentityRequest, identity: OutsideIdentity | undefined) => ({
  accountId: accountOfRole(request.roleArn) ?? '',
  who: identity ? `${identity.issuer} ${identity.subject}` : 'an unverified token',
  actor: { kind: 'outside', id: identity?.subject } as const,
  resource: request.roleArn.slice(0, 2048),
  details: {
    roleSessionName: request.roleSessionName.slice(0, 64),
    durationSeconds: request.durationSeconds,
    policy: request.policy?.slice(0, 2048),
    policyArns: request.policyArns?.slice(0, 10),
    provider: identity?.provider,
    tokenId: identity?.claims['jti'],
  },
})
