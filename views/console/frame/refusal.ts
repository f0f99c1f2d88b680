// A refused request, with the decision behind it.
import { type Html, html } from '../../html.ts'
import { t, type Words } from '../message.ts'
import { type DecisionView, decisionPart } from './decision.ts'
import { heading } from './parts.ts'

export const refusalPage = (p: {
  readonly title: Words
  readonly message: Words
  readonly reference: string
  readonly decision: DecisionView | undefined
  /** Where to look instead. */
  readonly list: { readonly href: string; readonly text: Words } | undefined
}): Html => html`${heading({ title: p.title, lead: p.message })}
${p.decision && decisionPart(p.decision)}
<p class="note">${t(p.decision ? 'Reference {reference}. Whoever may read the audit trail finds it under Activity.' : 'Reference {reference}', { reference: html`<code class="break">${p.reference}</code>` })}</p>
<p>${p.list && html`<a class="button quiet small" href="${p.list.href}">${p.list.text}</a> `}<a class="button quiet small" href="/console">${t('Home')}</a></p>`
