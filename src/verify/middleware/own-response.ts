// The responses that the middleware sends itself: refusals as problem+json (RFC 9457), and the metadata of the resource.
import { type Decision, formatDecision } from '../../policy/engine/decide.ts'
import type { Problem, ProblemCode } from '../../problem.ts'
import type { Scope } from '../options.ts'
import type { ResourceMetadata } from '../resource-metadata.ts'

export interface OwnResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Codes that are not listed concern the credentials: 401. */
const statusOf: ReadonlyMap<ProblemCode, number> = new Map([
  ['denied', 403],
  ['insufficient_scope', 403],
  ['too_large', 413],
  ['throttled', 429],
  ['invalid_input', 400],
  ['unavailable', 503],
])

const titles: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [413, 'Content Too Large'],
  [429, 'Too Many Requests'],
  [503, 'Service Unavailable'],
])

/** What a challenge names. */
export interface ChallengeFacts {
  readonly scope: Scope
  readonly metadata: ResourceMetadata | undefined
  /** The scopes that the route requires of an access token, separated by spaces. */
  readonly oauthScope: string | undefined
}

/** The response for a Problem. A malformed policy is the issuer's fault rather than the caller's: 503. */
export function problemResponse(problem: Problem, facts: ChallengeFacts): OwnResponse {
  const status = problem.code === 'malformed_policy' ? 503 : (statusOf.get(problem.code) ?? 401)
  const headers: Record<string, string> = {}
  if (status === 401) headers['www-authenticate'] = challenge(problem, facts)
  if (problem.code === 'insufficient_scope') headers['www-authenticate'] = bearerChallenge(problem, facts)
  if (problem.retryAfter !== undefined) headers['retry-after'] = String(problem.retryAfter)
  return responseOf(status, headers, { detail: problem.message, code: problem.code })
}

/** RFC 9728 §3.2; for scripts of any origin, because the document is public. */
export const metadataResponse = ({ document }: ResourceMetadata): OwnResponse => ({
  status: 200,
  headers: {
    'content-type': 'application/json',
    'cache-control': 'public, max-age=3600',
    'access-control-allow-origin': '*',
  },
  body: JSON.stringify(document),
})

/**
 * The response for a denial by policy: a sentence and the deciding statements. With `reasons: false` the caller does not
 * see them.
 */
export function denialResponse(decision: Decision, reasons: boolean): OwnResponse {
  const because = reasons
    ? { reason: decision.reason, layer: decision.layer, statements: decision.statements }
    : {}
  const detail = reasons ? formatDecision(decision) : 'the policies of this session do not allow it'
  return responseOf(403, {}, { detail, code: 'denied', ...because })
}

function responseOf(status: number, headers: Record<string, string>, members: object): OwnResponse {
  const body = JSON.stringify({ type: 'about:blank', title: titles.get(status), status, ...members })
  const common = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  return { status, headers: { ...common, ...headers }, body }
}

/** The WWW-Authenticate challenges: of RFC 6750 §3 and RFC 9449 §7.1, and one that names the SigV4 scope. */
function challenge(problem: Problem, facts: ChallengeFacts): string {
  const { service, region } = facts.scope
  return [
    bearerChallenge(problem, facts),
    `DPoP realm="${service}", algs="ES256"`,
    `AWS4-HMAC-SHA256 realm="${service}", service="${service}", region="${region}"`,
  ].join(', ')
}

/** RFC 6750 §3, with the metadata of RFC 9728 §5.1. Without credentials there is no error code (RFC 6750 §3.1). */
function bearerChallenge(
  { code, message }: Problem,
  { scope, metadata, oauthScope }: ChallengeFacts,
): string {
  const error = code === 'insufficient_scope' ? code : 'invalid_token'
  const parts = [
    ['realm', scope.service],
    ...(code === 'missing_credentials'
      ? []
      : [
          ['error', error],
          ['error_description', message],
        ]),
    ...(oauthScope === undefined ? [] : [['scope', oauthScope]]),
    ...(metadata === undefined ? [] : [['resource_metadata', metadata.url]]),
  ]
  return `Bearer ${parts.map(([name, value = '']) => `${name}="${value.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "'")}"`).join(', ')}`
}
