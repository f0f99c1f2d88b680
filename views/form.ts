// Building blocks of forms. Field names and autocomplete values are relied on by password managers and browser tests.
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
export const buttonForm = (target: FormTarget, label: string, look = 'quiet', hidden?: Fragment): Html =>
  html`<form class="inline" method="post" action="${target.action}">${tokenField(target.token)}${hidden}<button class="button ${look}" type="submit">${label}</button></form>`

export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}">`

/** An error message that screen readers announce at once; empty without a message. */
export const alert = (message: string | undefined): Html =>
  html`${message !== undefined && html`<p class="alert" role="alert" id="problem"><span class="sign" aria-hidden="true">!</span><span>${message}</span></p>`}`

export const submit = (label: string): Html =>
  html`<button class="button primary" type="submit">${label}</button>`

interface Field {
  readonly name: string
  readonly label: string
  readonly value?: string | undefined
  readonly note?: string | undefined
  readonly wrong?: boolean | undefined
  readonly autofocus?: boolean | undefined
}

const attributes = (f: Field, id: string): Html =>
  html`id="${id}" name="${f.name}" required${f.autofocus && html` autofocus`}${f.wrong && html` aria-invalid="true"`}${described(f, id)}`

const described = (f: Field, id: string): Html => {
  const ids = [f.wrong && 'problem', f.note !== undefined && `${id}-note`].filter(Boolean).join(' ')
  return html`${ids !== '' && html` aria-describedby="${ids}"`}`
}

const labelled = (f: Field, id: string, input: Html): Html =>
  html`<div class="field"><label for="${id}">${f.label}</label>${input}${f.note !== undefined && html`<p class="note" id="${id}-note">${f.note}</p>`}</div>`

export const userNameField = (f: Omit<Field, 'name' | 'label'>): Html => {
  const field = { ...f, name: 'username', label: 'User name' }
  return labelled(
    field,
    'username',
    html`<input type="text" ${attributes(field, 'username')} value="${f.value ?? ''}" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" maxlength="128">`,
  )
}

export const passwordField = (
  f: Omit<Field, 'name' | 'value'> & { readonly name?: string; readonly fresh?: boolean },
): Html => {
  const field = { ...f, name: f.name ?? 'password' }
  return labelled(
    field,
    field.name,
    html`<input type="password" ${attributes(field, field.name)} autocomplete="${f.fresh ? 'new-password' : 'current-password'}" maxlength="256">`,
  )
}

/** Six digits; spaces are accepted. */
export const codeField = (f: Omit<Field, 'name' | 'label'> & { readonly label?: string }): Html => {
  const field = { ...f, name: 'code', label: f.label ?? 'Six-digit code' }
  return labelled(
    field,
    'code',
    html`<input class="code" type="text" ${attributes(field, 'code')} inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]*" maxlength="7" spellcheck="false">`,
  )
}

export const recoveryCodeField = (f: Omit<Field, 'name' | 'label'>): Html => {
  const field = { ...f, name: 'code', label: 'Recovery code' }
  return labelled(
    field,
    'code',
    html`<input class="code long" type="text" ${attributes(field, 'code')} autocomplete="off" autocapitalize="none" autocorrect="off" maxlength="40" spellcheck="false">`,
  )
}
