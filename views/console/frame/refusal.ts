// A refused request, with the decision behind it.
import { type Html, html } from '../../html.ts'
import { type Ladder, ladder, marked } from './ladder.ts'
import { heading } from './parts.ts'

export const refusalPage = (p: {
  readonly title: string
  readonly message: string
  readonly reference: string
  readonly ladder: Ladder | undefined
  /** Where to look instead. */
  readonly list: { readonly href: string; readonly text: string } | undefined
}): Html => html`${heading({ title: p.title, lead: marked(p.message) })}
${p.ladder && ladder(p.ladder)}
<p class="note">Reference <code class="break">${p.reference}</code>${p.ladder && '. Whoever may read the audit trail finds it under Activity.'}</p>
<p>${p.list && html`<a class="button quiet small" href="${p.list.href}">${p.list.text}</a> `}<a class="button quiet small" href="/console">Home</a></p>`
