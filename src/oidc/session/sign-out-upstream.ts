// Signing out on an application's wish (OIDC RP-Initiated Logout) goes on to the identity provider where its settings ask
// for it: oidc-provider's redirect to the application waits in a signed cookie while the browser is there.
import type { Context } from 'koa'
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Upstream } from '../edge.ts'
import type { UpstreamSessions } from './upstream-sessions.ts'

/** Where the browser goes to sign out at its provider as well; undefined: nowhere. Never throws. */
export type LeaveUpstream = (
  upstream: Upstream,
) => Promise<{ readonly title: string; readonly to: string } | undefined>

export interface LeaveParts {
  readonly upstreams: Pick<UpstreamSessions, 'peek'>
  readonly leaveUpstream: LeaveUpstream
  /** The page that is shown on the way, whole. */
  readonly page: (there: { readonly title: string; readonly to: string }) => string
}

/** Where providers send the browser back to, and the only place that reads the cookie. */
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
const onwardLifetime = { maxAge: 600_000 }

/** After oidc-provider ended a session: a page that leads to the provider takes the place of the redirect. */
export async function continueLogoutUpstream(ctx: KoaContextWithOIDC, parts: LeaveParts): Promise<void> {
  if (ctx.oidc?.route !== 'end_session_confirm' || ctx.status !== 303 || !ctx.oidc.params?.['logout']) return
  const uid = ctx.oidc.session?.uid
  const upstream = uid === undefined ? undefined : await parts.upstreams.peek(uid)
  const there = upstream && (await parts.leaveUpstream(upstream))
  if (there === undefined) return
  ctx.oidc.cookies.set(cookieName, ctx.response.get('Location'), { ...cookieOptions, ...onwardLifetime })
  ctx.remove('Location')
  // Not a redirect: a form's answer may not lead to another site (CSP `form-action`).
  ctx.set('Refresh', `0; url=${there.to}`)
  ctx.status = 200
  ctx.type = 'text/html; charset=utf-8'
  ctx.body = parts.page(there)
}

/** The application that waits for a browser which came back from signing out elsewhere, once. */
export function takePostLogoutRedirect(provider: Provider, ctx: Context): string | undefined {
  const { cookies } = provider.createContext(ctx.req, ctx.res)
  const onward = cookies.get(cookieName, { signed: true })
  if (onward !== undefined) cookies.set(cookieName, null, cookieOptions)
  return onward
}
