// AllowUsersToChangePassword of an account password policy, as a policy the engine decides with: users may change their
// own password and read the rule for it without a policy of their own, and an explicit Deny still stands.
import { compile, type PolicySet, policySet } from '../../policy/compile.ts'
import type { Caller } from '../caller.ts'

/** Undefined for callers who are no users: they have no password. */
export function grantToUsersThemselves(caller: Caller): PolicySet | undefined {
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
