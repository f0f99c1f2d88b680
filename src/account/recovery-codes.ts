// `/account/recovery-codes`: replaces all recovery codes, after a recent sign-in.
import type { Context } from 'koa'
import { ownRecoveryCodesPage, renewRecoveryCodesPage } from '../../views/account/forms.ts'
import { type AccountDependencies, freshAccountRequestOf, ownForm, target } from './request.ts'

const path = '/account/recovery-codes'

export async function showRenewForm(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await freshAccountRequestOf(ctx, deps, path)
  if (!request) return
  deps.show(ctx, renewRecoveryCodesPage({ ...target(request, path), left: request.profile.recoveryCodes }))
}

export async function renew(ctx: Context, deps: AccountDependencies): Promise<void> {
  await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, path)
  if (!request) return
  const codes = await deps.credentials.newRecoveryCodes(request.profile.userId, request.origin)
  deps.show(ctx, ownRecoveryCodesPage({ token: request.token, user: request.profile.userName, codes }))
}
