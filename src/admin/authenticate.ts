// Authenticates callers of the admin API: a SigV4 signature for the service `chancery`, or an access token of a session
// (`at+jwt`) whose audience names this server, as a bearer token or with a DPoP proof. The body is read first, with a size
// limit, because a signature covers it.
import type { Context } from 'koa'
import type { Call } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import type { AuthenticateToken } from '../sts/authentication/access-token.ts'
import type { Authenticated, Authenticate as AuthenticateSigned } from '../sts/authentication/authenticate.ts'
import { readBody } from '../web/request/body.ts'
import { circumstancesOf } from '../web/request/circumstances.ts'
import { splitTarget } from '../web/request/request-target.ts'

export interface AuthenticatedCall extends Call {
  readonly caller: Authenticated['caller']
  readonly body: Buffer
}

/** Reads the body (at most `limit` bytes) and authenticates the caller. @throws Problem */
export type Authenticate = (ctx: Context, limit: number) => Promise<AuthenticatedCall>

export interface AuthenticateParts {
  readonly signed: AuthenticateSigned
  readonly token: AuthenticateToken
  /** Epoch seconds. */
  readonly clock: () => number
}

export const authenticateAdmin =
  ({ signed, token, clock }: AuthenticateParts): Authenticate =>
  async (ctx, limit) => {
    const body = await readBody(ctx.req, { maxBytes: limit })
    const presented = tokenOf(ctx)
    const { caller, region } = presented
      ? { caller: await token(presented), region: undefined }
      : await signedCaller(ctx, body, signed)
    const circumstances = circumstancesOf(ctx, clock(), region)
    return { caller, circumstances, body }
  }

async function signedCaller(ctx: Context, body: Buffer, authenticate: AuthenticateSigned) {
  const message = { method: ctx.method, ...splitTarget(ctx.req.url ?? '/'), headers: ctx.req.rawHeaders }
  const { caller, region, presigned } = await authenticate({ message, body, service: 'chancery' })
  // A URL found in a log must not be usable.
  if (presigned) throw new Problem('denied', 'presigned requests are not accepted here')
  return { caller, region }
}

/** RFC 6750 §2.1 and RFC 9449 §7.1. @throws Problem('unauthenticated') when headers occur twice */
function tokenOf(ctx: Context): Parameters<AuthenticateToken>[0] | undefined {
  const [, scheme, value] = /^(bearer|dpop) +([\w.~+/=-]+)$/i.exec(ctx.get('authorization')) ?? []
  if (scheme === undefined || value === undefined) return undefined
  for (const name of ['authorization', 'dpop'] as const)
    if ((ctx.req.headersDistinct[name]?.length ?? 0) > 1)
      throw new Problem('unauthenticated', `the header \`${name}\` occurs twice`)
  return {
    scheme: scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer',
    token: value,
    proof: ctx.get('dpop') || undefined,
    method: ctx.method,
    path: splitTarget(ctx.req.url ?? '/').path,
  }
}
