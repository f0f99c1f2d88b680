// Ending sessions and withdrawing what applications were allowed. Always one's own: the edge takes the user's id with
// the thing's, and answers "not there" for anyone else's (attacks.md 16).
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import { field } from '../web/body.ts'
import { type AccountParts, done, ownForm, visitOf } from './visit.ts'

export async function endSession(ctx: Context, parts: AccountParts): Promise<void> {
  const form = await ownForm(ctx, parts)
  const { profile } = await visitOf(ctx, parts)
  if (!(await parts.oidc.sessions.endOne(profile.userId, field(form, 'session'))))
    throw new Problem('not_found', 'that session has ended already')
  done(ctx, 'session')
}

export async function endOtherSessions(ctx: Context, parts: AccountParts): Promise<void> {
  await ownForm(ctx, parts)
  const { profile, visitor } = await visitOf(ctx, parts)
  await parts.oidc.sessions.endOthers(profile.userId, visitor.sessionId)
  done(ctx, 'sessions')
}

export async function withdraw(ctx: Context, parts: AccountParts): Promise<void> {
  const form = await ownForm(ctx, parts)
  const { profile } = await visitOf(ctx, parts)
  if (!(await parts.oidc.sessions.withdraw(profile.userId, field(form, 'application'), ctx)))
    throw new Problem('not_found', 'that application has nothing to withdraw')
  done(ctx, 'withdrawn')
}
