// `/account/passkeys/add`: adds a passkey, after a recent sign-in.
import type { Context } from 'koa'
import { addPasskeyPage, ownRecoveryCodesPage } from '../../views/account/forms.ts'
import { deviceName } from '../../views/device.ts'
import { passkeyProblems } from '../../views/sign-in/passkey-form.ts'
import { field } from '../web/request/body.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  freshAccountRequestOf,
  ownForm,
  redirectDone,
  target,
} from './request.ts'

const addPath = '/account/passkeys/add'

export async function showAddPasskey(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await freshAccountRequestOf(ctx, deps, addPath)
  if (request) await renderAddForm(ctx, deps, request, deviceName(request.origin.userAgent))
}

export async function addPasskey(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, addPath)
  if (!request) return
  const { profile, visitor, origin } = request
  const given = { response: field(form, 'credential'), name: field(form, 'name') }
  const result = await deps.passkeys.add(profile.userId, visitor.sessionId, given, origin)
  if (result !== 'added') return renderAddForm(ctx, deps, request, given.name, passkeyProblems[result])
  if (profile.recoveryCodes > 0) return redirectDone(ctx, 'passkey-added')
  const codes = await deps.credentials.newRecoveryCodes(profile.userId, origin)
  deps.show(ctx, ownRecoveryCodesPage({ token: request.token, user: profile.userName, codes }))
}

async function renderAddForm(
  ctx: Context,
  deps: AccountDependencies,
  request: AccountRequest,
  name: string,
  problem?: string,
): Promise<void> {
  const options = await deps.passkeys.creationOptions(request.profile.userId, request.visitor.sessionId)
  const page = addPasskeyPage({ ...target(request, addPath), options, name: name.slice(0, 64), problem })
  deps.show(ctx, page, { status: problem === undefined ? 200 : 422 })
}
