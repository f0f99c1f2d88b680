// Rich authorization requests (RFC 9396): a client asks a person to consent to a session policy, `{ "type": "session_policy",
// "policy": { … } }`. It is shown in words, and every token that is issued carries it: services apply it as a session policy
// (secure/session/person-token.ts), and so does a token exchange. It only ever restricts what the person may do.
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { isProblem } from '../problem.ts'
import { sessionPoliciesOf, sessionPolicyDetail } from '../secure/session/person-token.ts'
import type { Description } from '../sts/session/consented-policies.ts'
import { deviceGrant } from './clients/settings.ts'

/** Characters of all policies of a request; a service takes tokens of 4,096 characters. */
const maxPolicies = 1500

export interface SessionPolicyRules {
  /** The policy in words. @throws Problem('malformed_policy') when it cannot be read or said in words */
  readonly describe: (policy: string) => Description
  /** Whether the user may do all that the policies allow. */
  readonly mayConsent: (userId: string, policies: readonly string[]) => Promise<boolean>
}

/** Grants whose tokens carry what a person has consented to. */
const carrying: ReadonlySet<unknown> = new Set(['authorization_code', 'refresh_token', deviceGrant])

type Detail = Readonly<Record<string, unknown>> & { readonly type: string }

interface Carrier {
  readonly rar?: readonly Detail[] | undefined
}

const refused = (why: string): Error => new errors.InvalidAuthorizationDetails(why)

/** @throws errors.InvalidAuthorizationDetails */
function checkDetail(ctx: KoaContextWithOIDC, detail: Detail, { describe }: SessionPolicyRules): void {
  const grant = ctx.oidc.params?.['grant_type']
  if (grant !== undefined && !carrying.has(grant))
    throw refused('authorization_details need the consent of a person; send `policy` to narrow an exchange')
  const [policy] = sessionPoliciesOf([detail]) ?? []
  if (policy === undefined)
    throw refused(`an authorization detail has \`type\` and \`policy\`, an IAM policy as a JSON object`)
  if (requestedPolicies(ctx.oidc.params).join('').length > maxPolicies)
    throw refused(`the policies together have more than ${maxPolicies} characters`)
  try {
    describe(policy)
  } catch (error) {
    throw isProblem(error, 'malformed_policy') ? refused(error.message) : error
  }
}

/** What was consented to, for a token that is made from a code, device code or refresh token. */
function detailsOfToken(ctx: KoaContextWithOIDC, source: Carrier | undefined): readonly Detail[] | undefined {
  const asked = requestedDetails(ctx.oidc.params)
  if (asked !== undefined && JSON.stringify(asked) !== JSON.stringify(source?.rar))
    throw refused('the token has the authorization details that the person consented to, and no others')
  return source?.rar
}

/** oidc-provider's feature. */
export const richAuthorizationRequests = (rules: SessionPolicyRules) => ({
  enabled: true,
  types: {
    [sessionPolicyDetail]: {
      validate: (ctx: KoaContextWithOIDC, detail: Detail) => checkDetail(ctx, detail, rules),
    },
  },
  // The check `rar_prompt` of oidc-provider asks for consent in every request that has details.
  authorizationDetailsForGrantSource: (ctx: KoaContextWithOIDC) => requestedDetails(ctx.oidc.params),
  authorizationDetailsForAccessToken: (ctx: KoaContextWithOIDC, _token: unknown, source?: Carrier) =>
    detailsOfToken(ctx, source),
  authorizationDetailsForIntrospection: (_ctx: KoaContextWithOIDC, token: Carrier) => token.rar,
})

/** The details of an authorization request that was validated; undefined when it has none. */
export function requestedDetails(
  params: Readonly<Record<string, unknown>> | undefined,
): readonly Detail[] | undefined {
  const text = params?.['authorization_details']
  return text === undefined || text === '' ? undefined : JSON.parse(String(text))
}

/** The policies of an authorization request, as texts. */
export const requestedPolicies = (params: Readonly<Record<string, unknown>> | undefined): readonly string[] =>
  sessionPoliciesOf(requestedDetails(params)) ?? []

/**
 * For the signed-in person of a request.
 * @throws errors.InvalidAuthorizationDetails when they may not do themselves what they would consent to
 */
export async function checkOwnPermissions(
  ctx: KoaContextWithOIDC,
  { mayConsent }: Pick<SessionPolicyRules, 'mayConsent'>,
): Promise<void> {
  const policies = requestedPolicies(ctx.oidc.params)
  const userId = ctx.oidc.session?.accountId
  if (policies.length === 0 || userId === undefined || (await mayConsent(userId, policies))) return
  throw refused('the session policy allows more than the person may do')
}
