// Each request has an id, which is in its response, the log and the audit trail. It is always generated here: a client's
// own id is not used, so that nobody can write another request's id into the log.
import type { Context, Middleware } from 'koa'
import { randomToken } from '../secure/random.ts'

const ids = new WeakMap<object, string>()

export const requestIds: Middleware = (ctx, next) => {
  ctx.set('X-Request-Id', requestIdOf(ctx))
  return next()
}

/** The id of the request this context belongs to. */
export function requestIdOf(ctx: Pick<Context, 'req'>): string {
  const known = ids.get(ctx.req)
  if (known !== undefined) return known
  const id = randomToken(12)
  ids.set(ctx.req, id)
  return id
}
