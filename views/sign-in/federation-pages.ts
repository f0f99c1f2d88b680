// Pages of a sign-in or sign-out at an identity provider.
import { type FormTarget, form, submit } from '../form.ts'
import { html } from '../html.ts'
import type { Page } from '../layout.ts'

/** An intermediate page with a refresh: CSP `form-action` forbids a form's response to redirect to another site. */
export const continueToProviderPage = (p: {
  readonly title: string
  readonly to: string
  /** URL of the form for this server's own password; undefined when there is none. */
  readonly own: string | undefined
}): Page => ({
  title: (t) => t('Continue to {provider}', { provider: p.title }),
  kind: 'card',
  body: (t) => html`<h1>${t('Continue to {provider}', { provider: p.title })}</h1>
<p class="lead">${t('You will sign in there and then return here.')}</p>
<a class="button primary" href="${p.to}">${t('Continue')}</a>
${p.own !== undefined && html`<p class="aside"><a href="${p.own}">${t('Use a password for this site instead')}</a></p>`}`,
})

/** Signed out of this server; the sign-out at the provider follows. */
export const signingOutUpstreamPage = (p: { readonly title: string; readonly to: string }): Page => ({
  title: (t) => t('Signed out'),
  kind: 'card',
  body: (t) => html`<h1>${t('You are signed out here')}</h1>
<p class="lead">${t('Signing you out at {provider} as well.', { provider: html`<strong>${p.title}</strong>` })}</p>
<a class="button primary" href="${p.to}">${t('Continue')}</a>
<a class="button quiet wide-button" href="/signed-out">${t('Stay signed in there')}</a>`,
})

/** Asks the signed-in user to confirm the identity that will be connected. */
export const connectPage = (p: FormTarget & { readonly title: string; readonly label: string }): Page => ({
  title: (t) => t('Connect {provider}?', { provider: p.title }),
  kind: 'card',
  body: (t) => html`<h1>${t('Connect {provider}?', { provider: p.title })}</h1>
<p class="lead">${t('Anyone who signs in to {provider} as {name} will be signed in to your account here. Continue only if that account is yours.', { provider: p.title, name: html`<strong>${p.label}</strong>` })}</p>
${form(p, submit(t('Connect')))}
<a class="button quiet wide-button" href="/account">${t('Cancel')}</a>`,
})

/** A failed sign-in at a provider. The reason is in the log under the reference. */
export const upstreamProblemPage = (p: {
  readonly title: string | undefined
  readonly sentence: string
  readonly reference: string
  readonly back: string
}): Page => ({
  title: (t) => t('Sign-in failed'),
  kind: 'card',
  body: (
    t,
  ) => html`<h1>${p.title === undefined ? t('Sign-in failed') : t('Sign-in with {provider} failed', { provider: p.title })}</h1>
<p class="lead">${t.known(p.sentence)}</p>
<a class="button primary" href="${p.back}">${t('Try again or choose another way')}</a>
<p class="aside note">${t('Reference')} <code>${p.reference}</code></p>`,
})
