// Pages with which a person confirms their e-mail address.

import type { FormTarget } from '../form.ts'
import { alert, form, hidden, submit, textField } from '../form.ts'
import { html } from '../html.ts'
import { ownPage, type Page } from '../layout.ts'

/** Asks before the link is used, because programs that check mail open links too. */
export const confirmAddressPage = (
  p: FormTarget & { readonly user: string; readonly address: string; readonly link: string },
): Page =>
  ownPage(
    p,
    (t) => t('Confirm your e-mail address'),
    (t) => html`<h1>${t('Confirm your e-mail address')}</h1>
<p class="lead">${t('Is {address} your address? Messages about your account go there, and applications may use it.', { address: html`<strong>${p.address}</strong>` })}</p>
${form(p, html`${hidden('link', p.link)}${submit(t('Yes, it is mine'))}`)}`,
  )

/** A link that is unknown, used, over or another person's. */
export const addressLinkGonePage = (p: { readonly token: string; readonly user: string }): Page =>
  ownPage(
    p,
    (t) => t('This link cannot be used'),
    (t) => html`<h1>${t('This link cannot be used')}</h1>
<p class="lead">${t('It was used already, its time is over, or it belongs to another account than {user}.', { user: html`<strong>${p.user}</strong>` })}</p>
<p><a class="button quiet" href="/account">${t('Your account')}</a></p>`,
  )

/** `/account/email`. */
export const changeAddressPage = (
  p: FormTarget & {
    readonly user: string
    readonly current: string | undefined
    readonly typed: string
    readonly problem?: string | undefined
  },
): Page =>
  ownPage(
    p,
    (t) => t('Change your e-mail address'),
    (
      t,
    ) => html`<div class="narrow"><p class="crumb"><a href="/account">${t('Your account')}</a></p><h1>${t('Change your e-mail address')}</h1>
<p class="lead">${t('A message with a link goes to the new address. The address changes when you open the link.')}</p>
${p.current !== undefined && html`<p class="note">${t('Now: {address}', { address: p.current })}</p>`}
${form(
  p,
  html`${alert(p.problem, t)}
${textField({ name: 'email', label: t('New e-mail address'), type: 'email', complete: 'email', value: p.typed, maxLength: 254, autofocus: true, wrong: p.problem !== undefined })}
${submit(t('Send the link'))}`,
)}</div>`,
  )

/** The link is on its way. */
export const addressSentPage = (p: FormTarget & { readonly user: string; readonly address: string }): Page =>
  ownPage(
    p,
    (t) => t('Check your mail'),
    (t) => html`<div class="narrow"><h1>${t('Check your mail')}</h1>
<p class="lead">${t('A message is on its way to {address}. Open the link in it within a day, in a browser in which you are signed in. Until then your address stays as it is.', { address: html`<strong>${p.address}</strong>` })}</p>
<p><a class="button quiet" href="/account">${t('Your account')}</a></p></div>`,
  )

/** The address belongs to somebody else here; shown only to who read its mail. */
export const addressTakenPage = (p: { readonly token: string; readonly user: string }): Page =>
  ownPage(
    p,
    (t) => t('This address is used by another account'),
    (t) => html`<h1>${t('This address is used by another account')}</h1>
<p class="lead">${t('Your address stays as it is. If the other account is yours, too, ask your administrator.')}</p>
<p><a class="button quiet" href="/account">${t('Your account')}</a></p>`,
  )
