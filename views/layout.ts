// The layout of every page. A page is data (title, kind, body), so views know neither the request nor the URLs of the assets;
// the caller passes those as `Frame`.

import { tokenField } from './form.ts'
import { type Html, html } from './html.ts'
import { seal, wordmark } from './marks.ts'

/** The result of a view. */
export type Page = {
  /** Document title; the product name is appended. */
  readonly title: string
  readonly body: Html
} & (
  | { readonly kind: 'card' } // one form in the middle
  | { readonly kind: 'account'; readonly user: string; readonly token: string } // an account page
)

/** A page of the signed-in user. `token` is the CSRF token of its sign-out button. */
export const ownPage = (
  p: { readonly token: string; readonly user: string },
  title: string,
  body: Html,
): Page => ({ title, kind: 'account', user: p.user, token: p.token, body })

export interface Frame {
  /** Path of the stylesheet, with a hash of its content. */
  readonly stylesheet: string
  /** Path of the font, which is preloaded. */
  readonly typeface: string
  readonly icon: string
  /** Host name of this server, shown on every page so that users see where they enter their password. */
  readonly host: string
}

/** The complete document. */
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
