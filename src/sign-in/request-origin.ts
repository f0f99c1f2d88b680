import type { Context } from 'koa'
import { requestIdOf } from '../web/request-id.ts'
import type { RequestOrigin } from './credentials.ts'

/** Origin of a request, for throttling and the audit trail. */
export const requestOriginOf = (ctx: Context): RequestOrigin => ({
  ip: ctx.ip,
  userAgent: ctx.get('User-Agent') || undefined,
  requestId: requestIdOf(ctx),
})
