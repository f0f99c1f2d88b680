// Each request has an id that stands in its answer, in the log and in the audit trail. Ours alone: a caller's is not
// believed, so that nobody writes another's id into the log.
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
