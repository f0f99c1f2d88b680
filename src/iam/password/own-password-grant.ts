// AllowUsersToChangePassword of the account password policy, as a resource-based policy for the policy engine: users may change
// their own password and read the password policy without an identity policy. An explicit Deny still applies.
import { compile, type PolicySet, policySet } from '../../policy/engine/compile.ts'
import type { Caller } from '../caller.ts'

/** Undefined for callers that are not users and so have no password. */
export function ownPasswordGrant(caller: Caller): PolicySet | undefined {
  if (caller.kind !== 'user') return undefined
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: caller.arn },
        Action: 'iam:ChangePassword',
        Resource: caller.arn,
      },
      {
        Effect: 'Allow',
        Principal: { AWS: caller.arn },
        Action: 'iam:GetAccountPasswordPolicy',
        Resource: '*',
      },
    ],
  })
  return policySet([compile(document, 'resource', 'account password policy')])
}
