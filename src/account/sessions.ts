// Ends sessions and withdraws consent to applications. The session's user id is passed along with each id, so another
// user's sessions and consents are not found (attacks.md 16).
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import { field } from '../web/request/body.ts'
import { type AccountDependencies, accountRequestOf, ownForm, redirectDone } from './request.ts'
import { removeOtherTrust } from './trusted-browsers.ts'

export async function endSession(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const { profile } = await accountRequestOf(ctx, deps)
  if (!(await deps.oidc.sessions.endOne(profile.userId, field(form, 'session'))))
    throw new Problem('not_found', 'that session has already ended')
  redirectDone(ctx, 'session')
}

export async function endOtherSessions(ctx: Context, deps: AccountDependencies): Promise<void> {
  await ownForm(ctx, deps)
  const { profile, visitor, origin } = await accountRequestOf(ctx, deps)
  await removeOtherTrust(ctx, deps, profile.userId, origin)
  await deps.oidc.sessions.endOthers(profile.userId, visitor.sessionId)
  redirectDone(ctx, 'sessions')
}

export async function withdraw(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const { profile } = await accountRequestOf(ctx, deps)
  if (!(await deps.oidc.sessions.withdraw(profile.userId, field(form, 'application'), ctx)))
    throw new Problem('not_found', 'that application has no access to withdraw')
  redirectDone(ctx, 'withdrawn')
}
