// `/account/passkeys/…`: adds, renames and removes passkeys, after a recent sign-in.
import type { Context } from 'koa'
import {
  addPasskeyPage,
  ownRecoveryCodesPage,
  removePasskeyPage,
  renameFactorPage,
} from '../../views/account/forms.ts'
import { deviceName } from '../../views/device.ts'
import { passkeyProblems } from '../../views/sign-in/passkey-form.ts'
import { Problem } from '../problem.ts'
import { field, readQuery } from '../web/request/body.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  freshAccountRequestOf,
  ownForm,
  redirectDone,
  target,
} from './request.ts'

const addPath = '/account/passkeys/add'
const renamePath = '/account/passkeys/rename'
const removePath = '/account/passkeys/remove'

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

export async function showRenamePasskey(ctx: Context, deps: AccountDependencies): Promise<void> {
  const id = readQuery(ctx).get('passkey') ?? ''
  const request = await freshAccountRequestOf(ctx, deps, `${renamePath}?passkey=${encodeURIComponent(id)}`)
  if (!request) return
  const passkey = request.profile.passkeys.find((one) => one.id === id)
  if (passkey === undefined) throw noSuchPasskey()
  const page = renameFactorPage({ ...target(request, renamePath), field: 'passkey', id, name: passkey.name })
  deps.show(ctx, page)
}

export async function renamePasskey(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, '/account')
  if (!request) return
  const [id, name] = [field(form, 'passkey'), field(form, 'name')]
  if (!(await deps.passkeys.rename(request.profile.userId, id, name, request.origin))) throw noSuchPasskey()
  redirectDone(ctx, 'renamed')
}

export async function showRemovePasskey(ctx: Context, deps: AccountDependencies): Promise<void> {
  const id = readQuery(ctx).get('passkey') ?? ''
  const request = await freshAccountRequestOf(ctx, deps, `${removePath}?passkey=${encodeURIComponent(id)}`)
  if (!request) return
  const passkey = request.profile.passkeys.find((one) => one.id === id)
  if (passkey === undefined) throw noSuchPasskey()
  deps.show(ctx, removePasskeyPage({ ...target(request, removePath), passkey: id, name: passkey.name }))
}

export async function removePasskey(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, '/account')
  if (!request) return
  if (!(await deps.passkeys.remove(request.profile.userId, field(form, 'passkey'), request.origin)))
    throw noSuchPasskey()
  redirectDone(ctx, 'passkey-removed')
}

const noSuchPasskey = () => new Problem('not_found', 'you have no such passkey')
