// Answers requests that oidc-provider leaves with an empty 404: a known path with a wrong method, and an unknown path.
import type { Middleware } from 'koa'

const methodsOf: ReadonlyMap<string, string> = new Map([
  ['/userinfo', 'GET, POST'],
  ['/device', 'GET, POST'],
  ['/authorize', 'GET, POST'],
  ['/logout', 'GET, POST'],
  ['/logout/success', 'GET'],
  ['/jwks', 'GET'],
  ['/.well-known/openid-configuration', 'GET'],
  ['/.well-known/oauth-authorization-server', 'GET'],
  ['/token', 'POST'],
  ['/introspect', 'POST'],
  ['/revoke', 'POST'],
  ['/par', 'POST'],
  ['/device/auth', 'POST'],
  ['/register', 'POST'],
  ['/logout/confirm', 'POST'],
])

/** 405 with `Allow` for a known path (RFC 9110 §15.5.6), else 404; the body in the form of RFC 6749 §5.2. */
export const answerWrongMethods: Middleware = async (ctx, next) => {
  await next()
  if (ctx.status !== 404 || ctx.body !== undefined) return
  const allowed = methodsOf.get(ctx.path)
  ctx.status = allowed === undefined ? 404 : 405
  if (allowed !== undefined) ctx.set('Allow', allowed)
  ctx.body = {
    error: 'invalid_request',
    error_description:
      allowed === undefined ? 'there is nothing at this address' : `this address takes ${allowed}`,
  }
}
