// `/account/password`: the old one and a new one; every other session ends.
import type { Context } from 'koa'
import { changePasswordPage } from '../../views/account-forms.ts'
import { Problem } from '../problem.ts'
import { field } from '../web/body.ts'
import { type AccountParts, done, freshVisitOf, type OwnVisit, ownForm, target } from './visit.ts'

const path = '/account/password'

export async function askPassword(ctx: Context, parts: AccountParts): Promise<void> {
  const visit = await freshVisitOf(ctx, parts, path)
  if (visit) await show(ctx, parts, visit)
}

export async function changePassword(ctx: Context, parts: AccountParts): Promise<void> {
  const form = await ownForm(ctx, parts)
  const visit = await freshVisitOf(ctx, parts, path)
  if (!visit) return
  const next = field(form, 'password')
  if (next === '' || field(form, 'current') === '')
    return show(ctx, parts, visit, 'Type your current password and a new one.')
  if (field(form, 'again') !== next) return show(ctx, parts, visit, 'The two new passwords are not the same.')
  const { userId } = visit.profile
  const { sessionId } = visit.visitor
  const replaced = (at: number) => parts.passwordReplaced(userId, at, sessionId)
  let changedAt: number | undefined
  try {
    const current = field(form, 'current')
    changedAt = await parts.credentials.changePassword(userId, current, next, visit.from, replaced)
    if (changedAt === undefined) return show(ctx, parts, visit, 'The current password is wrong.')
  } catch (error) {
    if (!(error instanceof Problem) || !refusals.has(error.code)) throw error
    return show(ctx, parts, visit, `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`)
  }
  await parts.oidc.sessions.restOn(sessionId, changedAt)
  await replaced(changedAt)
  done(ctx, 'password')
}

/** What a better password cures. */
const refusals: ReadonlySet<string> = new Set(['password_policy_violation', 'invalid_input', 'validation'])

async function show(ctx: Context, parts: AccountParts, visit: OwnVisit, problem?: string): Promise<void> {
  const rule = await parts.credentials.passwordRule(visit.profile.userId)
  parts.show(ctx, changePasswordPage({ ...target(visit, path), rule, problem }), {
    status: problem === undefined ? 200 : 422,
  })
}
