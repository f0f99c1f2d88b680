// Browsers that the person trusts, so that they need no second factor there: which of them is this one, and removing them.
import type { Context } from 'koa'
import { trustedBrowserCookie } from '../iam/mfa/trusted-browsers.ts'
import type { RequestOrigin } from '../iam/request-origin.ts'
import { Problem } from '../problem.ts'
import { field } from '../web/request/body.ts'
import { type AccountDependencies, accountRequestOf, ownForm, redirectDone } from './request.ts'

/** Id of this browser; undefined unless the person trusts it. */
export const trustedHere = (
  ctx: Context,
  { trusted, cookies }: AccountDependencies,
  userId: string,
): Promise<string | undefined> => trusted.current(userId, cookies.get(ctx, trustedBrowserCookie))

/** Removes the trust of all browsers but this one. */
export const removeOtherTrust = (
  ctx: Context,
  { trusted, cookies }: AccountDependencies,
  userId: string,
  origin: RequestOrigin,
): Promise<void> => trusted.removeAllOwn(userId, origin, cookies.get(ctx, trustedBrowserCookie))

export async function removeTrusted(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const { profile, origin } = await accountRequestOf(ctx, deps)
  if (!(await deps.trusted.removeOwn(profile.userId, field(form, 'browser'), origin)))
    throw new Problem('not_found', 'you do not trust that browser any more')
  redirectDone(ctx, 'trust')
}

export async function removeAllTrusted(ctx: Context, deps: AccountDependencies): Promise<void> {
  await ownForm(ctx, deps)
  const { profile, origin } = await accountRequestOf(ctx, deps)
  await deps.trusted.removeAllOwn(profile.userId, origin)
  redirectDone(ctx, 'no-trust')
}
