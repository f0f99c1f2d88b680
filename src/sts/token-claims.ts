// Claims of an outside token that travel with the session made from it, so that the role's own policies can ask for them
// here and at services that verify offline: `${token.issuer:sub}` in a resource, `token.issuer:sub` in a condition.
//
// What travels: every claim that the role's policies, its boundary or the session's own policies ask for when the session
// is made, and nothing else; a session token has 4,096 bytes. A policy that begins to ask for another claim sees it in
// sessions made afterwards.
import type { Context } from '../policy/request.ts'
import type { TokenClaim } from '../secure/session-claims.ts'

const ours = /^(?:aws|sts|iam):/

/**
 * @param facts condition keys of the provider's own, in lower case
 * @param asked keys that the policies ask for, in lower case
 */
export const claimsToCarry = (facts: Context, asked: ReadonlySet<string>): readonly TokenClaim[] =>
  [...facts].filter(([key]) => asked.has(key) && !ours.test(key))
