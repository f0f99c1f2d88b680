// `/account/recovery-codes`: new ones in place of all old ones, after a fresh sign-in.
import type { Context } from 'koa'
import { ownRecoveryCodesPage, renewRecoveryCodesPage } from '../../views/account-forms.ts'
import { type AccountParts, freshVisitOf, ownForm, target } from './visit.ts'

const path = '/account/recovery-codes'

export async function askRenew(ctx: Context, parts: AccountParts): Promise<void> {
  const visit = await freshVisitOf(ctx, parts, path)
  if (!visit) return
  parts.show(ctx, renewRecoveryCodesPage({ ...target(visit, path), left: visit.profile.recoveryCodes }))
}

export async function renew(ctx: Context, parts: AccountParts): Promise<void> {
  await ownForm(ctx, parts)
  const visit = await freshVisitOf(ctx, parts, path)
  if (!visit) return
  const codes = await parts.credentials.newRecoveryCodes(visit.profile.userId, visit.from)
  parts.show(ctx, ownRecoveryCodesPage({ token: visit.token, user: visit.profile.userName, codes }))
}
