// What oidc-provider answers with an empty 404: a path of its own, asked with a method it does not have there.
import type { Middleware } from 'koa'

/** All others are asked with POST. */
const asked: ReadonlyMap<string, string> = new Map([
  ['/userinfo', 'GET, POST'],
  ['/device', 'GET, POST'],
  ['/authorize', 'GET, POST'],
  ['/logout', 'GET, POST'],
  ['/logout/success', 'GET'],
  ['/jwks', 'GET'],
  ['/.well-known/openid-configuration', 'GET'],
  ['/.well-known/oauth-authorization-server', 'GET'],
])

const posted = new Set([
  '/token',
  '/introspect',
  '/revoke',
  '/par',
  '/device/auth',
  '/register',
  '/logout/confirm',
])

/** RFC 9110 §15.5.6 for a known path, RFC 6749 §5.2's form for all. */
export const answerWrongMethods: Middleware = async (ctx, next) => {
  await next()
  if (ctx.status !== 404 || ctx.body !== undefined) return
  const allowed = asked.get(ctx.path) ?? (posted.has(ctx.path) ? 'POST' : undefined)
  ctx.status = allowed === undefined ? 404 : 405
  if (allowed !== undefined) ctx.set('Allow', allowed)
  ctx.body = {
    error: 'invalid_request',
    error_description:
      allowed === undefined ? 'there is nothing at this address' : `this address takes ${allowed}`,
  }
}
