// `/account/authenticator/…`: adding and removing authenticator apps, after a fresh sign-in.
import type { Context } from 'koa'
import {
  addAuthenticatorPage,
  ownRecoveryCodesPage,
  removeAuthenticatorPage,
} from '../../views/account-forms.ts'
import { Problem } from '../problem.ts'
import { field, readQuery } from '../web/body.ts'
import { type AccountParts, done, freshVisitOf, type OwnVisit, ownForm, target } from './visit.ts'

const addPath = '/account/authenticator/add'
const removePath = '/account/authenticator/remove'

export async function askAdd(ctx: Context, parts: AccountParts): Promise<void> {
  const visit = await freshVisitOf(ctx, parts, addPath)
  if (visit) await showAdd(ctx, parts, visit, undefined)
}

export async function add(ctx: Context, parts: AccountParts): Promise<void> {
  const form = await ownForm(ctx, parts)
  const visit = await freshVisitOf(ctx, parts, addPath)
  if (!visit) return
  const { userId, recoveryCodes } = visit.profile
  const device = field(form, 'device')
  const code = field(form, 'code').slice(0, 64).replace(/\s/g, '')
  if (code === '' || !(await parts.credentials.finishTotp(userId, device, code, visit.from))) {
    const problem = 'That code does not fit. Check the clock of your phone and type the newest code.'
    return showAdd(ctx, parts, visit, device, problem)
  }
  if (recoveryCodes > 0) return done(ctx, 'added')
  const codes = await parts.credentials.newRecoveryCodes(userId, visit.from)
  parts.show(ctx, ownRecoveryCodesPage({ token: visit.token, user: visit.profile.userName, codes }))
}

async function showAdd(
  ctx: Context,
  parts: AccountParts,
  visit: OwnVisit,
  begun: string | undefined,
  problem?: string,
): Promise<void> {
  const totp = await parts.credentials.beginTotp(visit.profile.userId, begun)
  const page = addAuthenticatorPage({
    ...target(visit, addPath),
    problem,
    key: totp.key,
    uri: totp.uri,
    qr: parts.drawQr(totp.uri),
    pending: totp.device,
  })
  parts.show(ctx, page, { status: problem === undefined ? 200 : 422 })
}

export async function askRemove(ctx: Context, parts: AccountParts): Promise<void> {
  const id = readQuery(ctx).get('device') ?? ''
  const visit = await freshVisitOf(ctx, parts, `${removePath}?device=${encodeURIComponent(id)}`)
  if (!visit) return
  const device = visit.profile.authenticators.find((one) => one.id === id)
  if (device === undefined) throw new Problem('not_found', 'you have no such authenticator app')
  const last = visit.profile.authenticators.length === 1
  parts.show(
    ctx,
    removeAuthenticatorPage({ ...target(visit, removePath), device: id, name: device.name, last }),
  )
}

export async function remove(ctx: Context, parts: AccountParts): Promise<void> {
  const form = await ownForm(ctx, parts)
  const visit = await freshVisitOf(ctx, parts, '/account')
  if (!visit) return
  if (!(await parts.credentials.removeTotp(visit.profile.userId, field(form, 'device'), visit.from)))
    throw new Problem('not_found', 'you have no such authenticator app')
  done(ctx, 'removed')
}
