// One request of a signed-in person to their own pages: who they are, how fresh that is, and how to answer.
import type { Context } from 'koa'
import type { FormTarget } from '../../views/form.ts'
import type { Html } from '../../views/html.ts'
import type { Page } from '../../views/layout.ts'
import { acrs, type OidcEdge, type Visitor } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'
import { type Form, readForm } from '../web/body.ts'
import type { ForgeryGuard } from '../web/forgery.ts'
import { requestIdOf } from '../web/request-id.ts'
import type { From, OwnCredentials, OwnIdentities, Profile } from './own-credentials.ts'

export interface AccountParts {
  readonly credentials: OwnCredentials
  readonly identities: OwnIdentities
  readonly oidc: Pick<OidcEdge, 'sessions' | 'startSignIn'>
  readonly forms: ForgeryGuard
  /** Ends what depends on an older password, except the browser session `keep`. */
  readonly passwordReplaced: (userId: string, changedAt: number, keep: string) => Promise<void>
  readonly show: (ctx: Context, page: Page, options?: { readonly status?: number }) => void
  readonly drawQr: (text: string) => Html
  /** Epoch seconds. */
  readonly now: () => number
}

export interface OwnVisit {
  readonly visitor: Visitor
  readonly profile: Profile
  readonly from: From
  readonly token: string
}

/** Seconds for which a sign-in is fresh enough to change how one signs in. */
export const freshFor = 300

/** @throws Problem('missing_credentials') when the session ended meanwhile */
export async function visitOf(ctx: Context, parts: AccountParts): Promise<OwnVisit> {
  const visitor = await parts.oidc.sessions.current(ctx)
  const profile = visitor && (await parts.credentials.profile(visitor.userId))
  if (visitor === undefined || profile === undefined)
    throw new Problem('missing_credentials', 'sign in first')
  return {
    visitor,
    profile,
    from: { ip: ctx.ip, userAgent: ctx.get('User-Agent') || undefined, requestId: requestIdOf(ctx) },
    token: parts.forms.token(ctx),
  }
}

/**
 * The same, proven within the last five minutes with every factor the person has. Otherwise the browser is sent to prove
 * it and comes back to `returnTo`; undefined then, and the answer is written.
 */
export async function freshVisitOf(
  ctx: Context,
  parts: AccountParts,
  returnTo: string,
): Promise<OwnVisit | undefined> {
  const visit = await visitOf(ctx, parts)
  const needsTwo = visit.profile.authenticators.length > 0
  const two = visit.visitor.acr === acrs[1] || visit.visitor.acr === acrs[2]
  if (parts.now() - visit.visitor.authTime < freshFor && (two || !needsTwo)) return visit
  await parts.oidc.startSignIn(ctx, returnTo, {
    maxAge: freshFor - 1,
    loginHint: visit.profile.userName,
    ...(needsTwo ? { acrValues: [acrs[1]] } : {}),
  })
  return undefined
}

/** The form of this request. @throws Problem('denied') when it came from elsewhere. */
export async function ownForm(ctx: Context, parts: AccountParts): Promise<Form> {
  const form = await readForm(ctx)
  parts.forms.check(ctx, form)
  return form
}

export const target = (visit: OwnVisit, action: string): FormTarget & { readonly user: string } => ({
  action,
  token: visit.token,
  user: visit.profile.userName,
})

/** What the overview says after a change; the address carries the name alone, never the words. */
export const doneWords: ReadonlyMap<string, string> = new Map([
  ['password', 'Your password is changed. Everywhere else you were signed in, you are signed out.'],
  ['added', 'The authenticator app is on.'],
  ['removed', 'The authenticator app is removed.'],
  ['connected', 'The identity is connected: it signs you in from now on.'],
  ['disconnected', 'The identity is disconnected: it no longer signs you in.'],
  ['session', 'That session has ended.'],
  ['sessions', 'You are signed out everywhere else.'],
  ['withdrawn', 'The application can no longer act for you.'],
])

/** Back to the overview, which says what was done. 303, so that reloading repeats nothing. */
export function done(ctx: Context, what: string): void {
  ctx.redirect(`/account?done=${what}`)
  ctx.status = 303
}
