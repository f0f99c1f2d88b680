import type { Context } from 'koa'
import type { RequestOrigin } from '../iam/request-origin.ts'
import { requestIdOf } from '../web/request/request-id.ts'

/** Origin of a request, for throttling and the audit trail. */
export const requestOriginOf = (ctx: Context): RequestOrigin => ({
  ip: ctx.ip,
  userAgent: ctx.get('User-Agent') || undefined,
  requestId: requestIdOf(ctx),
})
