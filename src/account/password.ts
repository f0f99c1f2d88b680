// `/account/password`: changes the password and ends every other session.
import type { Context } from 'koa'
import { changePasswordPage } from '../../views/account/forms.ts'
import { Problem } from '../problem.ts'
import { field } from '../web/request/body.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  freshAccountRequestOf,
  ownForm,
  redirectDone,
  target,
} from './request.ts'

const path = '/account/password'

export async function showPasswordForm(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await freshAccountRequestOf(ctx, deps, path)
  if (request) await show(ctx, deps, request)
}

export async function changePassword(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, path)
  if (!request) return
  const next = field(form, 'password')
  if (next === '' || field(form, 'current') === '')
    return show(ctx, deps, request, 'Enter your current password and a new one.')
  if (field(form, 'again') !== next) return show(ctx, deps, request, 'The new passwords do not match.')
  const { userId } = request.profile
  const { sessionId } = request.visitor
  const endOlder = (at: number) => deps.passwordReplaced(userId, at, sessionId)
  let changedAt: number | undefined
  try {
    const current = field(form, 'current')
    changedAt = await deps.credentials.changePassword(userId, current, next, request.origin, endOlder)
    if (changedAt === undefined) return show(ctx, deps, request, 'The current password is incorrect.')
  } catch (error) {
    if (!(error instanceof Problem) || !passwordErrors.has(error.code)) throw error
    return show(ctx, deps, request, `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`)
  }
  await deps.oidc.sessions.keepAfterPasswordChange(sessionId, changedAt)
  await endOlder(changedAt)
  redirectDone(ctx, 'password')
}

/** Problems that another password would avoid. */
const passwordErrors: ReadonlySet<string> = new Set([
  'password_policy_violation',
  'invalid_input',
  'validation',
])

async function show(
  ctx: Context,
  deps: AccountDependencies,
  request: AccountRequest,
  problem?: string,
): Promise<void> {
  const rule = await deps.credentials.passwordRule(request.profile.userId)
  deps.show(ctx, changePasswordPage({ ...target(request, path), rule, problem }), {
    status: problem === undefined ? 200 : 422,
  })
}
