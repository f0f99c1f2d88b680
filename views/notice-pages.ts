// Notices and simple confirmations: landing, sign-out, errors and the device flow.
import { alert, type FormTarget, form, hidden, submit } from './form.ts'
import type { Translate } from './html.ts'
import { type Fragment, type Html, html } from './html.ts'
import type { Localized } from './language.ts'
import type { Page } from './layout.ts'
import { monogram } from './marks.ts'

const card = (title: Localized<Fragment>, body: Localized<Html>): Page => ({ title, kind: 'card', body })

/** `/` without a session. */
export const landingPage = (p: { readonly signIn: string }): Page =>
  card(
    (t) => t('Welcome'),
    (t) => html`<h1>${t('Welcome')}</h1>
<p class="lead">${t('Sign in to manage your account, your sign-in methods and your applications.')}</p>
<a class="button primary" href="${p.signIn}">${t('Sign in')}</a>`,
  )

/** After a sign-out, by the user or by an application. */
export const signedOutPage = (p: { readonly application?: string | undefined }): Page =>
  card(
    (t) => t('Signed out'),
    (t) => html`<h1>${t('You are signed out')}</h1>
<p class="lead">${p.application === undefined ? t('You can close this page.') : t('You are signed out of {application}.', { application: html`<strong>${p.application}</strong>` })}</p>
<a class="button quiet wide-button" href="/account">${t('Sign in again')}</a>`,
  )

export const signOutPage = (p: FormTarget): Page =>
  card(
    (t) => t('Sign out'),
    (t) => html`<h1>${t('Sign out?')}</h1>
<p class="lead">${t('You will be signed out here and of every application that supports single sign-out.')}</p>
${form(p, submit(t('Sign out')))}
<a class="button quiet wide-button" href="/account">${t('Stay signed in')}</a>`,
  )

/** An error: one sentence that says what to do, and the reference under which the log has the details. */
export const problemPage = (p: {
  readonly title: string
  readonly sentence: string
  readonly reference: string
  readonly link?: { readonly text: string; readonly href: string } | undefined
}): Page =>
  card(
    (t) => t.known(p.title),
    (t) => html`<h1>${t.known(p.title)}</h1>
<p class="lead">${t.known(p.sentence)}</p>
${p.link !== undefined && html`<a class="button quiet wide-button" href="${p.link.href}">${t.known(p.link.text)}</a>`}
<p class="note center">${t('Reference')} <code>${p.reference}</code></p>`,
  )

/** Too many attempts. */
export const throttledPage = (p: { readonly seconds: number; readonly back: string }): Page =>
  card(
    (t) => t('Too many attempts'),
    (t) => html`<h1>${t('Too many attempts')}</h1>
<p class="lead">${waiting(t, p.seconds)}</p>
<a class="button quiet wide-button" href="${p.back}">${t('Back')}</a>`,
  )

const waiting = (t: Translate, seconds: number): Html => {
  if (seconds <= 1) return t('You can try again in a second.')
  if (seconds < 90) return t('You can try again in {seconds} seconds.', { seconds })
  return t('You can try again in {minutes} minutes.', { minutes: Math.ceil(seconds / 60) })
}

/** RFC 8628 §3.3: enter the code shown on the device. */
export const deviceCodePage = (p: {
  readonly action: string
  readonly xsrf: string
  readonly code?: string | undefined
  readonly problem?: string | undefined
}): Page =>
  card(
    (t) => t('Connect a device'),
    (t) => html`<h1>${t('Connect a device')}</h1>
<p class="lead">${t('Enter the code shown on your device.')}</p>
<form class="stack" method="post" action="${p.action}" novalidate>${hidden('xsrf', p.xsrf)}${alert(p.problem, t)}
<div class="field"><label for="user_code">${t('Device code')}</label><input class="code long" id="user_code" type="text" name="user_code" value="${p.code ?? ''}" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" autofocus required maxlength="32"${p.problem !== undefined && html` aria-invalid="true" aria-describedby="problem"`}></div>
${submit(t('Continue'))}</form>`,
  )

/** RFC 8628 §5.4: the user compares the code, so that nobody else's device is authorized. */
export const deviceConfirmPage = (p: {
  readonly action: string
  readonly xsrf: string
  readonly userCode: string
  readonly application: string
  /** IP address of the device. */
  readonly from: string
}): Page =>
  card(
    (t) => t('Is this your device?'),
    (t) => html`<div class="who-asks">${monogram(p.application)}</div>
<h1>${t('Is this your device?')}</h1>
<p class="lead">${t('{application} wants to sign in with your account. Continue only if your device shows exactly this code.', { application: html`<strong>${p.application}</strong>` })}</p>
<p class="big-code"><code>${p.userCode}</code></p>
${p.from !== '' && html`<p class="note center">${t('Requested from {address}', { address: html`<code>${p.from}</code>` })}</p>`}
<form class="stack" method="post" action="${p.action}">${hidden('xsrf', p.xsrf)}${hidden('user_code', p.userCode)}
<button class="button primary" type="submit" name="confirm" value="yes">${t('Yes, continue')}</button>
<button class="button quiet wide-button" type="submit" name="abort" value="yes">${t('No, this is not my device')}</button></form>`,
  )

export const deviceDonePage = (p: { readonly application: string | undefined }): Page =>
  card(
    (t) => t('Your device is connected'),
    (t) => html`<h1>${t('Your device is connected')}</h1>
<p class="lead">${p.application !== undefined && t('{application} is signed in.', { application: html`<strong>${p.application}</strong>` })} ${t('You can close this page and continue there.')}</p>`,
  )

/** OIDC RP-Initiated Logout §2: asks whether to end the session for all applications. */
export const logoutPage = (p: {
  readonly action: string
  readonly xsrf: string
  readonly application: string | undefined
}): Page =>
  card(
    (t) => t('Sign out'),
    (t) => html`<h1>${t('Sign out?')}</h1>
<p class="lead">${p.application === undefined ? t('Do you want to sign out everywhere you used this account in this browser?') : t('You signed out of {application}. Do you also want to sign out everywhere you used this account in this browser?', { application: html`<strong>${p.application}</strong>` })}</p>
<form class="stack" method="post" action="${p.action}">${hidden('xsrf', p.xsrf)}
<button class="button primary" type="submit" name="logout" value="yes">${t('Sign out')}</button>
<button class="button quiet wide-button" type="submit">${t('Stay signed in')}</button></form>`,
  )
