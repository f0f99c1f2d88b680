// The frame around every page. A page is data (title, kind, body), so that views stay free of requests and of the
// addresses of their assets; who shows it passes those.

import { tokenField } from './form.ts'
import { type Html, html } from './html.ts'
import { seal, wordmark } from './marks.ts'

/** What a view gives back. */
export type Page = {
  /** For the tab and the screen reader; the product's name is added. */
  readonly title: string
  readonly body: Html
} & (
  | { readonly kind: 'card' } // one question in the middle
  | { readonly kind: 'account'; readonly user: string; readonly token: string } // a person's own pages
)

/** A page of a signed-in person. `token` is for the button that signs out. */
export const ownPage = (
  p: { readonly token: string; readonly user: string },
  title: string,
  body: Html,
): Page => ({ title, kind: 'account', user: p.user, token: p.token, body })

export interface Frame {
  /** Path of the stylesheet, its content's hash in the name. */
  readonly stylesheet: string
  /** Path of the typeface, fetched early. */
  readonly typeface: string
  readonly icon: string
  /** Host name of this server as people know it, shown below every question: where am I typing my password? */
  readonly host: string
}

/** The whole document. */
export const layout = (page: Page, frame: Frame): Html => html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f5f4f0" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#111114" media="(prefers-color-scheme: dark)">
<meta name="robots" content="noindex">
<title>${page.title} · Chancery</title>
<link rel="preload" href="${frame.typeface}" as="font" type="font/woff2" crossorigin>
<link rel="icon" href="${frame.icon}" type="image/svg+xml">
<link rel="stylesheet" href="${frame.stylesheet}">
</head>
<body class="${page.kind}">
${page.kind === 'card' ? card(page.body, frame) : account(page, frame)}
</body>
</html>`

const card = (body: Html, frame: Frame): Html => html`<div class="stage">
<header class="brand">${seal()}${wordmark()}</header>
<main class="sheet">
${body}
</main>
<footer class="foot"><p>${frame.host}</p></footer>
</div>`

const account = (
  page: Page & { kind: 'account' },
  frame: Frame,
): Html => html`<a class="skip" href="#main">Skip to content</a>
<header class="bar"><div class="bar-in">
<a class="brand" href="/account" aria-label="Chancery, your account">${seal()}${wordmark()}</a>
<span class="bar-user">${page.user}</span>
<form method="post" action="/sign-out">${tokenField(page.token)}<button class="button quiet small" type="submit">Sign out</button></form>
</div></header>
<main class="wide" id="main">
${page.body}
</main>
<footer class="foot"><p>${frame.host}</p></footer>`
