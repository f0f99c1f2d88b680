// `/account/email`: the person changes their e-mail address, after a recent sign-in; nothing changes before the new address is
// confirmed (address.ts).
import type { Context } from 'koa'
import { addressSentPage, changeAddressPage } from '../../views/sign-in/address-pages.ts'
import type { AddressRequest } from '../iam/sign-in/address-change.ts'
import { Problem } from '../problem.ts'
import { field } from '../web/request/body.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  freshAccountRequestOf,
  ownForm,
  target,
} from './request.ts'

const path = '/account/email'

type Refusal = Extract<AddressRequest, { refused: string }>['refused']

const refusals: Readonly<Record<Refusal, { readonly problem: string }>> = {
  invalid: { problem: 'Enter an e-mail address.' },
  unchanged: { problem: 'This is your address already.' },
  'too-many': { problem: 'There were several messages in the last hour. Try again later.' },
  'of-provider': { problem: 'Addresses of this domain come from your identity provider.' },
}

export async function showAddressForm(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await freshAccountRequestOf(ctx, deps, path)
  if (!request) return
  if (!(await changeOf(deps).isAllowed(request.profile.userId))) throw noPage()
  show(ctx, deps, request, '')
}

export async function requestAddress(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, path)
  if (!request) return
  const typed = field(form, 'email').slice(0, 300)
  const result = await changeOf(deps).request(request.profile.userId, typed, request.origin)
  if ('refused' in result) return show(ctx, deps, request, typed, refusals[result.refused].problem)
  deps.show(ctx, addressSentPage({ ...target(request, path), address: result.sentTo }))
}

function show(
  ctx: Context,
  deps: AccountDependencies,
  request: AccountRequest,
  typed: string,
  problem?: string,
): void {
  const page = changeAddressPage({ ...target(request, path), current: request.profile.email, typed, problem })
  deps.show(ctx, page, { status: problem === undefined ? 200 : 422 })
}

const noPage = () => new Problem('not_found', 'there is no page here')

function changeOf({ addressChange, canSendMail }: AccountDependencies): AccountDependencies['addressChange'] {
  if (!canSendMail()) throw noPage()
  return addressChange
}
