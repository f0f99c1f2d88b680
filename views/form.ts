// Building blocks of forms. Field names and autocomplete values are relied on by password managers and browser tests.

import type { Translate } from './html.ts'
import { type Fragment, type Html, html } from './html.ts'

/** A form's action, and the CSRF token that proves it was sent from our page. */
export interface FormTarget {
  readonly action: string
  /** CSRF token, bound to this browser. */
  readonly token: string
}

/** Field name of the CSRF token. */
const tokenName = 'csrf'

export const tokenField = (token: string): Html =>
  html`<input type="hidden" name="${tokenName}" value="${token}">`

export const form = (target: FormTarget, body: Fragment): Html =>
  html`<form class="stack" method="post" action="${target.action}">${tokenField(target.token)}${body}</form>`

/** A form that consists of one button. */
export const buttonForm = (target: FormTarget, label: Fragment, look = 'quiet', hidden?: Fragment): Html =>
  html`<form class="inline" method="post" action="${target.action}">${tokenField(target.token)}${hidden}<button class="button ${look}" type="submit">${label}</button></form>`

export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}">`

/** An error message that screen readers announce at once. */
export const alertOf = (message: Html | string): Html =>
  html`<p class="alert" role="alert" id="problem"><span class="sign" aria-hidden="true">!</span><span>${message}</span></p>`

/** The same; empty without a message. A message that is known in the catalogues is translated. */
export const alert = (message: string | undefined, t?: Translate): Html =>
  html`${message !== undefined && alertOf(t?.known(message) ?? message)}`

export const submit = (label: Fragment): Html =>
  html`<button class="button primary" type="submit">${label}</button>`

interface Labelled {
  readonly name: string
  readonly label: Fragment
  readonly note?: Fragment
  readonly wrong?: boolean | undefined
  readonly autofocus?: boolean | undefined
}

interface Field extends Labelled {
  readonly value?: string | undefined
}

const attributes = (f: Labelled, id: string): Html =>
  html`id="${id}" name="${f.name}" required${f.autofocus && html` autofocus`}${f.wrong && html` aria-invalid="true"`}${described(f, id)}`

const described = (f: Labelled, id: string): Html => {
  const ids = [f.wrong && 'problem', f.note !== undefined && `${id}-note`].filter(Boolean).join(' ')
  return html`${ids !== '' && html` aria-describedby="${ids}"`}`
}

const labelled = (f: Labelled, id: string, input: Html): Html =>
  html`<div class="field"><label for="${id}">${f.label}</label>${input}${f.note !== undefined && html`<p class="note" id="${id}-note">${f.note}</p>`}</div>`

/** @param f.passkeys browsers offer passkeys in this field (conditional mediation, WebAuthn Level 3 section 5.1.4) */
export const userNameField = (
  t: Translate,
  f: Omit<Field, 'name' | 'label'> & {
    readonly passkeys?: boolean | undefined
    readonly label?: Fragment
    readonly maxLength?: number
  },
): Html => {
  const field = { ...f, name: 'username', label: f.label ?? t('User name') }
  return labelled(
    field,
    'username',
    html`<input type="text" ${attributes(field, 'username')} value="${f.value ?? ''}" autocomplete="username${f.passkeys && ' webauthn'}" autocapitalize="none" autocorrect="off" spellcheck="false" maxlength="${f.maxLength ?? 128}">`,
  )
}

/**
 * Where scripts run, views/assets/fields.js offers to show what is typed, and says when caps lock is on.
 * @param f.fresh it is a new password, which a password manager may propose
 */
export const passwordField = (
  t: Translate,
  f: Omit<Field, 'name' | 'value'> & { readonly name?: string; readonly fresh?: boolean },
): Html => {
  const field = { ...f, name: f.name ?? 'password' }
  return labelled(
    field,
    field.name,
    html`<div class="secret"><input type="password" ${attributes(field, field.name)} autocomplete="${f.fresh ? 'new-password' : 'current-password'}" maxlength="256"><button class="reveal" type="button" aria-controls="${field.name}" data-reveal="${field.name}" data-hide="${t('Hide')}" hidden>${t('Show')}</button></div><p class="note" data-caps="${field.name}" role="status" hidden>${t('Caps lock is on.')}</p>`,
  )
}

/** One line of text. */
export const textField = (
  f: Labelled & {
    readonly value?: Fragment
    readonly maxLength: number
    readonly type?: 'text' | 'email' | 'tel'
    readonly complete?: string
  },
): Html =>
  labelled(
    f,
    f.name,
    html`<input type="${f.type ?? 'text'}" ${attributes(f, f.name)} value="${f.value ?? ''}" autocomplete="${f.complete ?? 'off'}" maxlength="${f.maxLength}">`,
  )

/** Text of several lines. */
export const areaField = (f: Field & { readonly maxLength: number }): Html =>
  labelled(
    f,
    f.name,
    html`<textarea ${attributes(f, f.name)} rows="4" maxlength="${f.maxLength}">${f.value ?? ''}</textarea>`,
  )

/** One of several values, each with its label. */
export const choiceField = (
  f: Field & { readonly options: readonly (readonly [value: string, label: Fragment])[] },
): Html =>
  labelled(
    f,
    f.name,
    html`<select ${attributes(f, f.name)}>${f.options.map(([value, label]) => html`<option value="${value}"${value === f.value && html` selected`}>${label}</option>`)}</select>`,
  )

/** A choice that is off at first; its value is `yes`. */
export const checkbox = (f: {
  readonly name: string
  readonly label: Fragment
  readonly note: Fragment
}): Html =>
  html`<div class="choice"><input type="checkbox" id="${f.name}" name="${f.name}" value="yes" aria-describedby="${f.name}-note"><label for="${f.name}">${f.label}</label><p class="note" id="${f.name}-note">${f.note}</p></div>`

/** Six digits; spaces are accepted. Where scripts run, a form without another choice is submitted with the sixth (fields.js). */
export const codeField = (t: Translate, f: Omit<Field, 'name' | 'label'>): Html => {
  const field = { ...f, name: 'code', label: t('Six-digit code') }
  return labelled(
    field,
    'code',
    html`<input class="code six" type="text" ${attributes(field, 'code')} inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]*" maxlength="7" spellcheck="false">`,
  )
}

export const recoveryCodeField = (t: Translate, f: Omit<Field, 'name' | 'label'>): Html => {
  const field = { ...f, name: 'code', label: t('Recovery code') }
  return labelled(
    field,
    'code',
    html`<input class="code long" type="text" ${attributes(field, 'code')} autocomplete="off" autocapitalize="none" autocorrect="off" maxlength="40" spellcheck="false">`,
  )
}

/** Copies the text of an element. Shown by views/assets/copy.js where the browser can copy. */
export const copyButton = (t: Translate, from: string): Html =>
  html`<button class="button quiet small" type="button" data-copy="${from}" data-done="${t('Copied')}" hidden>${t('Copy')}</button>`
