// Which clients may introspect a token (RFC 7662 §4), and which properties the response omits.
import type { Middleware } from 'koa'

interface IntrospectingClient {
  readonly clientId: string
  readonly [name: string]: unknown
}

interface IntrospectedToken {
  readonly clientId?: string | undefined
  readonly aud?: unknown
}

/**
 * True for the client a token was issued to, for its resource server, and for clients with `introspects`. For all others
 * the token is reported as not active, so that nobody can inspect a token of somebody else.
 */
export function mayIntrospect(client: IntrospectingClient, token: IntrospectedToken): boolean {
  if (token.clientId === client.clientId) return true
  const audience = [token.aud ?? []].flat().map(String)
  const introspects = client['introspects']
  if (introspects === 'any' || audience.includes(client.clientId)) return true
  return Array.isArray(introspects) && audience.some((one) => introspects.includes(one))
}

/** Claims that only this server uses: ids of the grant and browser session, and their dependencies. */
const internal = ['grant_id', 'session', 'sid', 'dep']

/** Removes internal claims from responses of the introspection endpoint at `path`. */
export const trimIntrospection =
  (path: string): Middleware =>
  async (ctx, next) => {
    await next()
    if (ctx.path !== path || typeof ctx.body !== 'object' || ctx.body === null) return
    const kept = Object.entries(ctx.body).filter(([name]) => !internal.includes(name))
    ctx.body = Object.fromEntries(kept)
  }
