// The frame of every console page: sections on the left, search and the person's menu on top. On a phone the sections fold behind
// a button, without a script: a hidden check box holds whether they are open.
import { type BrandView, brandMark, nameOf } from '../../brand.ts'
import { tokenField } from '../../form.ts'
import { type Fragment, type Html, html, type Translate } from '../../html.ts'
import { languageChoice, type Page, type PageModules } from '../../layout.ts'
import { monogram } from '../../marks.ts'
import { t, type Words } from '../message.ts'

export type Section =
  | 'home'
  | 'people'
  | 'apps'
  | 'access'
  | 'workloads'
  | 'providers'
  | 'activity'
  | 'settings'

export interface ConsoleFrame {
  readonly section: Section | undefined
  /** Sections that the person may not see. */
  readonly denied: readonly Section[]
  readonly user: string
  readonly account: string
  readonly brand: BrandView
  /** Time zone that the person has chosen, in which views/assets/console.js shows times. */
  readonly timeZone?: string | undefined
  /** CSRF token. */
  readonly token: string
  /** What the search field contains. */
  readonly search?: string | undefined
  /** The messages of the console in the language of the page. */
  readonly translate: Translate
}

/** In the order of the rail: section, title, path of its icon. */
const sections: readonly (readonly [Section, Words, string])[] = [
  ['home', t('Home'), 'M3 9.2 10 3.5l7 5.7M5 8v8h10V8'],
  [
    'people',
    t('People'),
    'M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM2.5 16c.4-2.6 2.4-4 5-4s4.6 1.4 5 4M13 4.4a2.6 2.6 0 0 1 0 4.7M14.6 12.3c1.6.5 2.7 1.7 2.9 3.7',
  ],
  ['apps', t('Apps'), 'M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z'],
  ['access', t('Access'), 'M10 2.8 4 5v4.7c0 3.6 2.4 6 6 7.5 3.6-1.5 6-3.9 6-7.5V5zM7.4 10l1.9 1.9 3.4-3.7'],
  ['workloads', t('Workloads'), 'M3.5 4h13v4.5h-13zM3.5 11.5h13V16h-13zM6 6.25h.01M6 13.75h.01'],
  [
    'providers',
    t('Providers'),
    'M7.8 12.2 12.2 7.8M8.7 6.2l1.5-1.5a3.6 3.6 0 0 1 5.1 5.1l-1.5 1.5M11.3 13.8l-1.5 1.5a3.6 3.6 0 0 1-5.1-5.1l1.5-1.5',
  ],
  ['activity', t('Activity'), 'M2.5 10.5h3.3l2.2-6 3.7 11 2.2-5h3.6'],
  [
    'settings',
    t('Settings'),
    'M3 6h7M14 6h3M3 14h3M10 14h7M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  ],
]

export const sectionPath = (section: Section): string =>
  section === 'home' ? '/console' : `/console/${section}`

/** A page of the console. */
export const consolePage = (
  frame: ConsoleFrame,
  {
    title,
    body,
    modules,
  }: { readonly title: Words; readonly body: Fragment; readonly modules?: PageModules | undefined },
): Page => ({
  title,
  kind: 'console',
  brand: frame.brand,
  body: framed(frame, body),
  modules,
  translate: frame.translate,
})

const framed = (
  frame: ConsoleFrame,
  body: Fragment,
): Html => html`<a class="skip" href="#main">${t('Skip to content')}</a>
<header class="top"${frame.timeZone !== undefined && html` data-zone="${frame.timeZone}"`}>
<a class="brand" href="/console" aria-label="${t('{brand} console, home', { brand: nameOf(frame.brand) })}">${brandMark(frame.brand)}</a>
<form class="find" role="search" method="get" action="/console/search"><input type="search" name="q" value="${frame.search ?? ''}" placeholder="${t('Name, e-mail, ARN, key, reference')}" aria-label="${t('Search')}" aria-keyshortcuts="Control+K Meta+K" maxlength="256" autocomplete="off" autocapitalize="none" spellcheck="false"><button class="button quiet small" type="submit">${t('Search')}</button></form>
<details class="menu"><summary>${monogram(frame.user)}<span class="menu-name">${frame.user}</span></summary><div class="menu-box">
<p class="note">${t('Account {account}', { account: html`<code>${frame.account}</code>` })}</p>
<a href="/account">${t('Your account')}</a>
<form method="post" action="/sign-out">${tokenField(frame.token)}<button class="button quiet small" type="submit">${t('Sign out')}</button></form>
${languageChoice}
</div></details>
</header>
<div class="console-in">
<nav class="rail" aria-label="${t('Sections')}"><input class="visually-hidden rail-switch" type="checkbox" id="rail-switch" aria-label="${t('Show sections')}"><label class="rail-label" for="rail-switch" aria-hidden="true">${frame.section === undefined ? t('Sections') : titleOf(frame.section)}</label><ul>${sections.map((one) => railItem(frame, one))}</ul></nav>
<main id="main" class="work">
${body}
</main>
</div>`

const titleOf = (section: Section): Words => sections.find(([name]) => name === section)?.[1] ?? html``

const railItem = (frame: ConsoleFrame, [section, title, path]: (typeof sections)[number]): Html => {
  const denied = frame.denied.includes(section)
  return html`<li><a href="${sectionPath(section)}"${frame.section === section && html` aria-current="page"`}${denied && html` class="denied"`}><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false"><path d="${path}"/></svg><span>${title}${denied && html`<span class="visually-hidden">${t(', no permission')}</span>`}</span></a></li>`
}
