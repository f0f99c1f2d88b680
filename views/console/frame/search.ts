// What a search found.
import { type Html, html } from '../../html.ts'
import { t, type Words } from '../message.ts'
import { heading, section } from './parts.ts'

export interface SearchGroup {
  readonly title: Words
  /** The link to the whole list. */
  readonly allTitle: Words
  /** The list with this search. */
  readonly all: string
  readonly items: readonly { readonly href: string; readonly title: string; readonly note: string }[]
}

export const searchPage = (p: { readonly typed: string; readonly groups: readonly SearchGroup[] }): Html => {
  const found = p.groups.filter(({ items }) => items.length > 0)
  return html`${heading({ title: t('Search'), lead: p.typed === '' ? t('The beginning of a name or e-mail address, or an ARN, access key id, client id or reference.') : t('What begins with {typed}', { typed: html`<strong>${p.typed}</strong>` }) })}
${p.typed !== '' && found.length === 0 && html`<p class="empty">${t('Nothing begins so.')}</p>`}
${found.map(({ title, all, allTitle, items }) =>
  section(
    title,
    html`<ul class="rows">${items.map((one) => html`<li class="row"><div class="row-text"><p class="row-title"><a class="strong" href="${one.href}">${one.title}</a></p><p class="note break">${one.note}</p></div></li>`)}</ul><p><a href="${all}">${allTitle}</a></p>`,
  ),
)}`
}
