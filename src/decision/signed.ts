// Authenticates callers of this API, services and administrators, by SigV4 for the service name `decision`. The body is
// read first, with a size limit, because the signature covers it.
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import type { Authenticate as AuthenticateSigned } from '../sts/authenticate.ts'
import { readBody } from '../web/body.ts'
import { requestIdOf } from '../web/request-id.ts'
import type { Signed } from './ports.ts'

/** Reads the body (at most `limit` bytes) and authenticates the caller. @throws Problem */
export type Authenticate = (ctx: Context, limit: number) => Promise<Signed>

export const authenticateSigned =
  (authenticate: AuthenticateSigned, clock: () => number): Authenticate =>
  async (ctx, limit) => {
    const body = await readBody(ctx.req, { maxBytes: limit })
    const target = ctx.req.url ?? '/'
    const mark = target.indexOf('?')
    const message = {
      method: ctx.method,
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? '' : target.slice(mark + 1),
      headers: ctx.req.rawHeaders,
    }
    const { caller, region, presigned } = await authenticate({ message, body, service: 'decision' })
    // A URL found in a log must not be usable to fetch keys.
    if (presigned) throw new Problem('denied', 'presigned requests are not taken here')
    const circumstances = {
      sourceIp: ctx.ip,
      secure: ctx.secure,
      userAgent: ctx.get('user-agent') || undefined,
      region,
      now: clock(),
      requestId: requestIdOf(ctx),
    }
    return { caller, circumstances, body }
  }
