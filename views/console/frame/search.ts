// What a search found.
import { type Html, html } from '../../html.ts'
import { heading, section } from './parts.ts'

export interface SearchGroup {
  readonly title: string
  /** The list with this search. */
  readonly all: string
  readonly items: readonly { readonly href: string; readonly title: string; readonly note: string }[]
}

export const searchPage = (p: { readonly typed: string; readonly groups: readonly SearchGroup[] }): Html => {
  const found = p.groups.filter(({ items }) => items.length > 0)
  return html`${heading({ title: 'Search', lead: p.typed === '' ? 'The beginning of a name or e-mail address, or an ARN, access key id, client id or reference.' : html`What begins with <strong>${p.typed}</strong>` })}
${p.typed !== '' && found.length === 0 && html`<p class="empty">Nothing begins so.</p>`}
${found.map(({ title, all, items }) =>
  section(
    title,
    html`<ul class="rows">${items.map((one) => html`<li class="row"><div class="row-text"><p class="row-title"><a class="strong" href="${one.href}">${one.title}</a></p><p class="note break">${one.note}</p></div></li>`)}</ul><p><a href="${all}">All ${title.toLowerCase()} that begin so</a></p>`,
  ),
)}`
}
