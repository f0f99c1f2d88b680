// Pages of a sign-in or sign-out at an identity provider.
import { type FormTarget, form, submit } from './form.ts'
import { html } from './html.ts'
import type { Page } from './layout.ts'

/** An intermediate page with a refresh: CSP `form-action` forbids a form's response to redirect to another site. */
export const continueToProviderPage = (p: {
  readonly title: string
  readonly to: string
  /** URL of the form for this server's own password; undefined when there is none. */
  readonly own: string | undefined
}): Page => ({
  title: `Continue to ${p.title}`,
  kind: 'card',
  body: html`<h1>Continue to ${p.title}</h1>
<p class="lead">You will sign in there and then return here.</p>
<a class="button primary" href="${p.to}">Continue</a>
${p.own !== undefined && html`<p class="aside"><a href="${p.own}">Use a password for this site instead</a></p>`}`,
})

/** Signed out of this server; the sign-out at the provider follows. */
export const signingOutUpstreamPage = (p: { readonly title: string; readonly to: string }): Page => ({
  title: 'Signed out',
  kind: 'card',
  body: html`<h1>You are signed out here</h1>
<p class="lead">Signing you out at <strong>${p.title}</strong> as well.</p>
<a class="button primary" href="${p.to}">Continue</a>
<a class="button quiet wide-button" href="/signed-out">Stay signed in there</a>`,
})

/** Asks the signed-in user to confirm the identity that will be connected. */
export const connectPage = (p: FormTarget & { readonly title: string; readonly label: string }): Page => ({
  title: `Connect ${p.title}`,
  kind: 'card',
  body: html`<h1>Connect ${p.title}?</h1>
<p class="lead">Anyone who signs in to ${p.title} as <strong>${p.label}</strong> will be signed in to your account here. Continue only if that account is yours.</p>
${form(p, submit('Connect'))}
<a class="button quiet wide-button" href="/account">Cancel</a>`,
})

/** A failed sign-in at a provider. The reason is in the log under the reference. */
export const upstreamProblemPage = (p: {
  readonly title: string | undefined
  readonly sentence: string
  readonly reference: string
  readonly back: string
}): Page => ({
  title: 'Sign-in failed',
  kind: 'card',
  body: html`<h1>Sign-in${p.title !== undefined && html` with ${p.title}`} failed</h1>
<p class="lead">${p.sentence}</p>
<a class="button primary" href="${p.back}">Try again or choose another way</a>
<p class="aside note">Reference <code>${p.reference}</code></p>`,
})
