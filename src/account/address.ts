// `/account/email`: confirms the person's e-mail address with a link that was sent there, and sends another one.
import type { Context } from 'koa'
import {
  addressLinkGonePage,
  addressTakenPage,
  confirmAddressPage,
} from '../../views/sign-in/address-pages.ts'
import { Problem } from '../problem.ts'
import { field, readQuery } from '../web/request/body.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  accountRequestOf,
  ownForm,
  redirectDone,
  target,
} from './request.ts'

/** Path of the page of a link. */
export const confirmAddressPath = '/account/email/confirm'

export async function showConfirmAddress(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await accountRequestOf(ctx, deps)
  const link = readQuery(ctx).get('token') ?? ''
  const { userId } = request.profile
  const address = (await deps.addresses.look(userId, link)) ?? (await deps.addressChange.look(userId, link))
  if (address === undefined) return showGone(ctx, deps, request)
  deps.show(ctx, confirmAddressPage({ ...target(request, confirmAddressPath), address, link }))
}

export async function confirmAddress(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await accountRequestOf(ctx, deps)
  const { userId } = request.profile
  const link = field(form, 'link')
  if ((await deps.addresses.confirm(userId, link, request.origin)) !== undefined)
    return redirectDone(ctx, 'address')
  const changed = await deps.addressChange.confirm(userId, link, request.origin)
  if (changed === 'changed') return redirectDone(ctx, 'address-changed')
  const { token, profile } = request
  if (changed === 'taken')
    return deps.show(ctx, addressTakenPage({ token, user: profile.userName }), { status: 409 })
  showGone(ctx, deps, request)
}

export async function sendAddressLink(ctx: Context, deps: AccountDependencies): Promise<void> {
  await ownForm(ctx, deps)
  if (!deps.canSendMail()) throw new Problem('not_found', 'there is no page here')
  const request = await accountRequestOf(ctx, deps)
  redirectDone(ctx, (await deps.addresses.send(request.profile.userId)) ? 'address-sent' : 'address-not-sent')
}

const showGone = (ctx: Context, deps: AccountDependencies, { token, profile }: AccountRequest): void =>
  deps.show(ctx, addressLinkGonePage({ token, user: profile.userName }), { status: 404 })
