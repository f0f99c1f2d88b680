// AssumeRoleWithLDAPIdentity: credentials of a role for the name and password of a user in a directory. AWS has no such operation; its
// parameters are those of MinIO's, with RoleArn, RoleSessionName and ProviderArn added.
import type { Circumstances } from '../../iam/caller.ts'
import { LdapAttempt, type LdapDependencies, ldapAction } from '../gate/ldap.ts'
import { waysIn } from '../gate/ways.ts'
import { gate } from '../gate.ts'
import type { LdapRequest } from '../input.ts'
import type { DirectoryUser } from '../ports.ts'
import { withRequestAudit } from '../recorded.ts'
import { accountOfRole } from '../role-arn.ts'
import { issueCredentials } from '../session/session.ts'
import { type AssumedRole, assumedRole } from './assume-role.ts'

export type AssumeRoleWithLdapIdentity = (
  request: LdapRequest,
  circumstances: Circumstances,
) => Promise<AssumedRole>

/**
 * @throws Problem('denied') for a wrong name or password, and when there is no such role or it does not trust the directory ·
 *   Problem('throttled') · Problem('idp_communication_error') when no directory server answers ·
 *   Problem('password_policy_violation') when the directory wants another password first · those of AssumeRole for the rest
 */
export const assumeRoleWithLdapIdentity =
  (deps: LdapDependencies): AssumeRoleWithLdapIdentity =>
  (request, circumstances) => {
    const attempt = new LdapAttempt(deps, request, circumstances)
    const what = {
      action: ldapAction,
      throttled: true,
      circumstances,
      request: () => auditedLdapRequest(request, attempt.verified),
      result: (assumed: AssumedRole) => ({
        session: assumed.assumedRoleUser.arn,
        accessKeyId: assumed.credentials.accessKeyId,
        expiration: assumed.credentials.expiration,
      }),
    }
    return withRequestAudit(deps, what, async () => {
      const admitted = await gate('AssumeRoleWithLDAPIdentity', waysIn.AssumeRoleWithLDAPIdentity, attempt)
      const decided = await attempt.decided()
      const credentials = await issueCredentials(decided, deps, admitted)
      return assumedRole(attempt.sessionRequest(), decided, credentials)
    })
  }

const auditedLdapRequest = (request: LdapRequest, verified: DirectoryUser | undefined) => ({
  accountId: accountOfRole(request.roleArn) ?? '',
  who: verified ? `${verified.issuer} ${verified.subject}` : 'an unverified directory user',
  actor: { kind: 'outside', id: verified?.subject } as const,
  resource: request.roleArn.slice(0, 2048),
  details: {
    durationSeconds: request.durationSeconds,
    policy: request.policy?.slice(0, 2048),
    policyArns: request.policyArns?.slice(0, 10),
    provider: verified?.provider ?? request.providerArn?.slice(0, 2048),
  },
})
