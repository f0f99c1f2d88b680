// The way out, and the front door: `/` for browsers, `/sign-in` without an interaction, `/sign-out`.
import type { Context } from 'koa'
import { leavingPage } from '../../views/federation-pages.ts'
import { landingPage, signedOutPage, signOutPage } from '../../views/notice-pages.ts'
import type { OidcEdge, Upstream } from '../oidc/edge.ts'
import { readForm } from '../web/body.ts'
import type { ForgeryGuard } from '../web/forgery.ts'
import type { Route } from '../web/route.ts'
import type { Show } from './show.ts'

export interface DoorParts {
  readonly oidc: Pick<OidcEdge, 'sessions' | 'startSignIn' | 'takeOnward'>
  readonly forms: ForgeryGuard
  readonly show: Show
  /** Where the browser goes to sign out at the provider it came through as well; undefined: it stays here. */
  readonly leaveUpstream: (
    upstream: Upstream,
  ) => Promise<{ readonly title: string; readonly to: string } | undefined>
}

export const doorRoutes = (parts: DoorParts): readonly Route[] => [
  { method: 'GET', path: '/', access: 'public', run: (ctx) => land(ctx, parts) },
  {
    method: 'GET',
    path: '/sign-in',
    access: 'public',
    run: (ctx) => enter(ctx, parts),
  },
  { method: 'GET', path: '/sign-out', access: 'public', run: (ctx) => askSignOut(ctx, parts) },
  { method: 'POST', path: '/sign-out', access: 'public', run: (ctx) => signOut(ctx, parts) },
  { method: 'GET', path: '/signed-out', access: 'public', run: (ctx) => showSignedOut(ctx, parts) },
]

async function land(ctx: Context, parts: DoorParts): Promise<void> {
  if (await parts.oidc.sessions.current(ctx)) return ctx.redirect('/account')
  parts.show(ctx, landingPage({ signIn: '/sign-in' }))
}

async function enter(ctx: Context, parts: DoorParts): Promise<void> {
  if (await parts.oidc.sessions.current(ctx)) return ctx.redirect('/account')
  await parts.oidc.startSignIn(ctx, '/account')
}

/** Also where identity providers send the browser after signing out there. */
function showSignedOut(ctx: Context, parts: DoorParts): void {
  const onward = parts.oidc.takeOnward(ctx)
  if (onward === undefined) parts.show(ctx, signedOutPage({}))
  else ctx.redirect(onward)
}

async function askSignOut(ctx: Context, parts: DoorParts): Promise<void> {
  if (!(await parts.oidc.sessions.current(ctx))) return ctx.redirect('/signed-out')
  parts.show(ctx, signOutPage({ action: '/sign-out', token: parts.forms.token(ctx) }))
}

async function signOut(ctx: Context, parts: DoorParts): Promise<void> {
  parts.forms.check(ctx, await readForm(ctx))
  const upstream = await parts.oidc.sessions.end(ctx)
  const there = upstream && (await parts.leaveUpstream(upstream))
  if (there === undefined) {
    ctx.redirect('/signed-out')
    ctx.status = 303
    return
  }
  // Not a redirect: a form's answer may not lead to another site (CSP `form-action`).
  ctx.set('Refresh', `0; url=${there.to}`)
  parts.show(ctx, leavingPage(there))
}
