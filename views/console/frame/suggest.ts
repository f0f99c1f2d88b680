// Fields that propose names of what there is. Small lists are on the page; of big ones views/assets/console.js reads a page from
// `/console/suggest`. Without that module the field is one like every other.
import { type Html, html } from '../../html.ts'
import type { Words } from '../message.ts'

export interface Suggestion {
  readonly value: string
  /** What it is, beside the value. */
  readonly label?: string | undefined
}

/** Kinds of what is proposed, as in the address of further ones. */
export type SuggestionsOf =
  | 'user'
  | 'group'
  | 'role'
  | 'policy'
  /** ARN of a person, group or role. */
  | 'principal'
  /** ARN of those, or of a policy. */
  | 'arn'
  | 'action'
  | 'resource'
  | 'language'
  | 'zone'

export interface Suggestions {
  readonly of: SuggestionsOf
  readonly options: readonly Suggestion[]
  /** There are others that begin with what is typed. */
  readonly more: boolean
  /** The field holds several, separated by commas. */
  readonly many?: boolean | undefined
  /** Id of the select that says the kind, in the place of `of`. */
  readonly ofSelect?: string | undefined
}

/** Nothing is proposed before something is typed. */
export const remote = (of: SuggestionsOf): Suggestions => ({ of, options: [], more: true })

/** Attributes of the input with this id. */
export const suggestAttributes = (id: string, p: Suggestions | undefined): Html =>
  html`${p && html` list="${id}-list"${(p.more || p.many === true) && html` data-suggest="${p.of}"`}${p.more && html` data-suggest-more`}${p.many === true && html` data-suggest-many`}${p.ofSelect !== undefined && html` data-suggest-select="${p.ofSelect}"`}`}`

/** The list of that input, beside it. */
export const suggestList = (id: string, p: Suggestions | undefined): Html =>
  html`${p && html`<datalist id="${id}-list">${p.options.map(({ value, label }) => html`<option value="${value}"${label !== undefined && html` label="${label}"`}></option>`)}</datalist>`}`

/** A field that asks for a name: what it proposes, what was typed and what is wrong with that. */
export interface NamedView {
  readonly suggestions: Suggestions | undefined
  readonly typed?: string | undefined
  /** As a sentence. */
  readonly problem?: Words | undefined
}

/** Such a field, of a form in one line. */
export const namedField = (
  p: NamedView & {
    readonly id: string
    readonly name: string
    readonly label: Words
    readonly hint?: Words
  },
): Html =>
  html`<div class="field"><label for="${p.id}">${p.label}</label><input type="text" id="${p.id}" name="${p.name}" value="${p.typed ?? ''}"${p.hint !== undefined && html` placeholder="${p.hint}"`} maxlength="2048" required autocomplete="off" autocapitalize="none" spellcheck="false"${suggestAttributes(p.id, p.suggestions)}${p.problem !== undefined && html` aria-invalid="true" aria-describedby="${p.id}-problem"`}>${suggestList(p.id, p.suggestions)}${p.problem !== undefined && html`<p class="field-problem" id="${p.id}-problem" role="alert">${p.problem}</p>`}</div>`
