// Forms of the account pages: password, authenticator apps and recovery codes.

import { alert, codeField, type FormTarget, form, hidden, passwordField, submit, textField } from '../form.ts'
import type { Translate } from '../html.ts'
import { type Html, html } from '../html.ts'
import { ownPage as own, type Page } from '../layout.ts'
import { type PasswordRule, passwordRuleText } from '../password-rule.ts'
import { createPasskeyForm, type PasskeyForm } from '../sign-in/passkey-form.ts'
import { codeList, deviceNameField, type Enrolment, enrolmentParts } from '../sign-in/sign-in-pages.ts'
import { crumb } from './parts.ts'

interface OwnForm extends FormTarget {
  readonly user: string
  readonly problem?: string | undefined
}

/** @param title message, or what depends on the language */
const narrow =
  (title: (t: Translate) => Html, body: (t: Translate) => Html) =>
  (t: Translate): Html =>
    html`<div class="narrow">${crumb(t)}<h1>${title(t)}</h1>${body(t)}</div>`

/** `/account/password`. */
export const changePasswordPage = (p: OwnForm & { readonly rule: PasswordRule }): Page =>
  own(
    p,
    (t) => t('Change your password'),
    narrow(
      (t) => t('Change your password'),
      (t) => html`<p class="lead">${t('You will be signed out everywhere else.')}</p>
${form(
  p,
  html`${alert(p.problem, t)}
<input class="visually-hidden" type="text" name="username" value="${p.user}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
${passwordField(t, { label: t('Current password'), name: 'current', autofocus: true })}
${passwordField(t, { label: t('New password'), fresh: true, note: passwordRuleText(t, p.rule) })}
${passwordField(t, { label: t('Confirm new password'), name: 'again', fresh: true })}
${submit(t('Change password'))}`,
)}`,
    ),
  )

/** `/account/authenticator/add`. */
export const addAuthenticatorPage = (
  p: OwnForm &
    Enrolment & {
      readonly pending: string
      /** Authenticators that the person has already. */
      readonly others: number
    },
): Page =>
  own(
    p,
    (t) => t('Add an authenticator app'),
    narrow(
      (t) => t('Add an authenticator app'),
      (
        t,
      ) => html`<p class="lead">${t('Scan this QR code with an authenticator app, then enter the six-digit code it shows.')}</p>
${enrolmentParts(t, p)}
${form(p, html`${hidden('device', p.pending)}${alert(p.problem, t)}${deviceNameField(t, p.name, p.others)}${codeField(t, { wrong: p.problem !== undefined })}${submit(t('Turn on'))}`)}`,
    ),
  )

/** `/account/authenticator/rename` and `/account/passkeys/rename`. @param p.field name of the field that has the id */
export const renameFactorPage = (
  p: OwnForm & { readonly field: string; readonly id: string; readonly name: string },
): Page =>
  own(
    p,
    (t) => t('Rename {name}', { name: p.name }),
    narrow(
      (t) => t('Rename {name}', { name: p.name }),
      (
        t,
      ) => html`${form(p, html`${hidden(p.field, p.id)}${textField({ name: 'name', label: t('Name'), value: p.name, maxLength: 64, autofocus: true })}${submit(t('Save'))}`)}
<a class="button quiet wide-button" href="/account">${t('Cancel')}</a>`,
    ),
  )

export type FactorRemoval = 'last-authenticator' | 'authenticator' | 'passkey'

/** What the removal of a factor means for the person. */
const removalTexts: Readonly<Record<FactorRemoval, (t: Translate) => Html>> = {
  'last-authenticator': (t) =>
    t(
      'It is your only one. Your password alone will sign you in, and your recovery codes will stop working.',
    ),
  authenticator: (t) => t('Its codes will no longer sign you in.'),
  passkey: (t) =>
    t('It will no longer sign you in, and you will be signed out wherever you signed in with it.'),
}

/** `/account/authenticator/remove` and `/account/passkeys/remove`: asks before the factor is removed. */
export const removeFactorPage = (
  p: OwnForm & {
    readonly field: string
    readonly id: string
    readonly name: string
    readonly removal: FactorRemoval
  },
): Page =>
  own(
    p,
    (t) => t('Remove {name}?', { name: p.name }),
    narrow(
      (t) => t('Remove {name}?', { name: p.name }),
      (t) => html`<p class="lead">${removalTexts[p.removal](t)}</p>
${form(p, html`${hidden(p.field, p.id)}${alert(p.problem, t)}<button class="button danger" type="submit">${t('Remove')}</button>`)}
<a class="button quiet wide-button" href="/account">${t('Keep it')}</a>`,
    ),
  )

/** `/account/passkeys/add`. */
export const addPasskeyPage = (p: OwnForm & PasskeyForm & { readonly name: string }): Page =>
  own(
    p,
    (t) => t('Add a passkey'),
    narrow(
      (t) => t('Add a passkey'),
      (
        t,
      ) => html`<p class="lead">${t('A passkey signs you in with your fingerprint, face or device PIN. It is kept by this device, your password manager or a security key.')}</p>
${createPasskeyForm(t, {
  ...p,
  label: t('Create a passkey'),
  fields: html`${alert(p.problem, t)}${textField({ name: 'name', label: t('Name'), value: p.name, note: t('So that you recognize it on your account page.'), maxLength: 64 })}`,
})}`,
    ),
  )

/** `/account/recovery-codes`, the question. */
export const renewRecoveryCodesPage = (p: OwnForm & { readonly left: number }): Page =>
  own(
    p,
    (t) => t('New recovery codes'),
    narrow(
      (t) => t('Make new recovery codes?'),
      (
        t,
      ) => html`<p class="lead">${p.left > 0 ? t('Your {count} remaining codes will stop working.', { count: p.left }) : t('You have none left.')}</p>
${form(p, submit(t('Make new codes')))}
<a class="button quiet wide-button" href="/account">${t('Not now')}</a>`,
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
    (t) => t('Save your recovery codes'),
    narrow(
      (t) => t('Save your recovery codes'),
      (
        t,
      ) => html`<p class="lead">${t('If you lose your phone, each of these signs you in once. They are shown only now: keep them in your password manager or on paper.')}</p>
${codeList(t, p.codes)}
<a class="button primary" href="/account">${t('I have saved them')}</a>`,
    ),
  )
