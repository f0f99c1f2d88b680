// The apps that the signed-in person may open, as tiles.

import type { Translate } from '../html.ts'
import { type Html, html } from '../html.ts'
import { ownPage as own, type Page } from '../layout.ts'
import { monogram } from '../marks.ts'
import { crumb, smallLink } from './parts.ts'

export interface AppTile {
  readonly name: string
  readonly href: string
  /** Path of its logo; the first letter of its name is in its place. */
  readonly logo: string | undefined
  /** Epoch seconds; undefined when it is not known. */
  readonly lastUsed: number | undefined
}

export interface AppsView {
  readonly token: string
  readonly user: string
  readonly search: string
  readonly apps: readonly AppTile[]
  /** Of the next page. */
  readonly cursor: string | undefined
}

const path = '/account/apps'

/** The host is shown, because names are chosen by those who made the app. */
export const appTiles = (t: Translate, apps: readonly AppTile[]): Html =>
  html`<ul class="app-tiles">${apps.map(
    ({ name, href, logo, lastUsed }) =>
      html`<li><a class="app-tile" href="${href}" rel="noopener noreferrer">${logo === undefined ? monogram(name) : html`<img class="app-logo" src="${logo}" alt="" width="48" height="48">`}<span class="app-text"><span class="app-name">${name}</span><span class="note">${URL.parse(href)?.host}</span>${lastUsed !== undefined && html`<span class="note">${t('last used {date}', { date: t.date(lastUsed) })}</span>`}</span></a></li>`,
  )}</ul>`

/** The first apps, on the overview. */
export const appsSection = (t: Translate, apps: readonly AppTile[], more: boolean): Html =>
  html`<section aria-labelledby="apps"><div class="section-head"><h2 id="apps">${t('My apps')}</h2>${apps.length === 0 && html`<p class="note">${t('There is no app that you can open yet.')}</p>`}</div>${apps.length > 0 && appTiles(t, apps)}${more && html`<p class="after-tiles">${smallLink(path, t('All apps'))}</p>`}</section>`

/** `/account/apps`. */
export const appsPage = (p: AppsView): Page =>
  own(
    p,
    (t) => t('My apps'),
    (t) => html`<div class="page-head">${crumb(t)}<h1>${t('My apps')}</h1></div>
<form class="search" method="get" action="${path}" role="search"><label class="visually-hidden" for="q">${t('Name of the app')}</label><input class="search-text" type="text" id="q" name="q" value="${p.search}" maxlength="128" placeholder="${t('Name of the app')}" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false"><button class="button quiet" type="submit">${t('Search')}</button></form>
${p.apps.length > 0 ? appTiles(t, p.apps) : html`<p class="note">${nothing(t, p)}</p>`}
${p.cursor !== undefined && html`<p>${smallLink(`${path}?${new URLSearchParams({ ...(p.search !== '' && { q: p.search }), cursor: p.cursor })}`, t('Show more'))}</p>`}`,
  )

const nothing = (t: Translate, p: AppsView): Html => {
  if (p.cursor !== undefined) return t('None among the first apps. There are more.')
  return p.search === ''
    ? t('There is no app that you can open yet.')
    : t('No app that you can open has this in its name.')
}
