// An application's sign-out (OIDC RP-Initiated Logout 1.0) continues at the user's identity provider when the provider's settings
// say so. oidc-provider's redirect to the application is kept in a signed cookie until the browser returns.
import type { Context } from 'koa'
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Upstream } from '../edge.ts'
import type { UpstreamSessions } from './upstream-sessions.ts'

/** Name and URL of the sign-out at an identity provider; undefined when there is none. Never throws. */
export type LeaveUpstream = (
  upstream: Upstream,
) => Promise<{ readonly title: string; readonly to: string } | undefined>

export interface UpstreamSignOutDependencies {
  readonly upstreams: Pick<UpstreamSessions, 'peek'>
  readonly leaveUpstream: LeaveUpstream
  /** The HTML page that redirects to the provider. */
  readonly page: (ctx: Context, there: { readonly title: string; readonly to: string }) => string
}

/** Where identity providers redirect to after the sign-out, and the only path that gets the cookie. */
const returnPath = '/signed-out'
const cookieName = 'chancery-onward'
const cookieOptions = {
  httpOnly: true,
  sameSite: 'lax',
  path: returnPath,
  signed: true,
  overwrite: true,
} as const
/** Milliseconds. */
const cookieLifetime = { maxAge: 600_000 }

/** Runs after oidc-provider has ended a session: replaces its redirect by a page that leads to the identity provider. */
export async function continueLogoutUpstream(
  ctx: KoaContextWithOIDC,
  deps: UpstreamSignOutDependencies,
): Promise<void> {
  if (ctx.oidc?.route !== 'end_session_confirm' || ctx.status !== 303 || !ctx.oidc.params?.['logout']) return
  const uid = ctx.oidc.session?.uid
  const upstream = uid === undefined ? undefined : await deps.upstreams.peek(uid)
  const there = upstream && (await deps.leaveUpstream(upstream))
  if (there === undefined) return
  ctx.oidc.cookies.set(cookieName, ctx.response.get('Location'), { ...cookieOptions, ...cookieLifetime })
  ctx.remove('Location')
  // Not a 303: CSP `form-action` forbids a redirect of a form to another site.
  ctx.set('Refresh', `0; url=${there.to}`)
  ctx.status = 200
  ctx.type = 'text/html; charset=utf-8'
  ctx.body = deps.page(ctx, there)
}

/** Implements OidcEdge.takePostLogoutRedirect: the kept redirect, which is removed with the first call. */
export function takePostLogoutRedirect(provider: Provider, ctx: Context): string | undefined {
  const { cookies } = provider.createContext(ctx.req, ctx.res)
  const redirect = cookies.get(cookieName, { signed: true })
  if (redirect !== undefined) cookies.set(cookieName, null, cookieOptions)
  return redirect
}
