// Turns a refused request into an HTTP response: status, headers and a problem+json body (RFC 9457).
import { type Decision, formatDecision } from '../policy/decide.ts'
import type { Problem, ProblemCode } from '../problem.ts'
import type { Scope } from './options.ts'

export interface RefusalResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Codes that are not listed concern the credentials: 401. */
const statusOf: ReadonlyMap<ProblemCode, number> = new Map([
  ['denied', 403],
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

/** The response for a Problem. A malformed policy is the issuer's fault rather than the caller's: 503. */
export function problemResponse(problem: Problem, scope: Scope): RefusalResponse {
  const status = problem.code === 'malformed_policy' ? 503 : (statusOf.get(problem.code) ?? 401)
  const headers: Record<string, string> = {}
  if (status === 401) headers['www-authenticate'] = challenge(problem, scope)
  if (problem.retryAfter !== undefined) headers['retry-after'] = String(problem.retryAfter)
  return responseOf(status, headers, { detail: problem.message, code: problem.code })
}

/**
 * The response for a denial by policy: a sentence and the deciding statements. With `reasons: false` the caller does not
 * see them.
 */
export function denialResponse(decision: Decision, reasons: boolean): RefusalResponse {
  const because = reasons
    ? { reason: decision.reason, layer: decision.layer, statements: decision.statements }
    : {}
  const detail = reasons ? formatDecision(decision) : 'the policies of this session do not allow it'
  return responseOf(403, {}, { detail, code: 'denied', ...because })
}

function responseOf(status: number, headers: Record<string, string>, members: object): RefusalResponse {
  const body = JSON.stringify({ type: 'about:blank', title: titles.get(status), status, ...members })
  const common = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  return { status, headers: { ...common, ...headers }, body }
}

/**
 * The WWW-Authenticate challenges of RFC 6750 §3 and RFC 9449 §7.1, and one that names the SigV4 scope. Without credentials
 * there is no error code (RFC 6750 §3.1).
 */
function challenge(problem: Problem, scope: Scope): string {
  const realm = `realm="${scope.service}"`
  const error =
    problem.code === 'missing_credentials'
      ? ''
      : `, error="invalid_token", error_description="${problem.message.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "'")}"`
  return [
    `Bearer ${realm}${error}`,
    `DPoP ${realm}, algs="ES256"`,
    `AWS4-HMAC-SHA256 ${realm}, service="${scope.service}", region="${scope.region}"`,
  ].join(', ')
}
