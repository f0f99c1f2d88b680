// Pages of forward authentication. All but the last are shown on the protected host, where this server has the paths below
// `/.chancery/` alone: links there name another path of that host or nothing.

import type { Translate } from './html.ts'
import { type Html, html } from './html.ts'
import type { Page } from './layout.ts'
import { monogram } from './marks.ts'

const reference = (t: Translate, id: string): Html =>
  html`<p class="note center">${t('Reference')} <code>${id}</code></p>`

/** The signed-in user may not make this request. */
export const hostDeniedPage = (p: {
  readonly user: string
  /** Host and path that were asked for. */
  readonly place: string
  /** Signs in with another account, and returns. */
  readonly another: string
  readonly reference: string
}): Page => ({
  title: (t) => t('No access'),
  kind: 'card',
  body: (t) => html`<div class="who-asks">${monogram(p.place)}</div>
<h1>${t('You do not have access to {application}', { application: p.place })}</h1>
<p class="lead">${t('You are signed in as {user}. Ask your administrator for access, or use another account.', { user: html`<strong>${p.user}</strong>` })}</p>
<a class="button primary" href="${p.another}">${t('Use another account')}</a>
${reference(t, p.reference)}`,
})

/** The address may mean something else to the application than to the policies. */
export const hostAddressPage = (p: { readonly reference: string }): Page => ({
  title: (t) => t('This address cannot be opened'),
  kind: 'card',
  body: (t) => html`<h1>${t('This address cannot be opened')}</h1>
<p class="lead">${t('It can be read in more than one way. Correct it, or begin at the start page.')}</p>
<a class="button primary" href="/">${t('Start page')}</a>
${reference(t, p.reference)}`,
})

/** The configuration of the proxy or of this server is not complete. */
export const hostNotReadyPage = (p: { readonly reason: string; readonly reference: string }): Page => ({
  title: (t) => t('This site is not set up for sign-in'),
  kind: 'card',
  body: (t) => html`<h1>${t('This site is not set up for sign-in')}</h1>
<p class="lead">${t('Give its administrator this reason and the reference.')}</p>
<p class="note center">${t.known(p.reason)}</p>
${reference(t, p.reference)}`,
})

/** A form that was sent after the session had ended. */
export const hostSignedOutPage = (p: { readonly again: string; readonly reference: string }): Page => ({
  title: (t) => t('Sign in to continue'),
  kind: 'card',
  body: (t) => html`<h1>${t('Sign in to continue')}</h1>
<p class="lead">${t('You are signed out, so what you sent did not arrive. Sign in, then send it again.')}</p>
<a class="button primary" href="${p.again}">${t('Sign in')}</a>
${reference(t, p.reference)}`,
})

/** A sign-in to the host that cannot be completed. */
export const hostSignInEndedPage = (p: { readonly reference: string }): Page => ({
  title: (t) => t('This sign-in has ended'),
  kind: 'card',
  body: (t) => html`<h1>${t('This sign-in has ended')}</h1>
<p class="lead">${t('It expired, was already completed, or was started in another browser. Return to the application and start again.')}</p>
<a class="button primary" href="/">${t('Start page')}</a>
${reference(t, p.reference)}`,
})

/** At this server, while the browser goes on to the protected host. */
export const openingHostPage = (p: { readonly host: string; readonly onward: string }): Page => ({
  title: (t) => t('You are signed in'),
  kind: 'card',
  body: (t) => html`<h1>${t('You are signed in')}</h1>
<p class="lead">${t('{application} opens now.', { application: html`<strong>${p.host}</strong>` })}</p>
<a class="button quiet wide-button" href="${p.onward}">${t('Continue')}</a>`,
})
