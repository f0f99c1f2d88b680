// Error responses for a thrown Problem: a page for browsers, problem+json (RFC 9457) for others. Any other error is a bug:
// 500, a fixed message, and the request id under which the log has details.
import type { Context, Middleware } from 'koa'
import { type FieldFault, Problem, type ProblemCode } from '../../problem.ts'
import type { Log } from '../observability/log.ts'
import { noteFacts } from '../request/request-facts.ts'
import { requestIdOf } from '../request/request-id.ts'

export interface ErrorPage {
  readonly status: number
  /** Stable, for programs: a ProblemCode or `internal`. */
  readonly code: string
  readonly message: string
  readonly requestId: string
  /** Every field that is wrong; not part of pages. */
  readonly fields?: readonly FieldFault[] | undefined
}

/** Renders an error page as complete HTML. */
export type ErrorView = (page: ErrorPage, ctx: Context) => string

const statuses: Readonly<Record<ProblemCode, number>> = {
  unauthenticated: 401,
  missing_credentials: 401,
  incomplete_signature: 400,
  bad_signature: 403,
  request_expired: 403,
  expired_token: 401,
  denied: 403,
  throttled: 429,
  insufficient_scope: 403,
  invalid_scope: 403,
  invalid_target: 403,
  invalid_input: 400,
  invalid_parameter: 400,
  malformed_input: 400,
  validation: 400,
  malformed_policy: 400,
  packed_policy_too_large: 400,
  too_large: 413,
  unsupported_action: 400,
  not_found: 404,
  conflict: 409,
  delete_conflict: 409,
  limit_exceeded: 409,
  concurrent_modification: 409,
  precondition_failed: 412,
  unmodifiable: 400,
  invalid_authentication_code: 403,
  password_policy_violation: 400,
  invalid_identity_token: 400,
  idp_rejected_claim: 403,
  idp_communication_error: 400,
  report_not_present: 404,
  report_expired: 410,
  unrecognized_public_key_encoding: 400,
  invalid_public_key: 400,
  duplicate_ssh_public_key: 400,
  malformed_certificate: 400,
  duplicate_certificate: 409,
  key_pair_mismatch: 400,
  insufficient_session_lifetime: 400,
  session_duration_escalation: 403,
  feature_enabled: 409,
  feature_disabled: 404,
  token_too_large: 400,
  invalid_authorization_message: 400,
  unavailable: 503,
}

/** The HTTP status of a problem. */
export const statusOf = (problem: Problem): number => statuses[problem.code]

/** Outermost middleware after ids and headers: turns every error into a response. */
export const handleErrors =
  (view: ErrorView, log: Log): Middleware =>
  async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      writeErrorResponse(ctx, error, view, log)
    }
  }

/** Writes the response for any error; details that are not disclosed are logged with the request id. */
export function writeErrorResponse(ctx: Context, error: unknown, view: ErrorView, log: Log): void {
  const page = pageOf(ctx, error)
  if (page.status >= 500)
    log.error({ requestId: page.requestId, err: error, path: ctx.path }, 'request failed')
  else if (error instanceof Problem && error.detail !== undefined) {
    log.warn({ requestId: page.requestId, code: error.code, detail: error.detail }, 'request refused')
  }
  if (error instanceof Problem && error.retryAfter !== undefined)
    ctx.set('Retry-After', String(error.retryAfter))
  writeError(ctx, page, view)
}

/** A page for clients that accept HTML, otherwise problem+json. */
function writeError(ctx: Context, page: ErrorPage, view: ErrorView): void {
  ctx.status = page.status
  noteFacts(ctx.req, { reason: page.code, message: page.message })
  ctx.set('Cache-Control', 'no-store')
  if (wantsPage(ctx)) {
    ctx.type = 'html'
    ctx.body = view(page, ctx)
  } else {
    ctx.type = 'application/problem+json'
    ctx.body = JSON.stringify({
      type: 'about:blank',
      status: page.status,
      code: page.code,
      detail: page.message,
      requestId: page.requestId,
      ...(page.fields !== undefined && { errors: page.fields }),
    })
  }
}

/** RFC 9110 §15.5.6: the path does not support the method. */
export function writeMethodNotAllowed(ctx: Context, allowed: readonly string[], view: ErrorView): void {
  ctx.set('Allow', allowed.join(', '))
  const message = `this path accepts ${allowed.join(' or ')}`
  writeError(ctx, { status: 405, code: 'method_not_allowed', message, requestId: requestIdOf(ctx) }, view)
}

const wantsPage = (ctx: Context): boolean => ctx.accepts('json', 'html') === 'html'

function pageOf(ctx: Context, error: unknown): ErrorPage {
  const requestId = requestIdOf(ctx)
  if (error instanceof Problem) {
    const { code, message, fields } = error
    return { status: statusOf(error), code, message, requestId, fields }
  }
  return {
    status: 500,
    code: 'internal',
    message: 'internal error; the log has details under the request id',
    requestId,
  }
}
