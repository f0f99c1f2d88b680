// One request of a signed-in user to the account pages: the session, how recent its sign-in is, and the response.

import type { Context } from 'koa'
import type { FormTarget } from '../../views/form.ts'
import type { Html } from '../../views/html.ts'
import type { Page } from '../../views/layout.ts'
import type { OwnActivity } from '../iam/audit/own-activity.ts'
import type { Passkeys } from '../iam/mfa/passkeys.ts'
import type { TrustedBrowsers } from '../iam/mfa/trusted-browsers.ts'
import type { Places } from '../iam/places/places.ts'
import type { RequestOrigin } from '../iam/request-origin.ts'
import type { AddressChange } from '../iam/sign-in/address-change.ts'
import type { AddressVerification } from '../iam/sign-in/address-verification.ts'
import type { OwnApps } from '../oidc/clients/own-apps.ts'
import { acrs, type OidcEdge, type Visitor } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'
import { type Form, readForm } from '../web/request/body.ts'
import type { CookieJar } from '../web/request/cookies.ts'
import type { ForgeryGuard } from '../web/request/forgery.ts'
import { requestIdOf } from '../web/request/request-id.ts'
import type { KeyAccess, RoleAccess } from './own-access.ts'
import type { OwnCredentials, OwnIdentities, Profile } from './own-credentials.ts'

export interface AccountDependencies {
  readonly credentials: OwnCredentials
  readonly passkeys: Pick<Passkeys, 'areAllowed' | 'creationOptions' | 'add' | 'rename' | 'remove'>
  readonly trusted: Pick<TrustedBrowsers, 'list' | 'current' | 'removeOwn' | 'removeAllOwn'>
  readonly cookies: Pick<CookieJar, 'get'>
  readonly identities: OwnIdentities
  /** Confirms e-mail addresses. */
  readonly addresses: Pick<AddressVerification, 'send' | 'look' | 'confirm'>
  readonly addressChange: Pick<AddressChange, 'isAllowed' | 'request' | 'look' | 'confirm'>
  /** Whether mail is configured now. Without it no link can be sent, so that only administrators change addresses. */
  readonly canSendMail: () => boolean
  readonly oidc: Pick<OidcEdge, 'sessions' | 'startSignIn'>
  readonly apps: Pick<OwnApps, 'list' | 'hasLogo' | 'logo'>
  readonly roles: RoleAccess
  readonly keys: KeyAccess
  readonly activity: OwnActivity
  readonly places: Places
  readonly forms: ForgeryGuard
  /** Whether the console has anything to show to the signed-in person. */
  readonly mayUseConsole: (ctx: Context) => Promise<boolean>
  /** Ends everything that depends on an older password, except the browser session `keep`. */
  readonly passwordReplaced: (userId: string, changedAt: number, keep: string) => Promise<void>
  readonly show: (ctx: Context, page: Page, options?: { readonly status?: number }) => void
  readonly drawQr: (text: string) => Promise<Html>
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
  const { authenticators, passkeys } = request.profile
  const hasSecondFactor = authenticators.length > 0 || passkeys.some(({ copied }) => !copied)
  const usedSecondFactor = request.visitor.acr === acrs[1] || request.visitor.acr === acrs[2]
  if (deps.now() - request.visitor.authTime < recentSignInSeconds && (usedSecondFactor || !hasSecondFactor))
    return request
  await deps.oidc.startSignIn(ctx, returnTo, {
    maxAge: recentSignInSeconds - 1,
    loginHint: request.profile.userName,
    purpose: 'account',
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
  ['passkey-added', 'The passkey was added. You can now sign in with it.'],
  ['passkey-removed', 'The passkey was removed. You can delete it on your device, too.'],
  ['renamed', 'The name was changed.'],
  ['connected', 'The identity was connected. You can now use it to sign in.'],
  ['disconnected', 'The identity was disconnected. You can no longer use it to sign in.'],
  ['address', 'Your e-mail address is confirmed.'],
  ['address-changed', 'Your e-mail address was changed.'],
  ['address-sent', 'A message with a link is on its way to your e-mail address.'],
  [
    'address-not-sent',
    'No message was sent: there were several in the last hour, or your address is confirmed.',
  ],
  ['session', 'That session has ended.'],
  ['sessions', 'You are signed out everywhere else.'],
  ['trust', 'That browser is no longer trusted.'],
  ['no-trust', 'No browser is trusted any more.'],
  ['withdrawn', 'The application can no longer act for you.'],
])

/** Redirects to the overview, which shows the message. 303, so that a reload does not resubmit the form. */
export function redirectDone(ctx: Context, what: string): void {
  ctx.redirect(`/account?done=${what}`)
  ctx.status = 303
}
