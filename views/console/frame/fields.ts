// Forms of the console, made from lists of fields. A form keeps what was typed and marks every field that is wrong.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Fragment, type Html, html } from '../../html.ts'
import { t, type Words } from '../message.ts'
import { problemAlert, textOf } from './parts.ts'
import { type Suggestions, suggestAttributes, suggestList } from './suggest.ts'

/**
 * `names`: several names, separated by commas. `switch`: on or off, which is sent as `true` or not at all. `key`: a private key, in
 * several lines, which is not shown again.
 */
export type FieldKind =
  | 'text'
  | 'email'
  | 'number'
  | 'lines'
  | 'names'
  | 'choice'
  | 'switch'
  | 'document'
  | 'password'
  | 'key'

export interface FieldView {
  readonly name: string
  readonly label: Words
  readonly kind: FieldKind
  readonly value: string
  readonly note?: Words | undefined
  /** Example, shown while the field is empty. */
  readonly hint?: Words | undefined
  /** What is wrong with it, as a sentence. */
  readonly problem?: Words | undefined
  readonly required?: boolean | undefined
  /** Lines of a document that are shown at once; default 22. */
  readonly rows?: number | undefined
  /** Value and title of each choice. */
  readonly options?: readonly (readonly [string, Words])[] | undefined
  readonly suggestions?: Suggestions | undefined
}

export interface FormView {
  readonly target: FormTarget
  readonly fields: readonly FieldView[]
  /** Below the others, folded. */
  readonly further?: FurtherFields | undefined
  /** At the top of the form. */
  readonly problem?: Words | string | undefined
  readonly submit: Words
  readonly look?: 'primary' | 'danger'
  readonly hidden?: Readonly<Record<string, string>>
  /** Beside the button. */
  readonly beside?: Fragment
}

export interface FurtherFields {
  readonly title: Words
  readonly fields: readonly FieldView[]
  /** Whether one of them has something to be seen. */
  readonly isOpen: boolean
}

export const formOf = (p: FormView): Html =>
  html`<form class="stack" method="post" action="${p.target.action}" novalidate>${tokenField(p.target.token)}${Object.entries(p.hidden ?? {}).map(([name, value]) => hidden(name, value))}${problemAlert(p.problem)}${fieldsOf(p.fields)}${p.further && furtherOf(p.further)}<div class="form-acts"><button class="button ${p.look ?? 'primary'}" type="submit">${p.submit}</button>${p.beside}</div></form>`

const furtherOf = (p: FurtherFields): Html =>
  html`<details class="more"${p.isOpen && html` open`}><summary>${p.title}</summary><div class="stack">${fieldsOf(p.fields)}</div></details>`

export const fieldsOf = (fields: readonly FieldView[]): Html => html`${fields.map(fieldOf)}`

/** Id of the control of the field with this name. */
export const fieldId = (name: string): string => `field-${name.replaceAll('.', '-')}`

/** A choice without an empty value always has an answer. */
const isOptional = ({ kind, required, options = [] }: FieldView): boolean =>
  !required && (kind !== 'choice' || options.some(([value]) => value === ''))

const fieldOf = (f: FieldView): Html => {
  if (f.kind === 'switch') return switchOf(f)
  const id = fieldId(f.name)
  const about = [f.note !== undefined && `${id}-note`, f.problem !== undefined && `${id}-problem`].filter(
    (one) => one !== false,
  )
  const attributes = html`id="${id}" name="${f.name}"${f.required && html` required aria-required="true"`}${f.problem !== undefined && html` aria-invalid="true"`}${about.length > 0 && html` aria-describedby="${about.join(' ')}"`}${f.hint !== undefined && html` placeholder="${f.hint}"`}`
  return html`<div class="field"><label for="${id}">${f.label}${isOptional(f) && html` <span class="optional">${t('optional')}</span>`}</label>${control(f, attributes)}${f.note !== undefined && html`<p class="note" id="${id}-note">${f.note}</p>`}${f.problem !== undefined && html`<p class="field-problem" id="${id}-problem">${textOf(f.problem)}</p>`}</div>`
}

/** Name of the hidden field that says that a switch was shown: when it is off nothing else is sent. */
export const shownName = (name: string): string => `${name}-shown`

const switchOf = (f: FieldView): Html => {
  const id = fieldId(f.name)
  const about = [f.note !== undefined && `${id}-note`, f.problem !== undefined && `${id}-problem`].filter(
    (one) => one !== false,
  )
  return html`<div class="field switch"><input type="checkbox" role="switch" id="${id}" name="${f.name}" value="true"${f.value === 'true' && html` checked`}${about.length > 0 && html` aria-describedby="${about.join(' ')}"`}><label for="${id}">${f.label}</label>${hidden(shownName(f.name), 'yes')}${f.note !== undefined && html`<p class="note" id="${id}-note">${f.note}</p>`}${f.problem !== undefined && html`<p class="field-problem" id="${id}-problem">${textOf(f.problem)}</p>`}</div>`
}

const control = (f: FieldView, attributes: Html): Html => {
  switch (f.kind) {
    case 'choice':
      return html`<select ${attributes}>${(f.options ?? []).map(([value, title]) => html`<option value="${value}"${value === f.value && html` selected`}>${title}</option>`)}</select>`
    case 'lines':
      return html`<textarea ${attributes} rows="3" maxlength="8192" spellcheck="false" autocapitalize="none">
${f.value}</textarea>`
    case 'document':
      return html`<textarea class="document" ${attributes} rows="${f.rows ?? 22}" spellcheck="false" autocapitalize="none" autocomplete="off" wrap="off">
${f.value}</textarea>`
    case 'key':
      return html`<textarea class="document" ${attributes} rows="${f.rows ?? 22}" spellcheck="false" autocapitalize="none" autocomplete="off" wrap="off"></textarea>`
    case 'password':
      return html`<input type="password" ${attributes} autocomplete="new-password" maxlength="256">`
    case 'number':
      return html`<input type="text" inputmode="numeric" ${attributes} value="${f.value}" maxlength="12" autocomplete="off">`
    default:
      return html`<input type="text"${f.kind === 'email' && html` inputmode="email"`} ${attributes} value="${f.kind === 'names' ? f.value.trim().replace(/\s*\n\s*/g, ', ') : f.value}" maxlength="${f.kind === 'names' ? 8192 : 2048}" autocomplete="off" autocapitalize="none" spellcheck="false"${suggestAttributes(fieldId(f.name), f.suggestions)}>${suggestList(fieldId(f.name), f.suggestions)}`
  }
}
