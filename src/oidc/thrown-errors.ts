// Responses to errors that oidc-provider does not handle itself, such as a failure to save its session.
import type { Context } from 'koa'
import { errors } from 'oidc-provider'
import { isProblem, Problem } from '../problem.ts'
import { storeFailureOf } from './artifacts/token-request.ts'
import { storeUnavailable } from './artifacts/tombstones.ts'

interface ThrownErrorOptions {
  readonly log: { error(details: object, message: string): void }
  readonly requestId: (ctx: Context) => string
}

/**
 * Answers 503 when the store failed, with the seconds after which to try again, and 500 for any other error.
 * @throws Problem('unavailable'), or the error itself, when a browser asked: web/ shows the page
 */
export function answerThrown(ctx: Context, error: unknown, { log, requestId }: ThrownErrorOptions): void {
  const away = unavailability(ctx, error)
  if (ctx.accepts('json', 'html') === 'html')
    throw away ? new Problem('unavailable', storeUnavailable, { cause: away, retryAfter: 1 }) : error
  log.error({ requestId: requestId(ctx), err: away ?? error, path: ctx.path }, 'request failed')
  ctx.status = away ? 503 : 500
  ctx.body = away
    ? { error: 'temporarily_unavailable', error_description: storeUnavailable }
    : {
        error: 'server_error',
        error_description: 'an internal error occurred; the server log has it under the request id',
      }
  if (away) ctx.set('Retry-After', '1')
}

/** The failure of the store that the error means; undefined for any other error. */
function unavailability(ctx: Context, error: unknown): Error | undefined {
  if (error instanceof errors.TemporarilyUnavailable) return storeFailureOf(ctx) ?? error
  return isProblem(error, 'unavailable') ? error : undefined
}
