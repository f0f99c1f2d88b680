// Forms of the account pages: password, authenticator apps and recovery codes.
import { alert, codeField, type FormTarget, form, hidden, passwordField, submit } from './form.ts'
import { type Html, html } from './html.ts'
import { ownPage as own, type Page } from './layout.ts'
import { codeList, type Enrolment, enrolmentParts } from './sign-in-pages.ts'

interface OwnForm extends FormTarget {
  readonly user: string
  readonly problem?: string | undefined
}

const back = html`<p class="crumb"><a href="/account">Your account</a></p>`

const narrow = (title: string, body: Html): Html =>
  html`<div class="narrow">${back}<h1>${title}</h1>${body}</div>`

/** `/account/password`. */
export const changePasswordPage = (p: OwnForm & { readonly rule: string }): Page =>
  own(
    p,
    'Change your password',
    narrow(
      'Change your password',
      html`<p class="lead">You will be signed out everywhere else.</p>
${form(
  p,
  html`${alert(p.problem)}
<input class="visually-hidden" type="text" name="username" value="${p.user}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
${passwordField({ label: 'Current password', name: 'current', autofocus: true })}
${passwordField({ label: 'New password', fresh: true, note: p.rule })}
${passwordField({ label: 'Confirm new password', name: 'again', fresh: true })}
${submit('Change password')}`,
)}`,
    ),
  )

/** `/account/authenticator/add`. */
export const addAuthenticatorPage = (p: OwnForm & Enrolment & { readonly pending: string }): Page =>
  own(
    p,
    'Add an authenticator app',
    narrow(
      'Add an authenticator app',
      html`<p class="lead">Scan this QR code with an authenticator app, then enter the six-digit code it shows.</p>
${enrolmentParts(p)}
${form(p, html`${hidden('device', p.pending)}${alert(p.problem)}${codeField({ wrong: p.problem !== undefined })}${submit('Turn on')}`)}`,
    ),
  )

/** `/account/authenticator/remove`. */
export const removeAuthenticatorPage = (
  p: OwnForm & { readonly device: string; readonly name: string; readonly last: boolean },
): Page =>
  own(
    p,
    `Remove ${p.name}?`,
    narrow(
      `Remove ${p.name}?`,
      html`<p class="lead">${p.last ? 'It is your only one. Your password alone will sign you in, and your recovery codes will stop working.' : 'Its codes will no longer sign you in.'}</p>
${form(p, html`${hidden('device', p.device)}${alert(p.problem)}<button class="button danger" type="submit">Remove</button>`)}
<a class="button quiet wide-button" href="/account">Keep it</a>`,
    ),
  )

/** `/account/recovery-codes`, the question. */
export const renewRecoveryCodesPage = (p: OwnForm & { readonly left: number }): Page =>
  own(
    p,
    'New recovery codes',
    narrow(
      'Make new recovery codes?',
      html`<p class="lead">${p.left > 0 ? `Your ${p.left} remaining codes will stop working.` : 'You have none left.'}</p>
${form(p, submit('Make new codes'))}
<a class="button quiet wide-button" href="/account">Not now</a>`,
    ),
  )

/** `/account/recovery-codes`, the new codes. They can be shown only this once. */
export const ownRecoveryCodesPage = (p: {
  readonly token: string
  readonly user: string
  readonly codes: readonly string[]
}): Page =>
  own(
    p,
    'Save your recovery codes',
    narrow(
      'Save your recovery codes',
      html`<p class="lead">If you lose your phone, each of these signs you in once. They are shown <strong>only now</strong>.</p>
${codeList(p.codes)}
<a class="button primary" href="/account">I have saved them</a>`,
    ),
  )
