// `chancery/verify/hono`
import type { IncomingMessage } from 'node:http'
import type { Verified, Verifier } from './index.ts'
import { admit, type Rule } from './protect.ts'
import { presentedBy } from './request.ts'

/**
 * What is used of a Hono context under `@hono/node-server`, which gives Node's request in `env.incoming`. A Web
 * `Request` alone would not do: its URL has been normalised, and no longer says what was sent and signed.
 */
export interface HonoContext {
  readonly env: { readonly incoming: IncomingMessage }
  set(key: 'chancery', value: Verified): void
}

/**
 * Hono middleware for Node: a caller who is not allowed is answered 400, 401 or 403 and goes no further; otherwise
 * `c.get('chancery')` holds the caller, the decision, the decoded path and the bytes of the body. The client's address is
 * that of the connection unless `address` reads it from what a trusted proxy added.
 */
export const protect =
  <C extends HonoContext>(
    verifier: Verifier,
    rule: Rule<C>,
    { address, secure }: { address?: (c: C) => string; secure?: (c: C) => boolean } = {},
  ) =>
  async (c: C, next: () => Promise<void>): Promise<Response | undefined> => {
    const around = {
      ...(address === undefined ? {} : { sourceIp: address(c) }),
      ...(secure === undefined ? {} : { secure: secure(c) }),
    }
    const admission = await admit(verifier, rule, c, presentedBy(c.env.incoming, around))
    if (!admission.admitted) {
      const { status, headers, body } = admission.answer
      return new Response(body, { status, headers: { ...headers } })
    }
    c.set('chancery', admission.verified)
    await next()
    return undefined
  }
