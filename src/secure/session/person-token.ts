// The access token of a person for a resource (`at+jwt`, RFC 9068), as the OpenID Connect provider issues it after a sign-in.
// For a service its claims become those of a session of the user, so that it decides by the user's current policies. What the
// person consented to is in `scope` and in `authorization_details` (RFC 9396); the latter become session policies. The
// server does not accept these tokens as sessions: the claims are not those that readClaims knows.
import type { ParsedJws } from '../jws.ts'
import { readClaims, type SessionClaims } from './session-claims.ts'

/** The type of `authorization_details` that holds a session policy as a JSON object in `policy`. */
export const sessionPolicyDetail = 'session_policy'

/** The claim with the ARN of the user, beside `sub`, which has the unique id. */
export const userArnClaim = 'user_arn'

/** Claims that a session has as well, with the same meaning. */
const same = [
  ...['iss', 'aud', 'iat', 'exp', 'jti', 'client_id', 'scope', 'cnf'],
  ...['auth_time', 'amr', 'acr', 'fed', 'dep'],
] as const
/** Claims that only sessions have: a claim mapping cannot set them either. */
const ofSessions = ['acct', 'rsn', 'sp', 'pb', 'act', 'src', 'ttk', 'ctx', 'sk', 'scoped', 'uid']

const userArn = /^arn:aws:iam::(\d{12}):user\/(?:[!-~]+\/)?([\w+=,.@-]{1,64})$/

/** The claims of an access token of a session or of a person; undefined when it is neither. */
export const accessTokenClaims = ({ claims }: Pick<ParsedJws, 'claims'>): SessionClaims | undefined =>
  claims['grant_id'] === undefined ? readClaims(claims) : personClaims(claims)

/**
 * Claims that a client's mapping has added are left out: they never restrict a token, because a mapping cannot set the names
 * that do (oidc/claims/reserved.ts).
 */
function personClaims(claims: ParsedJws['claims']): SessionClaims | undefined {
  const { sub, dep, client_id: clientId, [userArnClaim]: arn } = claims
  const [, account, name] = userArn.exec(typeof arn === 'string' ? arn : '') ?? []
  const policies = sessionPoliciesOf(claims['authorization_details'])
  const complete =
    typeof sub === 'string' && sub.startsWith('AIDA') && dep !== undefined && clientId !== undefined
  if (!complete || policies === undefined || ofSessions.some((one) => claims[one] !== undefined))
    return undefined
  return readClaims({
    ...Object.fromEntries(same.flatMap((one) => (claims[one] === undefined ? [] : [[one, claims[one]]]))),
    sub: arn,
    nbf: claims['iat'],
    acct: account,
    role: { arn, id: sub },
    rsn: name,
    uid: sub,
    pb: { id: sub, v: 'current' },
    ...(policies.length > 0 && { sp: [policies] }),
  })
}

/**
 * The policy texts of `authorization_details`; none when there are no details.
 * @returns undefined for details of another type or form: what they restrict would be ignored
 */
export function sessionPoliciesOf(details: unknown): readonly string[] | undefined {
  if (details === undefined) return []
  if (!Array.isArray(details) || details.length === 0) return undefined
  const texts = details.map((detail: unknown) => {
    if (typeof detail !== 'object' || detail === null) return undefined
    const { type, policy, ...others } = detail as Readonly<Record<string, unknown>>
    const isObject = typeof policy === 'object' && policy !== null && !Array.isArray(policy)
    return type === sessionPolicyDetail && isObject && Object.keys(others).length === 0
      ? JSON.stringify(policy)
      : undefined
  })
  return texts.every((text) => text !== undefined) ? texts : undefined
}
