// The roles that an identity provider permits for a token (claim `https://aws.amazon.com/roles`). As at AWS, a token with the claim
// may assume only these roles, and trust policies can test it with `sts:RoleAuthorizedByIdp`.
import { Problem } from '../../problem.ts'

const claimName = 'https://aws.amazon.com/roles'

/**
 * Whether the token names the role: the value of `sts:RoleAuthorizedByIdp`, false for a token without the claim.
 * @param claims of a verified token
 * @throws Problem('invalid_identity_token') when the claim is there and does not name the role as a whole ARN. A claim
 *   that is neither a string nor a list of strings names no role, and neither does a pattern.
 */
export function isRoleAuthorizedByIdp(claims: Readonly<Record<string, unknown>>, roleArn: string): boolean {
  if (!Object.hasOwn(claims, claimName)) return false
  const claim = claims[claimName]
  const named: readonly unknown[] = Array.isArray(claim) ? claim : [claim]
  if (named.every((one) => typeof one === 'string') && named.includes(roleArn)) return true
  throw new Problem(
    'invalid_identity_token',
    `The claim \`${claimName}\` of the token does not name this role`,
  )
}
