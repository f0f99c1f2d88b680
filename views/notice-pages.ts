// Pages that tell, or ask one plain thing: landing, signed out, problems, devices, sign-out on an application's wish.
import { alert, type FormTarget, form, hidden, submit } from './form.ts'
import { type Html, html } from './html.ts'
import type { Page } from './layout.ts'
import { monogram } from './marks.ts'

const card = (title: string, body: Html): Page => ({ title, kind: 'card', body })

/** `/` for a stranger. */
export const landingPage = (p: { readonly signIn: string }): Page =>
  card(
    'Welcome',
    html`<h1>Welcome</h1>
<p class="lead">Sign in to see your account, your applications and the ways you prove it is you.</p>
<a class="button primary" href="${p.signIn}">Sign in</a>`,
  )

/** Signed out, whoever asked for it. */
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
<p class="lead">You will be signed out here and in every application that asked to be told.</p>
${form(p, submit('Sign out'))}
<a class="button quiet wide-button" href="/account">Stay signed in</a>`,
  )

/** What failed, in one sentence, what to do, and a number that is in the log. */
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

/** Too many tries. */
export const throttledPage = (p: { readonly seconds: number; readonly back: string }): Page =>
  card(
    'Wait a moment',
    html`<h1>Wait a moment</h1>
<p class="lead">There were too many tries. You can try again in ${waiting(p.seconds)}.</p>
<a class="button quiet wide-button" href="${p.back}">Back</a>`,
  )

const waiting = (seconds: number): string => {
  if (seconds < 90) return seconds <= 1 ? 'a second' : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}

/** RFC 8628 §3.3: type the code the device shows. */
export const deviceCodePage = (p: {
  readonly action: string
  readonly xsrf: string
  readonly code?: string | undefined
  readonly problem?: string | undefined
}): Page =>
  card(
    'Connect a device',
    html`<h1>Connect a device</h1>
<p class="lead">Type the code that your device shows.</p>
<form class="stack" method="post" action="${p.action}" novalidate>${hidden('xsrf', p.xsrf)}${alert(p.problem)}
<div class="field"><label for="user_code">Device code</label><input class="code long" id="user_code" type="text" name="user_code" value="${p.code ?? ''}" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" autofocus required maxlength="32"${p.problem !== undefined && html` aria-invalid="true" aria-describedby="problem"`}></div>
${submit('Continue')}</form>`,
  )

/** RFC 8628 §5.4: the person compares the code, so that a stranger's device is not let in. */
export const deviceConfirmPage = (p: {
  readonly action: string
  readonly xsrf: string
  readonly userCode: string
  readonly application: string
  /** Address the device asked from. */
  readonly from: string
}): Page =>
  card(
    'Is this your device?',
    html`<div class="who-asks">${monogram(p.application)}</div>
<h1>Is this your device?</h1>
<p class="lead"><strong>${p.application}</strong> wants to sign in with your account. Go on only if your device shows exactly this code.</p>
<p class="big-code"><code>${p.userCode}</code></p>
${p.from !== '' && html`<p class="note center">Asked from <code>${p.from}</code></p>`}
<form class="stack" method="post" action="${p.action}">${hidden('xsrf', p.xsrf)}${hidden('user_code', p.userCode)}
<button class="button primary" type="submit" name="confirm" value="yes">Yes, go on</button>
<button class="button quiet wide-button" type="submit" name="abort" value="yes">No, this is not mine</button></form>`,
  )

export const deviceDonePage = (p: { readonly application: string | undefined }): Page =>
  card(
    'Your device is connected',
    html`<h1>Your device is connected</h1>
<p class="lead">${p.application !== undefined && html`<strong>${p.application}</strong> is signed in. `}You can close this page and go on there.</p>`,
  )

/** OIDC RP-Initiated Logout §2: ask before ending the session for everyone. */
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
