// Pages of one-time links.
import { alert, form, hidden, passwordField, submit } from '../form.ts'
import { type Fragment, type Html, html } from '../html.ts'
import type { Localized } from '../language.ts'
import type { Page } from '../layout.ts'
import { type PasswordRule, passwordRuleText } from '../password-rule.ts'
import type { SignInForm } from './sign-in-pages.ts'

const card = (title: Localized<Fragment>, body: Localized<Html>): Page => ({ title, kind: 'card', body })

/** Choose a first or a new password. */
export const choosePasswordPage = (
  p: SignInForm & {
    readonly userName: string
    /** There was no password before. */
    readonly first: boolean
    readonly rule: PasswordRule
    /** The link's token. */
    readonly link: string
    /** Where it leads afterwards. */
    readonly to?: string | undefined
  },
): Page =>
  card(
    (t) => t('Choose a password'),
    (t) => html`<h1>${t('Choose a password')}</h1>
<p class="lead">${p.first ? t('Welcome, {user}. Choose a password for signing in.', { user: html`<strong>${p.userName}</strong>` }) : t('Choose a new password for {user}. You are signed out everywhere else.', { user: html`<strong>${p.userName}</strong>` })}</p>
${form(
  p,
  html`${alert(p.problem, t)}${hidden('link', p.link)}${p.to !== undefined && hidden('to', p.to)}
<input class="visually-hidden" type="text" name="username" value="${p.userName}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
${passwordField(t, { label: t('New password'), fresh: true, autofocus: true, wrong: p.problem !== undefined, note: passwordRuleText(t, p.rule) })}
${passwordField(t, { label: t('Confirm new password'), name: 'again', fresh: true, wrong: p.problem !== undefined })}
${submit(t('Save password'))}`,
)}`,
  )

/** A link that is unknown, used, over, or was first used in another browser. */
export const unusableLinkPage = (p: {
  readonly reference: string
  /** Where a person requests another one. */
  readonly forgotten?: string | undefined
}): Page =>
  card(
    (t) => t('This link cannot be used'),
    (t) => html`<h1>${t('This link cannot be used')}</h1>
<p class="lead">${t('It was used already, in this or another browser, or its time is over.')} ${p.forgotten === undefined ? t('Ask your administrator for a new one.') : html`<a href="${p.forgotten}">${t('Request a new one, or ask your administrator.')}</a>`}</p>
<a class="button quiet wide-button" href="/sign-in">${t('Sign in')}</a>
<p class="note center">${t('Reference')} <code>${p.reference}</code></p>`,
  )
