// Token exchange (RFC 8693) at /token: an outside token, or one of ours, becomes a session of a role. Owns the wire; who
// may become what is sts/'s to say, on what the subject token is and not on which parameters were sent (attacks.md 12).
//
// Parameters beside RFC 8693's: `role_arn`, `role_session_name`, `policy` (session policy, JSON), `policy_arns` (managed
// session policies, space-separated) and `duration_seconds`: AssumeRoleWithWebIdentity's, in OAuth's spelling.
import Provider, { errors, type TokenEndpointGrantContext } from 'oidc-provider'
import {
  buildTokenResponse,
  checkDpopReplay,
  checkDpopRequired,
  validateDpop,
} from 'oidc-provider/lib/helpers/grants.js'
import { Problem, type ProblemCode } from '../problem.ts'
import type { TokenExchanged, TokenExchangeRequest } from '../sts/token-exchange.ts'
import { tokenExchangeGrant } from './clients.ts'

export type Exchange = (request: TokenExchangeRequest) => Promise<TokenExchanged>

const names = [
  'subject_token',
  'subject_token_type',
  'actor_token',
  'actor_token_type',
  'requested_token_type',
  'audience',
  'resource',
  'scope',
  'role_arn',
  'role_session_name',
  'policy',
  'policy_arns',
  'duration_seconds',
] as const
/** RFC 8693 §2.1: these may stand more than once. */
const repeatable = ['audience', 'resource'] as const

/** RFC 8693 §2.2.2 and RFC 6749 §5.2: which OAuth error a refusal is. What is not here is a bug or `server_error`. */
const oauthErrors: ReadonlyMap<ProblemCode, string> = new Map([
  ['invalid_identity_token', 'invalid_request'],
  ['idp_rejected_claim', 'invalid_request'],
  ['expired_token', 'invalid_request'],
  ['unauthenticated', 'invalid_request'],
  ['missing_credentials', 'invalid_request'],
  ['invalid_input', 'invalid_request'],
  ['validation', 'invalid_request'],
  ['malformed_policy', 'invalid_request'],
  ['packed_policy_too_large', 'invalid_request'],
  ['not_found', 'invalid_target'],
  ['denied', 'invalid_target'],
  ['unsupported_action', 'invalid_request'],
  ['idp_communication_error', 'temporarily_unavailable'],
  ['unavailable', 'temporarily_unavailable'],
  ['throttled', 'temporarily_unavailable'],
])

type Context = TokenEndpointGrantContext<Partial<Record<(typeof names)[number], string | string[]>>>

export function registerTokenExchange(
  provider: Provider,
  exchange: Exchange,
  requestId: (ctx: Context) => string,
): void {
  const handler = async (ctx: Context): Promise<void> => {
    const proof = await validateDpop(provider, ctx)
    checkDpopRequired(provider, ctx, proof)
    const request = requestOf(ctx, proof?.thumbprint, requestId(ctx))
    // The proof is spent before anything is made of the token: a replayed request makes no second session.
    if (proof) await checkDpopReplay(provider, ctx, proof, request.clientId)
    const session = await refusedInOAuth(() => exchange(request))
    ctx.body = buildTokenResponse(provider, {
      accessToken: session.accessToken,
      issuedTokenType: session.issuedTokenType,
      expiresIn: session.expiresIn,
      scope: session.scope,
      tokenType: request.jkt === undefined ? 'Bearer' : 'DPoP',
    })
  }
  provider.registerGrantType(tokenExchangeGrant, handler, [...names], [...repeatable])
}

function requestOf(ctx: Context, jkt: string | undefined, requestId: string): TokenExchangeRequest {
  const { params } = ctx.oidc
  const one = (name: (typeof names)[number]): string | undefined => {
    const value = params[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const many = (name: (typeof names)[number]): string[] => [params[name] ?? []].flat()
  const words = (name: (typeof names)[number]): string[] =>
    one(name)
      ?.split(' ')
      .filter((word) => word !== '') ?? []
  const actorToken = one('actor_token')
  const actorTokenType = one('actor_token_type')
  // RFC 8693 §2.1: the type is required with the token and must not stand without it.
  if ((actorToken === undefined) !== (actorTokenType === undefined)) {
    throw new errors.InvalidRequest('`actor_token` and `actor_token_type` stand together')
  }
  return {
    subjectToken: one('subject_token') ?? missing('subject_token'),
    subjectTokenType: one('subject_token_type') ?? missing('subject_token_type'),
    actorToken,
    requestedTokenType: one('requested_token_type'),
    audience: many('audience'),
    resource: many('resource'),
    scope: words('scope'),
    roleArn: one('role_arn'),
    roleSessionName: one('role_session_name'),
    policy: one('policy'),
    policyArns: words('policy_arns'),
    durationSeconds: seconds(one('duration_seconds')),
    clientId: ctx.oidc.client.clientId,
    jkt,
    sourceIp: ctx.ip,
    userAgent: ctx.get('User-Agent') || undefined,
    requestId,
  }
}

function missing(name: string): never {
  throw new errors.InvalidRequest(`missing required parameter \`${name}\``)
}

function seconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,6}$/.test(text))
    throw new errors.InvalidRequest('`duration_seconds` must be a whole number of seconds')
  return Number(text)
}

async function refusedInOAuth<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Problem ? oauthErrors.get(error.code) : undefined
    if (!(error instanceof Problem) || code === undefined) throw error
    const refusal = new errors.CustomOIDCProviderError(code, error.message)
    const status = code !== 'temporarily_unavailable' ? 400 : error.code === 'throttled' ? 429 : 503
    Object.assign(refusal, { status, statusCode: status, expose: true, cause: error })
    throw refusal
  }
}
