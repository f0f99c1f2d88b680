// Who may introspect a token (RFC 7662 §4), and what the answer leaves out.
import type { Middleware } from 'koa'

interface AskingClient {
  readonly clientId: string
  readonly [name: string]: unknown
}

interface AskedToken {
  readonly clientId?: string | undefined
  readonly aud?: unknown
}

/**
 * The client a token was given to, the resource server it is for, and clients whose entry says `introspects`. For all
 * others the token is not active, so that a token that was found cannot be asked about.
 */
export function mayIntrospect(client: AskingClient, token: AskedToken): boolean {
  if (token.clientId === client.clientId) return true
  const audience = [token.aud ?? []].flat().map(String)
  const introspects = client['introspects']
  if (introspects === 'any' || audience.includes(client.clientId)) return true
  return Array.isArray(introspects) && audience.some((one) => introspects.includes(one))
}

/** Ids of consent, browser session and what they depend on, which only this server has a use for. */
const internal = ['grant_id', 'session', 'sid', 'dep']

/** Takes internal ids out of answers of the introspection endpoint at `path`. */
export const trimIntrospection =
  (path: string): Middleware =>
  async (ctx, next) => {
    await next()
    if (ctx.path !== path || typeof ctx.body !== 'object' || ctx.body === null) return
    const kept = Object.entries(ctx.body).filter(([name]) => !internal.includes(name))
    ctx.body = Object.fromEntries(kept)
  }
