// One request of a signed-in user to the account pages: the session, how recent its sign-in is, and the response.
import type { Context } from 'koa'
import type { FormTarget } from '../../views/form.ts'
import type { Html } from '../../views/html.ts'
import type { Page } from '../../views/layout.ts'
import { acrs, type OidcEdge, type Visitor } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'
import { type Form, readForm } from '../web/body.ts'
import type { ForgeryGuard } from '../web/forgery.ts'
import { requestIdOf } from '../web/request-id.ts'
import type { OwnCredentials, OwnIdentities, Profile, RequestOrigin } from './own-credentials.ts'

export interface AccountDependencies {
  readonly credentials: OwnCredentials
  readonly identities: OwnIdentities
  readonly oidc: Pick<OidcEdge, 'sessions' | 'startSignIn'>
  readonly forms: ForgeryGuard
  /** Ends everything that depends on an older password, except the browser session `keep`. */
  readonly passwordReplaced: (userId: string, changedAt: number, keep: string) => Promise<void>
  readonly show: (ctx: Context, page: Page, options?: { readonly status?: number }) => void
  readonly drawQr: (text: string) => Html
  /** Epoch seconds. */
  readonly now: () => number
}

export interface AccountRequest {
  readonly visitor: Visitor
  readonly profile: Profile
  readonly origin: RequestOrigin
  readonly token: string
}

/** Seconds for which a sign-in counts as recent enough to change sign-in methods. */
export const recentSignInSeconds = 300

/** @throws Problem('missing_credentials') when the session has ended or the user was deleted or disabled */
export async function accountRequestOf(ctx: Context, deps: AccountDependencies): Promise<AccountRequest> {
  const visitor = await deps.oidc.sessions.current(ctx)
  const profile = visitor && (await deps.credentials.profile(visitor.userId))
  if (visitor === undefined || profile === undefined)
    throw new Problem('missing_credentials', 'sign in first')
  return {
    visitor,
    profile,
    origin: { ip: ctx.ip, userAgent: ctx.get('User-Agent') || undefined, requestId: requestIdOf(ctx) },
    token: deps.forms.token(ctx),
  }
}

/**
 * As `accountRequestOf`, but requires a sign-in within the last five minutes with every factor the user has. Otherwise it
 * redirects the browser to sign in again and then to `returnTo`, and returns undefined.
 */
export async function freshAccountRequestOf(
  ctx: Context,
  deps: AccountDependencies,
  returnTo: string,
): Promise<AccountRequest | undefined> {
  const request = await accountRequestOf(ctx, deps)
  const hasSecondFactor = request.profile.authenticators.length > 0
  const usedSecondFactor = request.visitor.acr === acrs[1] || request.visitor.acr === acrs[2]
  if (deps.now() - request.visitor.authTime < recentSignInSeconds && (usedSecondFactor || !hasSecondFactor))
    return request
  await deps.oidc.startSignIn(ctx, returnTo, {
    maxAge: recentSignInSeconds - 1,
    loginHint: request.profile.userName,
    ...(hasSecondFactor ? { acrValues: [acrs[1]] } : {}),
  })
  return undefined
}

/** The form of this request. @throws Problem('denied') when it was sent from another site */
export async function ownForm(ctx: Context, deps: AccountDependencies): Promise<Form> {
  const form = await readForm(ctx)
  deps.forms.check(ctx, form)
  return form
}

export const target = (request: AccountRequest, action: string): FormTarget & { readonly user: string } => ({
  action,
  token: request.token,
  user: request.profile.userName,
})

/** Messages on the overview after a change; the URL carries only the key. */
export const doneMessages: ReadonlyMap<string, string> = new Map([
  ['password', 'Your password was changed. You have been signed out everywhere else.'],
  ['added', 'The authenticator app was added.'],
  ['removed', 'The authenticator app was removed.'],
  ['connected', 'The identity was connected. You can now use it to sign in.'],
  ['disconnected', 'The identity was disconnected. You can no longer use it to sign in.'],
  ['session', 'That session has ended.'],
  ['sessions', 'You are signed out everywhere else.'],
  ['withdrawn', 'The application can no longer act for you.'],
])

/** Redirects to the overview, which shows the message. 303, so that a reload does not resubmit the form. */
export function redirectDone(ctx: Context, what: string): void {
  ctx.redirect(`/account?done=${what}`)
  ctx.status = 303
}
