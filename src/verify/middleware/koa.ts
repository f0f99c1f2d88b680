// `chancery/verify/koa`: middleware for Koa.
import type { IncomingMessage } from 'node:http'
import type { Verified, Verifier } from '../index.ts'
import { fromNodeRequest } from '../request.ts'
import { admit, type Rule } from './protect.ts'

/** The part of a Koa context that is used, with Koa's names. */
export interface KoaContext {
  readonly req: IncomingMessage
  readonly method: string
  readonly path: string
  readonly originalUrl: string
  readonly ip: string
  readonly secure: boolean
  state: { chancery?: Verified }
  status: number
  body: unknown
  set(headers: { [name: string]: string }): void
}

/**
 * Koa middleware. A request that is not allowed is answered with 400, 401 or 403 and does not reach the route; otherwise
 * `ctx.state.chancery` holds the caller, the decision and the bytes of the body. Install it before body parsers.
 */
export const protect =
  <C extends KoaContext>(verifier: Verifier, rule: Rule<C>) =>
  async (ctx: C, next: () => Promise<unknown>): Promise<void> => {
    const around = { sourceIp: ctx.ip, secure: ctx.secure, target: ctx.originalUrl }
    const admission = await admit(verifier, rule, ctx, fromNodeRequest(ctx.req, around))
    if (admission.admitted) {
      ctx.state.chancery = admission.verified
      await next()
      return
    }
    ctx.status = admission.response.status
    ctx.set({ ...admission.response.headers })
    ctx.body = admission.response.body
  }
