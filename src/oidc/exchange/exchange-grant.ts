// The common part of token exchange (RFC 8693) and the JWT bearer grant (RFC 7523 §2.1) at /token: a token becomes a session of a
// role. This file reads the request and writes the response; sts/ decides, by what the token is, never by the grant or the
// parameters that were sent (docs/attacks.md 12).
//
// Parameters beyond the RFCs: `role_arn`, `role_session_name`, `policy` (session policy, JSON), `policy_arns` (managed session
// policies, separated by spaces) and `duration_seconds`, as in AssumeRoleWithWebIdentity.
import Provider, { errors, type TokenEndpointGrantContext } from 'oidc-provider'
import { Problem, type ProblemCode } from '../../problem.ts'
import type { TokenExchanged, TokenExchangeRequest } from '../../sts/operation/token-exchange.ts'
import { dpopProofOf, tokenResponse, useDpopProof } from '../library/grant-helpers.ts'
import { inOAuth } from '../oauth-errors.ts'
import type { targetChecker } from './targets.ts'

export type Exchange = (request: TokenExchangeRequest) => Promise<TokenExchanged>

const shared = [
  'audience',
  'resource',
  'scope',
  'role_arn',
  'role_session_name',
  'policy',
  'policy_arns',
  'duration_seconds',
] as const
/** Parameters that may be repeated (RFC 8693 §2.1, RFC 8707 §2). */
const repeatable = ['audience', 'resource'] as const

type Params = Readonly<Record<string, string | string[] | undefined>>
type Context = TokenEndpointGrantContext<Params>

/** The value of a parameter; undefined when it is absent or empty. */
export type Parameter = (name: string) => string | undefined

export interface ExchangeGrant {
  readonly grantType: string
  /** Its name in the table of ways in (sts/gate/ways.ts). */
  readonly name: TokenExchangeRequest['grant']
  /** Parameters besides the common ones. */
  readonly parameters: readonly string[]
  readonly subject: (
    parameter: Parameter,
  ) => Pick<TokenExchangeRequest, 'subjectToken' | 'subjectTokenType' | 'actorToken' | 'requestedTokenType'>
  /** Whether the response has `issued_token_type` (RFC 8693 §2.2.1). */
  readonly hasIssuedTokenType: boolean
  /** The OAuth error of each Problem; any other error becomes `server_error`. */
  readonly errors: ReadonlyMap<ProblemCode, string>
}

export interface ExchangeGrantDependencies {
  readonly requestId: (ctx: Context) => string
  readonly targets: ReturnType<typeof targetChecker>
}

export function registerExchangeGrant(
  provider: Provider,
  grant: ExchangeGrant,
  exchange: Exchange,
  { requestId, targets }: ExchangeGrantDependencies,
): void {
  const handler = async (ctx: Context): Promise<void> => {
    const proof = await dpopProofOf(provider, ctx)
    const request = {
      ...requestOf(ctx, grant, proof?.thumbprint, requestId(ctx)),
      targets: targets(ctx.oidc.client, [ctx.oidc.params['resource'] ?? []].flat()),
    }
    checkRoleAllowed(ctx.oidc.client, request.roleArn)
    // Before a session is made, so that a replayed request makes no second one.
    if (proof) await useDpopProof(provider, ctx, proof, request.clientId)
    const session = await withOAuthErrors(grant.errors, () => exchange(request))
    ctx.body = tokenResponse(provider, {
      accessToken: session.accessToken,
      ...(grant.hasIssuedTokenType ? { issuedTokenType: session.issuedTokenType } : {}),
      expiresIn: session.expiresIn,
      scope: session.scope,
      tokenType: request.jkt === undefined ? 'Bearer' : 'DPoP',
    })
  }
  provider.registerGrantType(grant.grantType, handler, [...grant.parameters, ...shared], [...repeatable])
}

function requestOf(
  ctx: Context,
  grant: ExchangeGrant,
  jkt: string | undefined,
  requestId: string,
): Omit<TokenExchangeRequest, 'targets'> {
  const params = ctx.oidc.params as Params
  const parameter: Parameter = (name) => {
    const value = params[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const many = (name: string): string[] => [params[name] ?? []].flat()
  const spaceSeparated = (name: string): string[] =>
    parameter(name)
      ?.split(' ')
      .filter((word) => word !== '') ?? []
  return {
    ...grant.subject(parameter),
    grant: grant.name,
    audience: many('audience'),
    resource: many('resource'),
    scope: spaceSeparated('scope'),
    roleArn: parameter('role_arn'),
    roleSessionName: parameter('role_session_name'),
    policy: parameter('policy'),
    policyArns: spaceSeparated('policy_arns'),
    durationSeconds: seconds(parameter('duration_seconds')),
    clientId: ctx.oidc.client.clientId,
    jkt,
    sourceIp: ctx.ip,
    userAgent: ctx.get('User-Agent') || undefined,
    requestId,
  }
}

/** A configured client, or the `registration:` section, may restrict the roles that can be assumed. */
function checkRoleAllowed(client: Context['oidc']['client'], roleArn: string | undefined): void {
  const roles = client['roles']
  if (roleArn !== undefined && Array.isArray(roles) && !roles.includes(roleArn))
    throw new errors.InvalidTarget('this client may not assume the requested role')
}

export function missing(name: string): never {
  throw new errors.InvalidRequest(`missing required parameter \`${name}\``)
}

function seconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,6}$/.test(text))
    throw new errors.InvalidRequest('`duration_seconds` must be a whole number of seconds')
  return Number(text)
}

/** Problems that are the same OAuth error in both RFCs. */
export const sharedErrors: readonly (readonly [ProblemCode, string])[] = [
  ['invalid_input', 'invalid_request'],
  ['validation', 'invalid_request'],
  ['malformed_policy', 'invalid_request'],
  ['packed_policy_too_large', 'invalid_request'],
  ['missing_credentials', 'invalid_request'],
  ['unsupported_action', 'invalid_request'],
  ['invalid_scope', 'invalid_scope'],
  ['invalid_target', 'invalid_target'],
  ['idp_communication_error', 'temporarily_unavailable'],
  ['unavailable', 'temporarily_unavailable'],
  ['throttled', 'temporarily_unavailable'],
]

async function withOAuthErrors<T>(
  table: ReadonlyMap<ProblemCode, string>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Problem ? table.get(error.code) : undefined
    if (!(error instanceof Problem) || code === undefined) throw error
    throw inOAuth(code, error)
  }
}
