// Claims of an outside token that are copied to its session, so that the role's policies can use them here and at services that
// verify offline: `${token.issuer:sub}` in a resource, `token.issuer:sub` in a condition.
//
// Copied is every claim that the role's policies, its boundary or the session policies use when the session is made, and no other,
// because a session token has 4,096 bytes. A policy that uses another claim later finds it in sessions made after that.
import type { Context } from '../policy/request.ts'
import type { TokenClaim } from '../secure/session-claims.ts'

const ours = /^(?:aws|sts|iam):/

/**
 * @param facts condition keys of the provider's own, in lower case
 * @param asked keys that the policies ask for, in lower case
 */
export const claimsToCarry = (facts: Context, asked: ReadonlySet<string>): readonly TokenClaim[] =>
  [...facts].filter(([key]) => asked.has(key) && !ours.test(key))
