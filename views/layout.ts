// The layout of every page. A page is data (title, kind, body), so views know neither the request nor the URLs of the assets;
// the caller passes those as `Frame`.

import { type BrandView, brandMark, isWide, nameOf } from './brand.ts'
import { tokenField } from './form.ts'
import { type Fragment, type Html, html, inLanguage, type Translate } from './html.ts'
import { type Localized, translator } from './language.ts'
import { type Language, languageNames, languages } from './languages/languages.ts'

/** The result of a view. */
export type Page = {
  /** Document title; the product name is appended. */
  readonly title: Localized<Fragment>
  readonly body: Localized<Html>
  /** Of the account that the page is about; absent: that of the server's first account. */
  readonly brand?: BrandView | undefined
} & (
  | { readonly kind: 'card' } // one form in the middle
  | { readonly kind: 'account'; readonly user: string; readonly token: string } // an account page
  // a page of the console, with its own frame and the modules that this page alone loads
  | {
      readonly kind: 'console'
      readonly modules?: PageModules | undefined
      /** The messages of the console in its language. */
      readonly translate: Translate
    }
)

/** Paths of the module that a page loads, and of everything that it imports. */
export interface PageModules {
  readonly script: string
  /** Further modules that the page loads. */
  readonly besides?: readonly string[]
  readonly preload: readonly string[]
}

/** A page of the signed-in user. `token` is the CSRF token of its sign-out button. */
export const ownPage = (
  p: { readonly token: string; readonly user: string },
  title: Localized<Fragment>,
  body: Localized<Html>,
): Page => ({ title, kind: 'account', user: p.user, token: p.token, body })

export interface Frame {
  /** Path of the stylesheet, with a hash of its content. */
  readonly stylesheet: string
  /** Of the pages of the console, besides. */
  readonly consoleStylesheet: string
  /** Path of the font, which is preloaded. */
  readonly typeface: string
  readonly icon: string
  /** Paths of modules. */
  readonly scripts: readonly string[]
  /** Path of the module of every page of the console. */
  readonly consoleScript?: string
  /** Host name of this server, shown on every page so that users see where they enter their password. */
  readonly host: string
  readonly brand: BrandView
  /** Absent: the foot has the other languages. False on another host, where the choice cannot be kept. */
  readonly choosesLanguage?: false
}

/** The complete document. */
export function layout(given: Page, shown: Frame, language: Language = 'en'): Html {
  const frame = given.brand === undefined ? shown : { ...shown, brand: given.brand }
  const t = given.kind === 'console' ? given.translate : translator(language)
  const page = { ...given, title: localized(given.title, t), body: localized(given.body, t) }
  return inLanguage(documentOf(page, frame, t), t)
}

const localized = <T>(value: Localized<T>, t: Translate): T =>
  typeof value === 'function' ? (value as (t: Translate) => T)(t) : value

type RenderedPage = Page & { readonly title: Fragment; readonly body: Html }

const documentOf = (page: RenderedPage, frame: Frame, t: Translate): Html => html`<html lang="${t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f5f4f0" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#111114" media="(prefers-color-scheme: dark)">
<meta name="robots" content="noindex">
<title>${page.title} · ${nameOf(frame.brand)}</title>
<link rel="preload" href="${frame.typeface}" as="font" type="font/woff2" crossorigin>
${icon(frame)}
<link rel="stylesheet" href="${frame.stylesheet}">${page.kind === 'console' && html`<link rel="stylesheet" href="${frame.consoleStylesheet}">`}${frame.brand.stylesheet !== undefined && html`<link rel="stylesheet" href="${frame.brand.stylesheet}">`}
${page.kind === 'console' && html`${frame.consoleScript !== undefined && html`<script type="module" src="${frame.consoleScript}"></script>`}${page.modules && modulesOf(page.modules)}`}
${page.kind !== 'console' && frame.scripts.map((path) => html`<script type="module" src="${path}"></script>`)}
</head>
<body class="${page.kind}">
${bodyOf(page, frame, t)}
</body>
</html>`

/** A logo that is about as wide as high is recognized in the corner of a tab. */
const icon = ({ brand: { logo }, icon: own }: Frame): Html =>
  logo === undefined || isWide(logo)
    ? html`<link rel="icon" href="${own}" type="image/svg+xml">`
    : html`<link rel="icon" href="${logo.path}">`

const modulesOf = ({ script, besides = [], preload }: PageModules): Html =>
  html`${preload.map((path) => html`<link rel="modulepreload" href="${path}">`)}${[script, ...besides].map((path) => html`<script type="module" src="${path}"></script>`)}`

const bodyOf = (page: RenderedPage, frame: Frame, t: Translate): Html => {
  if (page.kind === 'console') return page.body
  return page.kind === 'card' ? card(page.body, frame, t) : account(page, frame, t)
}

/** The host name, and the other languages. */
const foot = (frame: Frame, t: Translate): Html =>
  html`<footer class="foot"><p>${frame.host}</p>${frame.choosesLanguage !== false && languageChoice(t)}</footer>`

export const languageChoice = (t: Translate): Html => html`
<nav class="languages" aria-label="${t('Language')}"><ul>${languages.map((language) => html`<li>${language === t.language ? html`<span aria-current="true" lang="${language}">${languageNames[language]}</span>` : html`<a href="/language/${language}" lang="${language}" hreflang="${language}">${languageNames[language]}</a>`}</li>`)}</ul></nav>`

const card = (body: Html, frame: Frame, t: Translate): Html => html`<div class="stage">
<header class="brand">${brandMark(frame.brand)}</header>
<main class="sheet">
${body}
</main>
${foot(frame, t)}
</div>`

const account = (
  page: RenderedPage & { kind: 'account' },
  frame: Frame,
  t: Translate,
): Html => html`<a class="skip" href="#main">${t('Skip to content')}</a>
<header class="bar"><div class="bar-in">
<a class="brand" href="/account" aria-label="${nameOf(frame.brand)}, ${t('Your account')}">${brandMark(frame.brand)}</a>
<span class="bar-user">${page.user}</span>
<form method="post" action="/sign-out">${tokenField(page.token)}<button class="button quiet small" type="submit">${t('Sign out')}</button></form>
</div></header>
<main class="wide" id="main">
${page.body}
</main>
${foot(frame, t)}`
