// Building blocks of console pages.
import { dateFormat } from '../../date-format.ts'
import { type Fragment, type Html, html, type Localizable } from '../../html.ts'
import { known, t, type Words } from '../message.ts'
import { remote, type SuggestionsOf, suggestAttributes, suggestList } from './suggest.ts'

/** A date as `1 Jan 2026, 12:00 UTC`; the `datetime` attribute has the exact time. */
export const when = (instant: string | undefined, otherwise: Words = t('Never')): Fragment =>
  instant === undefined
    ? otherwise
    : html`<time datetime="${instant}" class="nowrap">${({ dateText }) => dateText(Date.parse(instant) / 1000)}</time>`

const dayMonthYear = dateFormat({ day: 'numeric', month: 'short', year: 'numeric' })

/** The day of an instant, in UTC: for sentences in which the hour does not matter. */
export const day =
  (instant: string): Localizable =>
  ({ language }) =>
    dayMonthYear(language, Date.parse(instant))

/** An instant in epoch seconds as `when` takes it. */
export const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString()

export interface Crumb {
  readonly href: string
  readonly title: Words
}

export const heading = (p: {
  readonly title: Fragment
  readonly lead?: Fragment
  readonly crumb?: Crumb | undefined
  /** Buttons. */
  readonly acts?: Fragment
}): Html =>
  html`${p.crumb && html`<p class="crumb"><a href="${p.crumb.href}">${p.crumb.title}</a></p>`}<div class="head"><div class="head-text"><h1>${p.title}</h1>${p.lead !== undefined && html`<p class="sub">${p.lead}</p>`}</div>${p.acts !== undefined && html`<div class="head-acts">${p.acts}</div>`}</div>`

export const done = (message: Words | undefined): Html =>
  html`${message !== undefined && html`<p class="done" role="status"><span class="sign" aria-hidden="true">✓</span><span>${message}</span></p>`}`

export const caution = (message: Fragment): Html =>
  html`<p class="caution"><span class="sign" aria-hidden="true">!</span><span>${message}</span></p>`

/** What a form says when the last sign-in is too old for it; `problemAlert` adds the link. */
export const staleSentence =
  'Your sign-in is too old for this. Sign in again in another tab, then send this form once more. Nothing was lost.'

/** A text of an operation in the language of the page, where that is known. */
export const textOf = (text: Words | string): Words => (typeof text === 'string' ? known(text) : text)

/** What is wrong with a form, at its top. */
export const problemAlert = (problem: Words | string | undefined): Html =>
  html`${problem !== undefined && html`<p class="alert" role="alert"><span class="sign" aria-hidden="true">!</span><span>${textOf(problem)}${problem === staleSentence && html` <a href="/console/again" target="_blank" rel="noopener">${t('Sign in again')}</a>`}</span></p>`}`

type Tone = 'good' | 'bad' | 'care' | 'neutral'

export const badge = (text: Words, tone: Tone = 'neutral'): Html =>
  html`<span class="badge ${tone}">${text}</span>`

/** A link that looks like a button; with a denial it is disabled, and the reason is given. */
export const act = (p: {
  readonly href: string
  readonly label: Fragment
  readonly denied: Words | string | undefined
  readonly look?: 'primary' | 'quiet' | 'danger'
}): Html =>
  p.denied === undefined
    ? html`<a class="button ${p.look ?? 'quiet'} small" href="${p.href}">${p.label}</a>`
    : refusedButton(p.label, p.denied)

/** A button that is disabled, with the reason. */
export const refusedButton = (label: Fragment, reason: Words | string): Html =>
  html`<details class="refused"><summary class="button quiet small">${label}<span class="visually-hidden">${t(', no permission')}</span></summary><p class="note">${textOf(reason)}</p></details>`

export interface Column<T> {
  readonly title: Words
  readonly cell: (row: T) => Fragment
}

/** A table, which on a phone becomes a list of cards. @param look `tight`: there without the titles of columns */
export function table<T>(
  caption: Words,
  columns: readonly Column<T>[],
  rows: readonly T[],
  empty: Fragment,
  look: 'wide' | 'tight' = 'wide',
): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  return html`<div class="grid-frame"><table class="grid${look === 'tight' && html` tight`}"><caption class="visually-hidden">${caption}</caption><thead><tr>${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map(({ title, cell }) => html`<td data-label="${title}"><div>${cell(row)}</div></td>`)}</tr>`,
  )}</tbody></table></div>`
}

export const section = (title: Words, body: Fragment, lead?: Fragment): Html =>
  html`<section class="part"><div class="section-head"><h2>${title}</h2>${lead !== undefined && html`<p class="note">${lead}</p>`}</div>${body}</section>`

/** Names and values. */
export const facts = (rows: readonly (readonly [Words, Fragment])[]): Html =>
  html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`

export interface ListLinks {
  /** Of the first page, when this is not the first. */
  readonly first: string | undefined
  /** Of the next page. */
  readonly next: string | undefined
  /** Of what the files are, for screen readers, where a page has several. */
  readonly of?: Words | undefined
  readonly csv?: string | undefined
  readonly json?: string | undefined
}

const fileOf = ({ of }: ListLinks): Html | false =>
  of !== undefined && html`<span class="visually-hidden">: ${of}</span>`

export const listFoot = (p: ListLinks): Html =>
  html`<div class="list-foot">${p.first !== undefined && html`<a class="button quiet small" href="${p.first}">${t('First page')}</a>`}${p.next !== undefined && html`<a class="button quiet small" href="${p.next}" rel="next">${t('Next page')}</a>`}<span class="list-files">${p.csv !== undefined && html`<a href="${p.csv}" download>${t('Download CSV')}${fileOf(p)}</a>`}${p.json !== undefined && html`<a href="${p.json}" download>${t('Download JSON')}${fileOf(p)}</a>`}</span></div>`

/** The same on the command line. */
export const command = (lines: readonly string[]): Html =>
  html`<details class="command"><summary>${t('Show as command')}</summary><pre tabindex="0"><code>${lines.join('\n')}</code></pre></details>`

/** What every page with a list is given. */
export interface ListView {
  readonly links: ListLinks
  /** Why the signed-in person cannot add something; undefined when they can. */
  readonly denied: Words | string | undefined
  readonly done: Words | undefined
  readonly commands: readonly string[]
}

interface ListFrame {
  readonly title: Words
  readonly lead?: Fragment
  /** The button that adds something. */
  readonly add: { readonly href: string; readonly label: Words }
  readonly tabs?: Fragment
  readonly filter?: Fragment
  readonly list: Fragment
}

/** A page with a list: heading, filter, one page of the list, and where it goes on. */
export const listPage = (
  p: ListView,
  { title, lead, add, tabs: between, filter, list }: ListFrame,
): Html => html`${heading({ title, ...(lead !== undefined && { lead }), acts: act({ ...add, denied: p.denied, look: 'primary' }) })}
${between}
${done(p.done)}
${filter}
${list}
${listFoot(p.links)}
${command(p.commands)}`

/** Links between the pages of one thing. */
export const tabs = (
  label: Words,
  items: readonly { readonly href: string; readonly title: Words; readonly current: boolean }[],
): Html =>
  html`<nav class="tabs" aria-label="${label}"><ul>${items.map(({ href, title, current }) => html`<li><a href="${href}"${current && html` aria-current="page"`}>${title}</a></li>`)}</ul></nav>`

export const code = (text: string): Html => html`<code class="break">${text}</code>`

/** A search field above a list, with further fields. */
export const filterBar = (action: string, fields: Fragment, button: Words = t('Filter')): Html =>
  html`<form class="filter" method="get" action="${action}">${fields}<button class="button quiet small" type="submit">${button}</button></form>`

export const searchField = (p: {
  readonly name: string
  readonly label: Words
  readonly value: string
  readonly hint: Words
  /** What it proposes. */
  readonly of?: SuggestionsOf
}): Html => {
  const id = `f-${p.name}`
  const suggestions = p.of && remote(p.of)
  return html`<div class="field"><label for="${id}">${p.label}</label><input type="search" id="${id}" name="${p.name}" value="${p.value}" placeholder="${p.hint}" maxlength="256" autocomplete="off" autocapitalize="none" spellcheck="false"${suggestAttributes(id, suggestions)}>${suggestList(id, suggestions)}</div>`
}

export const choiceField = (p: {
  readonly name: string
  readonly label: Words
  readonly value: string
  readonly options: readonly (readonly [string, Words])[]
}): Html =>
  html`<div class="field"><label for="f-${p.name}">${p.label}</label><select id="f-${p.name}" name="${p.name}">${p.options.map(([value, title]) => html`<option value="${value}"${value === p.value && html` selected`}>${title}</option>`)}</select></div>`

/** What may be disabled. */
const stateNames = {
  person: { enabled: t('Enabled|person'), disabled: t('Disabled|person') },
  app: { enabled: t('Enabled|app'), disabled: t('Disabled|app') },
  provider: { enabled: t('Enabled|provider'), disabled: t('Disabled|provider') },
} as const

export const stateBadge = (of: keyof typeof stateNames, state: 'enabled' | 'disabled'): Html =>
  badge(stateNames[of][state], state === 'enabled' ? 'good' : 'bad')

/** A filter of a list by it. */
export const stateField = (of: keyof typeof stateNames, value: string): Html =>
  choiceField({
    name: 'state',
    label: t('State'),
    value,
    options: [['', t('All')], ...Object.entries(stateNames[of])],
  })

/** A text with a button that copies it, where the browser can (views/assets/copy.js, of the page’s modules). */
export const copied = (id: string, label: Words, text: string): Html =>
  html`<div class="copied"><pre class="source" id="${id}" tabindex="0" aria-label="${label}"><code>${text}</code></pre><button class="button quiet small" type="button" data-copy="${id}" data-done="${t('Copied')}" aria-label="${t('Copy {what}', { what: label })}" hidden>${t('Copy')}</button></div>`
