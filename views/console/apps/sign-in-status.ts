// Whether people sign in to an app, or which requests were refused instead. What was sent is shown as text: anybody may have sent it.
import { type Fragment, type Html, html } from '../../html.ts'
import { act, badge, code, isoOf, section, when } from '../frame/parts.ts'
import { known, t, type Words } from '../message.ts'

export interface RefusedView {
  /** Epoch seconds. */
  readonly at: number
  readonly sourceIp: string
  readonly reason: string
  readonly redirectUri: string | undefined
  /** The registered redirect URI that is nearest to it. */
  readonly registered: string | undefined
  /** Where it can be added, or why it cannot, as a sentence. */
  readonly offer:
    | { readonly href: string; readonly denied: string | undefined }
    | { readonly why: Words }
    | undefined
}

export type SignInStatus =
  | { readonly denied: string }
  | {
      /** Epoch seconds. */
      readonly last: number | undefined
      readonly refused: readonly RefusedView[]
    }

const stateOf = (status: SignInStatus): 'denied' | 'works' | 'refused' | 'waiting' => {
  if ('denied' in status) return 'denied'
  if (status.last !== undefined) return 'works'
  return status.refused.length > 0 ? 'refused' : 'waiting'
}

/** @param path of the app: the part that changes is below it, and is read again by views/assets/sign-in-status.js */
export const signInStatusSection = (path: string, status: SignInStatus): Html =>
  section(
    t('First sign-in'),
    html`<div data-sign-in-status="${path}/sign-in-status" aria-live="polite">${signInStatusPart(status)}</div><noscript><p class="note"><a href="${path}">${t('Look again')}</a></p></noscript>`,
  )

/** The part of the page that changes. */
export const signInStatusPart = (status: SignInStatus): Html =>
  html`<div class="sign-in-status" data-state="${stateOf(status)}">${inside(status)}</div>`

const inside = (status: SignInStatus): Fragment => {
  if ('denied' in status) return html`<p class="note">${known(status.denied)}</p>`
  const { last, refused } = status
  if (last !== undefined)
    return html`<p>${badge(t('Works'), 'good')} ${t('People sign in to it, the last one {date}.', { date: when(isoOf(last)) })}</p>${rows(refused, t('Refused since then'))}`
  return refused.length > 0
    ? html`<p>${badge(t('Refused'), 'care')} ${t('Nobody has signed in to it yet. This came instead:')}</p>${rows(refused, t('What came instead'))}`
    : html`<p>${badge(t('Waiting'))} ${t('Nobody has signed in to it yet. Start a sign-in at the app.')}</p>`
}

const rows = (refused: readonly RefusedView[], label: Words): Html =>
  html`${
    refused.length > 0 &&
    html`<ul class="plain sign-in-status-rows" aria-label="${label}">${refused.map((one) => html`<li>${what(one)}<p class="note">${whence(one)}</p>${offered(one.offer)}</li>`)}</ul>
<p class="note">${t('Anybody can send such requests: check that they were your app’s.')}</p>`
  }`

const whence = ({ at, sourceIp }: RefusedView): Words =>
  sourceIp === ''
    ? t('{date}, from an unknown address.', { date: when(isoOf(at)) })
    : t('{date}, from {address}.', { date: when(isoOf(at)), address: sourceIp })

const what = ({ redirectUri, registered, reason }: RefusedView): Html =>
  redirectUri === undefined
    ? html`<p>${sentenceOf(reason)} ${code(reason)}</p>`
    : html`<p>${
        registered === undefined
          ? t('{came} came, no redirect URI is registered.', { came: code(redirectUri) })
          : t('{came} came, {registered} is registered.', {
              came: code(redirectUri),
              registered: code(registered),
            })
      }</p>`

const offered = (offer: RefusedView['offer']): Fragment => {
  if (offer === undefined) return undefined
  if ('why' in offer) return html`<p class="note">${offer.why}</p>`
  return act({ href: offer.href, label: t('Add it'), denied: offer.denied })
}

/** By the OAuth error, which comes first in the reason. */
const reasons: ReadonlyMap<string, Words> = new Map([
  ['invalid_redirect_uri', t('A redirect URI came that is not registered and cannot be shown.')],
  ['invalid_client', t('The app did not prove itself: its secret is another one, or it sends none.')],
  ['invalid_grant', t('The app sent a code or token that is not valid, or not its own.')],
  ['invalid_scope', t('The app asked for a scope that there is not, or that it may not ask for.')],
  ['invalid_target', t('The app asked for a resource that there is not.')],
  ['unauthorized_client', t('The app asked for a grant that its settings do not have.')],
  ['unsupported_response_type', t('The app asked for another response type than code.')],
  ['invalid_request', t('The request of the app lacks something, or has something twice.')],
])

const sentenceOf = (reason: string): Words =>
  reasons.get(reason.split(' ', 1)[0] ?? '') ?? t('A request was refused.')
