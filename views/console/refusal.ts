// A refused request, with the decision behind it.
import { type Html, html } from '../html.ts'
import { type Ladder, ladder, marked } from './ladder.ts'
import { heading } from './parts.ts'

export const refusalPage = (p: {
  readonly title: string
  readonly message: string
  readonly reference: string
  readonly ladder: Ladder | undefined
}): Html => html`${heading({ title: p.title, lead: marked(p.message) })}
${p.ladder && ladder(p.ladder)}
<p class="note">Reference <code class="break">${p.reference}</code>. Whoever may read the audit trail finds it under Activity.</p>
<p><a class="button quiet small" href="/console">Home</a></p>`
