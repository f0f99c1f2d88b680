// `/account/authenticator/add`: adds an authenticator app, after a recent sign-in.
import type { Context } from 'koa'
import { addAuthenticatorPage, ownRecoveryCodesPage } from '../../views/account/forms.ts'
import { phoneName } from '../../views/device.ts'
import { field } from '../web/request/body.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  freshAccountRequestOf,
  ownForm,
  redirectDone,
  target,
} from './request.ts'

const addPath = '/account/authenticator/add'

export async function showAddAuthenticator(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await freshAccountRequestOf(ctx, deps, addPath)
  if (request) await renderAddForm(ctx, deps, request, { name: phoneName(request.origin.userAgent) })
}

export async function addAuthenticator(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, addPath)
  if (!request) return
  const { userId, recoveryCodes } = request.profile
  const device = field(form, 'device')
  const name = field(form, 'name')
  const code = field(form, 'code').slice(0, 64).replace(/\s/g, '')
  const proof = { device, code, name }
  if (code === '' || !(await deps.credentials.finishTotp(userId, proof, request.origin))) {
    const problem = 'Incorrect code. Check that the time on your phone is right, then enter the newest code.'
    return renderAddForm(ctx, deps, request, { device, name: name.slice(0, 64), problem })
  }
  if (recoveryCodes > 0) return redirectDone(ctx, 'added')
  const codes = await deps.credentials.newRecoveryCodes(userId, request.origin)
  deps.show(ctx, ownRecoveryCodesPage({ token: request.token, user: request.profile.userName, codes }))
}

async function renderAddForm(
  ctx: Context,
  deps: AccountDependencies,
  request: AccountRequest,
  typed: { readonly device?: string; readonly name: string | undefined; readonly problem?: string },
): Promise<void> {
  const totp = await deps.credentials.beginTotp(request.profile.userId, typed.device)
  const page = addAuthenticatorPage({
    ...target(request, addPath),
    problem: typed.problem,
    name: typed.name,
    others: request.profile.authenticators.length,
    key: totp.key,
    uri: totp.uri,
    qr: await deps.drawQr(totp.uri),
    pending: totp.device,
  })
  deps.show(ctx, page, { status: typed.problem === undefined ? 200 : 422 })
}
