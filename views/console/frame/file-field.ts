// A field with which a file is chosen. A page cannot choose it again: when the form is shown once more, it is empty.
import { type Fragment, type Html, html } from '../../html.ts'
import { t, type Words } from '../message.ts'
import { fieldId } from './fields.ts'

export interface FileField {
  readonly name: string
  readonly label: Words
  readonly note: Words
  /** Types or endings that are proposed, as in the attribute `accept`. */
  readonly accept: string
  /** What is wrong with it, as a sentence. */
  readonly problem: Words | undefined
}

/** @param after below the field */
export const fileField = (f: FileField, after?: Fragment): Html => {
  const id = fieldId(f.name)
  const about = f.problem === undefined ? `${id}-note` : `${id}-note ${id}-problem`
  return html`<div class="field"><label for="${id}">${f.label} <span class="optional">${t('optional')}</span></label><input type="file" id="${id}" name="${f.name}" accept="${f.accept}" aria-describedby="${about}"${f.problem !== undefined && html` aria-invalid="true"`}><p class="note" id="${id}-note">${f.note}</p>${f.problem !== undefined && html`<p class="field-problem" id="${id}-problem">${f.problem}</p>`}${after}</div>`
}
