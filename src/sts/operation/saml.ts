// AssumeRoleWithSAML: credentials of a role for an assertion of a SAML provider registered in the account. The request is not signed:
// the assertion is the credential. It needs no AuthnRequest of this server, and is accepted once for each role that it offers.
import type { Circumstances } from '../../iam/caller.ts'
import { SamlAttempt, type SamlDependencies, samlAction, type VerifiedAssertion } from '../gate/saml.ts'
import { waysIn } from '../gate/ways.ts'
import { gate } from '../gate.ts'
import type { SamlRequest } from '../input.ts'
import { nameQualifier, subjectType } from '../outside/saml-keys.ts'
import { withRequestAudit } from '../recorded.ts'
import { accountOfRole } from '../role-arn.ts'
import { issueCredentials } from '../session/session.ts'
import { type AssumedRole, assumedRole } from './assume-role.ts'

export interface AssumedBySaml extends AssumedRole {
  readonly subject: string
  readonly subjectType: string
  readonly issuer: string
  /** The assertion's Recipient, as in AWS's response. */
  readonly audience: string
  readonly nameQualifier: string
}

export type AssumeRoleWithSaml = (
  request: SamlRequest,
  circumstances: Circumstances,
) => Promise<AssumedBySaml>

/**
 * @throws Problem('invalid_identity_token' | 'expired_token' | 'idp_rejected_claim') for the assertion ·
 *   Problem('denied') also when there is no such role · those of AssumeRole for the rest of the request
 */
export const assumeRoleWithSaml =
  (deps: SamlDependencies): AssumeRoleWithSaml =>
  (request, circumstances) => {
    const attempt = new SamlAttempt(deps, request, circumstances)
    const what = {
      action: samlAction,
      throttled: true,
      circumstances,
      request: () => auditedSamlRequest(request, attempt.verified),
      result: (assumed: AssumedBySaml) => ({
        session: assumed.assumedRoleUser.arn,
        accessKeyId: assumed.credentials.accessKeyId,
        expiration: assumed.credentials.expiration,
      }),
    }
    return withRequestAudit(deps, what, async () => {
      const admitted = await gate('AssumeRoleWithSAML', waysIn.AssumeRoleWithSAML, attempt)
      const { assertion, nameId, provider, recipient } = attempt.proven
      const credentials = await issueCredentials(await attempt.decided(), deps, admitted)
      return {
        ...assumedRole(attempt.sessionRequest(), await attempt.decided(), credentials),
        subject: nameId.value,
        subjectType: subjectType(nameId),
        issuer: assertion.issuer,
        audience: recipient,
        nameQualifier: nameQualifier(assertion.issuer, provider),
      }
    })
  }

const auditedSamlRequest = (request: SamlRequest, verified: VerifiedAssertion | undefined) => ({
  accountId: accountOfRole(request.roleArn) ?? '',
  who: verified ? `${verified.assertion.issuer} ${verified.nameId.value}` : 'an unverified assertion',
  actor: { kind: 'outside', id: verified?.nameId.value } as const,
  resource: request.roleArn.slice(0, 2048),
  details: {
    durationSeconds: request.durationSeconds,
    policy: request.policy?.slice(0, 2048),
    policyArns: request.policyArns?.slice(0, 10),
    provider: request.principalArn.slice(0, 2048),
  },
})
