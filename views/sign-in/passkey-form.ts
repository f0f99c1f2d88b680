// The form that sends a passkey's response. A script (assets/passkeys.js) shows it where the browser supports passkeys.
import { type FormTarget, hidden, tokenField } from '../form.ts'
import type { Translate } from '../html.ts'
import { type Fragment, type Html, html } from '../html.ts'

export interface PasskeyForm extends FormTarget {
  /** JSON options of `navigator.credentials.get` or `create`. */
  readonly options: string
}

/** Why a passkey was not added. */
export const passkeyProblems = {
  invalid: 'The passkey could not be verified. Try again.',
  'not-device-bound':
    'Only passkeys that stay on one device are allowed here, such as security keys. This one is synchronized.',
} as const

const messages = (
  t: Translate,
): Html => html`<p class="note" role="status" data-passkey-waiting hidden>${t('Follow the steps that your browser or device shows.')}</p>
<p class="alert" role="alert" data-passkey-failed hidden><span class="sign" aria-hidden="true">!</span><span>${t('The passkey was not used. Try again or choose another way.')}</span></p>`

/**
 * Asks for a passkey.
 * @param p.fields shown above the button; a hidden field `trust` gets the choice made in another form of the page
 * @param p.offers the user name field offers passkeys as well (conditional mediation)
 */
export const usePasskeyForm = (
  t: Translate,
  p: PasskeyForm & {
    readonly label: Fragment
    readonly look: string
    readonly offers?: boolean
    readonly fields?: Html
  },
): Html =>
  html`<form class="stack passkey" method="post" action="${p.action}" data-passkey="get" data-options="${p.options}"${p.offers && html` data-autofill`} hidden>${tokenField(p.token)}${hidden('factor', 'passkey')}${hidden('credential', '')}${p.fields}
<button class="button ${p.look}" type="submit">${p.label}</button>
${messages(t)}</form>`

/** Creates a passkey in place of what the page asks for; hidden where there are no scripts. @param p.name what it will be called */
export const createPasskeyInstead = (t: Translate, p: PasskeyForm & { readonly name: string }): Html =>
  html`<form class="stack passkey" method="post" action="${p.action}" data-passkey="create" data-options="${p.options}" hidden>${tokenField(p.token)}${hidden('factor', 'passkey')}${hidden('credential', '')}${hidden('name', p.name)}
<p class="or" aria-hidden="true">${t('or')}</p>
<button class="button quiet wide-button" type="submit">${t('Set up a passkey instead')}</button>
<p class="note">${t('You confirm with your fingerprint, face or device PIN instead of a code.')}</p>
${messages(t)}</form>`

/** Creates a passkey. @param fields shown above the button */
export const createPasskeyForm = (
  t: Translate,
  p: PasskeyForm & { readonly label: Fragment; readonly fields: Html },
): Html =>
  html`<form class="stack passkey" method="post" action="${p.action}" data-passkey="create" data-options="${p.options}">${tokenField(p.token)}${hidden('credential', '')}
${p.fields}
<button class="button primary" type="submit">${p.label}</button>
${messages(t)}
<noscript><p class="caution"><span class="sign" aria-hidden="true">!</span><span>${t('Passkeys need JavaScript. Turn it on for this site.')}</span></p></noscript></form>`
