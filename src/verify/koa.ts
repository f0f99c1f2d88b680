// `chancery/verify/koa`
import type { IncomingMessage } from 'node:http'
import type { Verified, Verifier } from './index.ts'
import { admit, type Rule } from './protect.ts'
import { presentedBy } from './request.ts'

/** What is used of a Koa context; the names are Koa's. */
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
 * Koa middleware: whoever may not is answered 401 or 403 and goes no further; for the rest `ctx.state.chancery` holds
 * the caller, the decision and the bytes of the body. Put it ahead of body parsers.
 */
export const protect =
  <C extends KoaContext>(verifier: Verifier, rule: Rule<C>) =>
  async (ctx: C, next: () => Promise<unknown>): Promise<void> => {
    const around = { sourceIp: ctx.ip, secure: ctx.secure, target: ctx.originalUrl }
    const admission = await admit(verifier, rule, ctx, presentedBy(ctx.req, around))
    if (admission.admitted) {
      ctx.state.chancery = admission.verified
      await next()
      return
    }
    ctx.status = admission.answer.status
    ctx.set({ ...admission.answer.headers })
    ctx.body = admission.answer.body
  }
