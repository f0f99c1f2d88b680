// Pages outside an interaction: `/` for browsers, `/sign-in` without an application, `/sign-out` and `/signed-out`.
import type { Context } from 'koa'
import { landingPage, signedOutPage, signOutPage } from '../../views/notice-pages.ts'
import { signingOutUpstreamPage } from '../../views/sign-in/federation-pages.ts'
import type { OidcEdge, Upstream } from '../oidc/edge.ts'
import { readForm } from '../web/request/body.ts'
import type { ForgeryGuard } from '../web/request/forgery.ts'
import type { Route } from '../web/route.ts'
import type { Show } from './show.ts'

export interface EntryDependencies {
  readonly oidc: Pick<OidcEdge, 'sessions' | 'startSignIn' | 'takePostLogoutRedirect'>
  readonly forms: ForgeryGuard
  readonly show: Show
  /** URL that signs the browser out at the identity provider as well; undefined when sign-out ends here. */
  readonly leaveUpstream: (
    upstream: Upstream,
  ) => Promise<{ readonly title: string; readonly to: string } | undefined>
}

export const entryRoutes = (deps: EntryDependencies): readonly Route[] => [
  { method: 'GET', path: '/', access: 'public', run: (ctx) => land(ctx, deps) },
  {
    method: 'GET',
    path: '/sign-in',
    access: 'public',
    run: (ctx) => enter(ctx, deps),
  },
  { method: 'GET', path: '/sign-out', access: 'public', run: (ctx) => askSignOut(ctx, deps) },
  { method: 'POST', path: '/sign-out', access: 'public', run: (ctx) => signOut(ctx, deps) },
  { method: 'GET', path: '/signed-out', access: 'public', run: (ctx) => showSignedOut(ctx, deps) },
]

async function land(ctx: Context, deps: EntryDependencies): Promise<void> {
  if (await deps.oidc.sessions.current(ctx)) return ctx.redirect('/account')
  deps.show(ctx, landingPage({ signIn: '/sign-in' }))
}

async function enter(ctx: Context, deps: EntryDependencies): Promise<void> {
  if (await deps.oidc.sessions.current(ctx)) return ctx.redirect('/account')
  await deps.oidc.startSignIn(ctx, '/account')
}

/** Identity providers redirect here after signing out, too. */
function showSignedOut(ctx: Context, deps: EntryDependencies): void {
  const onward = deps.oidc.takePostLogoutRedirect(ctx)
  if (onward === undefined) deps.show(ctx, signedOutPage({}))
  else ctx.redirect(onward)
}

async function askSignOut(ctx: Context, deps: EntryDependencies): Promise<void> {
  if (!(await deps.oidc.sessions.current(ctx))) return ctx.redirect('/signed-out')
  deps.show(ctx, signOutPage({ action: '/sign-out', token: deps.forms.token(ctx) }))
}

async function signOut(ctx: Context, deps: EntryDependencies): Promise<void> {
  deps.forms.check(ctx, await readForm(ctx))
  const upstream = await deps.oidc.sessions.end(ctx)
  const there = upstream && (await deps.leaveUpstream(upstream))
  if (there === undefined) {
    ctx.redirect('/signed-out')
    ctx.status = 303
    return
  }
  // Not a redirect: CSP `form-action` forbids a form's response to redirect to another site.
  ctx.set('Refresh', `0; url=${there.to}`)
  deps.show(ctx, signingOutUpstreamPage(there))
}
