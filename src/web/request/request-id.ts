// Each request has an id, which is in its response, the log and the audit trail. It is always generated here: a client's
// own id is not used, so that nobody can write another request's id into the log.
import type { Context, Middleware } from 'koa'
import { timeOrderedUuid } from '../../secure/random.ts'
import { noteFacts } from './request-facts.ts'

const ids = new WeakMap<object, string>()

/** The id under which a request is on record, where `X-Request-Id` may be another. */
export const referenceHeader = 'X-Chancery-Reference'

/** In order of time, which keeps the audit trail's index by request small to write (store/audit-lookups.ts). */
export const newRequestId = (): string => timeOrderedUuid()

/** Sets `X-Request-Id` of the response. */
export const requestIds: Middleware = (ctx, next) => {
  ctx.set('X-Request-Id', requestIdOf(ctx))
  return next()
}

/** The id of the request this context belongs to. */
export function requestIdOf(ctx: Pick<Context, 'req'>): string {
  const known = ids.get(ctx.req)
  if (known !== undefined) return known
  const id = newRequestId()
  ids.set(ctx.req, id)
  noteFacts(ctx.req, { requestId: id })
  return id
}
