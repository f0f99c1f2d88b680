// Claims of an outside token that are copied to its session, so that policies can use them on this server and at services that verify
// offline: `${token.issuer:sub}` in a resource, `token.issuer:sub` in a condition.
//
// A session token has at most 4,096 bytes, so only claims are copied that the role's policies, its boundary or the session policies use
// when the session is made. A policy that is later changed to use another claim finds it only in sessions made after the change.
import type { Context } from '../../policy/request.ts'
import type { TokenClaim } from '../../secure/session/session-claims.ts'

const ours = /^(?:aws|sts|iam):/

/**
 * @param facts condition keys of the token, in lower case
 * @param used keys that the policies use, in lower case
 */
export const claimsToCopy = (facts: Context, used: ReadonlySet<string>): readonly TokenClaim[] =>
  [...facts].filter(([key]) => used.has(key) && !ours.test(key))
