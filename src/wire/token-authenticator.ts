import type { Authorizer } from '../iam/authorization/authorize.ts'
import { type AuthenticateToken, accessTokenAuthenticator } from '../sts/authentication/access-token.ts'
import { type Infrastructure, now } from './infrastructure.ts'
import type { Sts } from './sts.ts'

/** Authenticates requests by access tokens of role sessions whose audience is this server. */
export const openTokenAuthenticator = (
  { issuer }: Pick<Infrastructure, 'issuer'>,
  authorizer: Authorizer,
  sts: Sts,
): AuthenticateToken =>
  accessTokenAuthenticator({
    issuer,
    now,
    findKey: sts.findKey,
    longPolicies: sts.longPolicyReader,
    callers: authorizer,
    spentTokens: sts.spentTokens,
  })
