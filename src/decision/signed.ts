// Authenticates callers of this API, services and administrators: by SigV4 for the service name `decision`, or by Basic
// authentication with a service-specific credential of a user. The body is read first, with a size limit, because the
// signature covers it.
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import type { Authenticate as AuthenticateSigned } from '../sts/authentication/authenticate.ts'
import { readBasicCredentials } from '../web/request/basic-credentials.ts'
import { readBody } from '../web/request/body.ts'
import { circumstancesOf } from '../web/request/circumstances.ts'
import { splitTarget } from '../web/request/request-target.ts'
import type { AuthenticateBasic, Signed } from './ports.ts'

/** Reads the body (at most `limit` bytes) and authenticates the caller. @throws Problem */
export type Authenticate = (ctx: Context, limit: number) => Promise<Signed>

export const authenticateSigned =
  (
    authenticate: AuthenticateSigned,
    clock: () => number,
    authenticateBasic?: AuthenticateBasic,
  ): Authenticate =>
  async (ctx, limit) => {
    const body = await readBody(ctx.req, { maxBytes: limit })
    const message = {
      method: ctx.method,
      ...splitTarget(ctx.req.url ?? '/'),
      headers: ctx.req.rawHeaders,
    }
    const basic = authenticateBasic && readBasicCredentials(ctx.get('authorization'))
    const { caller, region, presigned } = basic
      ? { caller: await authenticateBasic(basic), region: undefined, presigned: false }
      : await authenticate({ message, body, service: 'decision' })
    // A URL found in a log must not be usable to fetch keys.
    if (presigned) throw new Problem('denied', 'presigned requests are not taken here')
    const circumstances = circumstancesOf(ctx, clock(), region)
    return { caller, circumstances, body }
  }
