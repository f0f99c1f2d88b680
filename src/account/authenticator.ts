// `/account/authenticator/…`: adds and removes authenticator apps, after a recent sign-in.
import type { Context } from 'koa'
import {
  addAuthenticatorPage,
  ownRecoveryCodesPage,
  removeAuthenticatorPage,
} from '../../views/account-forms.ts'
import { Problem } from '../problem.ts'
import { field, readQuery } from '../web/body.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  freshAccountRequestOf,
  ownForm,
  redirectDone,
  target,
} from './request.ts'

const addPath = '/account/authenticator/add'
const removePath = '/account/authenticator/remove'

export async function showAddForm(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await freshAccountRequestOf(ctx, deps, addPath)
  if (request) await renderAddForm(ctx, deps, request, undefined)
}

export async function add(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, addPath)
  if (!request) return
  const { userId, recoveryCodes } = request.profile
  const device = field(form, 'device')
  const code = field(form, 'code').slice(0, 64).replace(/\s/g, '')
  if (code === '' || !(await deps.credentials.finishTotp(userId, device, code, request.origin))) {
    const problem = 'Incorrect code. Check that the time on your phone is right, then enter the newest code.'
    return renderAddForm(ctx, deps, request, device, problem)
  }
  if (recoveryCodes > 0) return redirectDone(ctx, 'added')
  const codes = await deps.credentials.newRecoveryCodes(userId, request.origin)
  deps.show(ctx, ownRecoveryCodesPage({ token: request.token, user: request.profile.userName, codes }))
}

async function renderAddForm(
  ctx: Context,
  deps: AccountDependencies,
  request: AccountRequest,
  begun: string | undefined,
  problem?: string,
): Promise<void> {
  const totp = await deps.credentials.beginTotp(request.profile.userId, begun)
  const page = addAuthenticatorPage({
    ...target(request, addPath),
    problem,
    key: totp.key,
    uri: totp.uri,
    qr: deps.drawQr(totp.uri),
    pending: totp.device,
  })
  deps.show(ctx, page, { status: problem === undefined ? 200 : 422 })
}

export async function showRemoveForm(ctx: Context, deps: AccountDependencies): Promise<void> {
  const id = readQuery(ctx).get('device') ?? ''
  const request = await freshAccountRequestOf(ctx, deps, `${removePath}?device=${encodeURIComponent(id)}`)
  if (!request) return
  const device = request.profile.authenticators.find((one) => one.id === id)
  if (device === undefined) throw new Problem('not_found', 'you have no such authenticator app')
  const last = request.profile.authenticators.length === 1
  deps.show(
    ctx,
    removeAuthenticatorPage({ ...target(request, removePath), device: id, name: device.name, last }),
  )
}

export async function remove(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, '/account')
  if (!request) return
  if (!(await deps.credentials.removeTotp(request.profile.userId, field(form, 'device'), request.origin)))
    throw new Problem('not_found', 'you have no such authenticator app')
  redirectDone(ctx, 'removed')
}
