// What can be done about a refusal: each a link to an editor.
import { type Html, html } from '../../html.ts'
import { act } from '../frame/parts.ts'
import { t, type Words } from '../message.ts'

export interface RemedyView {
  readonly href: string
  readonly label: Words
  /** Why the reader may not. */
  readonly denied: string | undefined
}

export const remedies = (all: readonly RemedyView[]): Html | false =>
  all.length > 0 &&
  html`<div class="form-acts">${all.map((one, at) => act({ ...one, look: at === 0 ? 'primary' : 'quiet' }))}</div><p class="note">${t('Nothing is changed before you have seen who gains. Whoever else has the policy gains too.')}</p>`
