// Pages on the way to another identity provider and back.
import { type FormTarget, form, submit } from './form.ts'
import { html } from './html.ts'
import type { Page } from './layout.ts'

/** Shown for a moment: a form's answer may not lead to another site by itself, a page may. */
export const onwardPage = (p: {
  readonly title: string
  readonly to: string
  /** Where a password of ours is taken instead; undefined: nowhere. */
  readonly own: string | undefined
}): Page => ({
  title: `On to ${p.title}`,
  kind: 'card',
  body: html`<h1>On to ${p.title}</h1>
<p class="lead">You sign in there and come back here.</p>
<a class="button primary" href="${p.to}">Continue</a>
${p.own !== undefined && html`<p class="aside"><a href="${p.own}">Use a password of this site instead</a></p>`}`,
})

/** Signed out here; the provider's own session is next. */
export const leavingPage = (p: { readonly title: string; readonly to: string }): Page => ({
  title: 'Signed out',
  kind: 'card',
  body: html`<h1>You are signed out here</h1>
<p class="lead">Signing you out at <strong>${p.title}</strong> as well.</p>
<a class="button primary" href="${p.to}">Continue</a>
<a class="button quiet wide-button" href="/signed-out">Stay signed in there</a>`,
})

/** A signed-in person sees whom they are about to become reachable by. */
export const connectPage = (p: FormTarget & { readonly title: string; readonly label: string }): Page => ({
  title: `Connect ${p.title}`,
  kind: 'card',
  body: html`<h1>Connect ${p.title}?</h1>
<p class="lead">Whoever signs in at ${p.title} as <strong>${p.label}</strong> will be you here. Go on only if that is you.</p>
${form(p, submit('Connect'))}
<a class="button quiet wide-button" href="/account">Cancel</a>`,
})

/** It came to nothing. What exactly was wrong stands in the log. */
export const upstreamProblemPage = (p: {
  readonly title: string | undefined
  readonly sentence: string
  readonly reference: string
  readonly back: string
}): Page => ({
  title: 'That did not work',
  kind: 'card',
  body: html`<h1>Signing in ${p.title === undefined ? 'there' : html`with ${p.title}`} did not work</h1>
<p class="lead">${p.sentence}</p>
<a class="button primary" href="${p.back}">Try again or choose another way</a>
<p class="aside note">Reference <code>${p.reference}</code></p>`,
})
