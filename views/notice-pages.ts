// Notices and simple confirmations: landing, sign-out, errors and the device flow.
import { alert, type FormTarget, form, hidden, submit } from './form.ts'
import { type Html, html } from './html.ts'
import type { Page } from './layout.ts'
import { monogram } from './marks.ts'

const card = (title: string, body: Html): Page => ({ title, kind: 'card', body })

/** `/` without a session. */
export const landingPage = (p: { readonly signIn: string }): Page =>
  card(
    'Welcome',
    html`<h1>Welcome</h1>
<p class="lead">Sign in to manage your account, your sign-in methods and your applications.</p>
<a class="button primary" href="${p.signIn}">Sign in</a>`,
  )

/** After a sign-out, by the user or by an application. */
export const signedOutPage = (p: { readonly application?: string | undefined }): Page =>
  card(
    'Signed out',
    html`<h1>You are signed out</h1>
<p class="lead">${p.application === undefined ? 'You can close this page.' : html`You are signed out of <strong>${p.application}</strong>.`}</p>
<a class="button quiet wide-button" href="/account">Sign in again</a>`,
  )

export const signOutPage = (p: FormTarget): Page =>
  card(
    'Sign out',
    html`<h1>Sign out?</h1>
<p class="lead">You will be signed out here and of every application that supports single sign-out.</p>
${form(p, submit('Sign out'))}
<a class="button quiet wide-button" href="/account">Stay signed in</a>`,
  )

/** An error: one sentence that says what to do, and the reference under which the log has the details. */
export const problemPage = (p: {
  readonly title: string
  readonly sentence: string
  readonly reference: string
  readonly link?: { readonly text: string; readonly href: string } | undefined
}): Page =>
  card(
    p.title,
    html`<h1>${p.title}</h1>
<p class="lead">${p.sentence}</p>
${p.link !== undefined && html`<a class="button quiet wide-button" href="${p.link.href}">${p.link.text}</a>`}
<p class="note center">Reference <code>${p.reference}</code></p>`,
  )

/** Too many attempts. */
export const throttledPage = (p: { readonly seconds: number; readonly back: string }): Page =>
  card(
    'Too many attempts',
    html`<h1>Too many attempts</h1>
<p class="lead">You can try again in ${waiting(p.seconds)}.</p>
<a class="button quiet wide-button" href="${p.back}">Back</a>`,
  )

const waiting = (seconds: number): string => {
  if (seconds < 90) return seconds <= 1 ? 'a second' : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}

/** RFC 8628 §3.3: enter the code shown on the device. */
export const deviceCodePage = (p: {
  readonly action: string
  readonly xsrf: string
  readonly code?: string | undefined
  readonly problem?: string | undefined
}): Page =>
  card(
    'Connect a device',
    html`<h1>Connect a device</h1>
<p class="lead">Enter the code shown on your device.</p>
<form class="stack" method="post" action="${p.action}" novalidate>${hidden('xsrf', p.xsrf)}${alert(p.problem)}
<div class="field"><label for="user_code">Device code</label><input class="code long" id="user_code" type="text" name="user_code" value="${p.code ?? ''}" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" autofocus required maxlength="32"${p.problem !== undefined && html` aria-invalid="true" aria-describedby="problem"`}></div>
${submit('Continue')}</form>`,
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
    'Is this your device?',
    html`<div class="who-asks">${monogram(p.application)}</div>
<h1>Is this your device?</h1>
<p class="lead"><strong>${p.application}</strong> wants to sign in with your account. Continue only if your device shows exactly this code.</p>
<p class="big-code"><code>${p.userCode}</code></p>
${p.from !== '' && html`<p class="note center">Requested from <code>${p.from}</code></p>`}
<form class="stack" method="post" action="${p.action}">${hidden('xsrf', p.xsrf)}${hidden('user_code', p.userCode)}
<button class="button primary" type="submit" name="confirm" value="yes">Yes, continue</button>
<button class="button quiet wide-button" type="submit" name="abort" value="yes">No, this is not my device</button></form>`,
  )

export const deviceDonePage = (p: { readonly application: string | undefined }): Page =>
  card(
    'Your device is connected',
    html`<h1>Your device is connected</h1>
<p class="lead">${p.application !== undefined && html`<strong>${p.application}</strong> is signed in. `}You can close this page and continue there.</p>`,
  )

/** OIDC RP-Initiated Logout §2: asks whether to end the session for all applications. */
export const logoutPage = (p: {
  readonly action: string
  readonly xsrf: string
  readonly application: string | undefined
}): Page =>
  card(
    'Sign out',
    html`<h1>Sign out?</h1>
<p class="lead">${p.application === undefined ? 'Do you want to sign out' : html`You signed out of <strong>${p.application}</strong>. Do you also want to sign out`} everywhere you used this account in this browser?</p>
<form class="stack" method="post" action="${p.action}">${hidden('xsrf', p.xsrf)}
<button class="button primary" type="submit" name="logout" value="yes">Sign out</button>
<button class="button quiet wide-button" type="submit">Stay signed in</button></form>`,
  )
