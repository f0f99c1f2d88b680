import type { Context } from 'koa'
import { requestIdOf } from '../web/request-id.ts'
import type { From } from './credentials.ts'

/** Where a request comes from, for throttles and the audit trail. */
export const fromOf = (ctx: Context): From => ({
  ip: ctx.ip,
  userAgent: ctx.get('User-Agent') || undefined,
  requestId: requestIdOf(ctx),
})
