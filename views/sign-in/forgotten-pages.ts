// Pages for a person who forgot their password.
import { alert, form, submit, userNameField } from '../form.ts'
import { type Fragment, type Html, html } from '../html.ts'
import type { Localized } from '../language.ts'
import type { Page } from '../layout.ts'
import type { SignInForm } from './sign-in-pages.ts'

const card = (title: Localized<Fragment>, body: Localized<Html>): Page => ({ title, kind: 'card', body })

/** Asks for the name or address. */
export const forgottenPage = (p: SignInForm): Page =>
  card(
    (t) => t('Forgot your password?'),
    (t) => html`<h1>${t('Forgot your password?')}</h1>
<p class="lead">${t('Enter your user name or e-mail address. You get a message with a link to choose a new password.')}</p>
${form(
  p,
  html`${alert(p.problem, t)}
${userNameField(t, { label: t('User name or e-mail address'), maxLength: 254, autofocus: true, wrong: p.problem !== undefined })}
${submit(t('Send the link'))}`,
)}
<p class="aside"><a href="/sign-in">${t('Back to sign-in')}</a></p>`,
  )

/** The same for everybody, whether or not there is such a person. */
export const forgottenSentPage = (): Page =>
  card(
    (t) => t('Check your mail'),
    (t) => html`<h1>${t('Check your mail')}</h1>
<p class="lead">${t('If there is an account with this name or address, a message with a link is on its way to its confirmed e-mail address. The link works for 30 minutes.')}</p>
<p class="note">${t('No message? Look in your spam folder, or ask your administrator.')}</p>
<a class="button quiet wide-button" href="/sign-in">${t('Back to sign-in')}</a>`,
  )
