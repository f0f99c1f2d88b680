// What the account pages have in common.

import type { Translate } from '../html.ts'
import { type Fragment, type Html, html } from '../html.ts'

/** The way back to the overview. */
export const crumb = (t: Translate): Html =>
  html`<p class="crumb"><a href="/account">${t('Your account')}</a></p>`

export const row = (p: {
  readonly title: Fragment
  readonly text: Fragment
  readonly act?: Fragment
}): Html =>
  html`<li class="row"><div class="row-text"><p class="row-title">${p.title}</p><p class="note">${p.text}</p></div>${p.act !== undefined && html`<div class="row-act">${p.act}</div>`}</li>`

export const smallLink = (href: string, text: Html, label?: Html, look = 'quiet'): Html =>
  html`<a class="button ${look} small" href="${href}"${label !== undefined && html` aria-label="${label}"`}>${text}</a>`
