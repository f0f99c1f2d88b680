// Pages for people who create an account by themselves.
import { alert, form, submit, userNameField } from '../form.ts'
import { type Fragment, type Html, html } from '../html.ts'
import type { Localized } from '../language.ts'
import type { Page } from '../layout.ts'
import type { SignInForm } from './sign-in-pages.ts'

const card = (title: Localized<Fragment>, body: Localized<Html>): Page => ({ title, kind: 'card', body })

/** Asks for the e-mail address, which becomes the user name. */
export const registerPage = (p: SignInForm & { readonly typed?: string | undefined }): Page =>
  card(
    (t) => t('Create an account'),
    (t) => html`<h1>${t('Create an account')}</h1>
<p class="lead">${t('Enter your e-mail address. You get a message with a link to choose a password. The address becomes your user name.')}</p>
${form(
  p,
  html`${alert(p.problem, t)}
${userNameField(t, { label: t('E-mail address'), value: p.typed, maxLength: 64, autofocus: true, wrong: p.problem !== undefined })}
${submit(t('Continue'))}`,
)}
<p class="aside"><a href="/sign-in">${t('I have an account')}</a></p>`,
  )

/** The same for everybody, whether or not there is an account with this address. */
export const registerSentPage = (): Page =>
  card(
    (t) => t('Check your mail'),
    (t) => html`<h1>${t('Check your mail')}</h1>
<p class="lead">${t('A message is on its way to your e-mail address. Its link works for 24 hours.')}</p>
<p class="note">${t('No message? Look in your spam folder, or try again in an hour.')}</p>
<a class="button quiet wide-button" href="/sign-in">${t('Back to sign-in')}</a>`,
  )
