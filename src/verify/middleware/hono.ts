// `chancery/verify/hono`: middleware for Hono on Node.
import type { IncomingMessage } from 'node:http'
import type { Verified, Verifier } from '../index.ts'
import { fromNodeRequest } from '../request.ts'
import { admit, type Rule } from './protect.ts'

/**
 * The part of a Hono context that is used under `@hono/node-server`, which provides Node's request in `env.incoming`. A Web
 * `Request` is not enough: its URL is normalised and no longer equals what was sent and signed.
 */
export interface HonoContext {
  readonly env: { readonly incoming: IncomingMessage }
  set(key: 'chancery', value: Verified): void
}

/**
 * Hono middleware for Node. A request that is not allowed is answered with 400, 401 or 403 and does not reach the route;
 * otherwise `c.get('chancery')` holds the caller, the decision, the decoded path and the bytes of the body. The client's
 * address is that of the connection unless `address` reads it from a header set by a trusted proxy.
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
    const admission = await admit(verifier, rule, c, fromNodeRequest(c.env.incoming, around))
    if (!admission.admitted) {
      const { status, headers, body } = admission.response
      return new Response(body, { status, headers: { ...headers } })
    }
    c.set('chancery', admission.verified)
    await next()
    return undefined
  }
