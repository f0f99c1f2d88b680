// Pages of the sign-in, one function per page.
import {
  alert,
  buttonForm,
  codeField,
  type FormTarget,
  form,
  hidden,
  passwordField,
  recoveryCodeField,
  submit,
  userNameField,
} from './form.ts'
import { type Html, html } from './html.ts'
import type { Page } from './layout.ts'

/** Common to every form of the sign-in. */
export interface SignInForm extends FormTarget {
  readonly problem?: string | undefined
}

const card = (title: string, body: Html): Page => ({ title, kind: 'card', body })

/** Name and password. */
export const passwordPage = (
  p: SignInForm & {
    readonly username: string
    readonly application: string | undefined
    /** The user is signed in and must authenticate again. */
    readonly again: boolean
    /** Returns to the application without signing in. */
    readonly cancel?: FormTarget | undefined
  } & SignInAlternatives,
): Page => {
  const title = titleOf(p)
  return card(
    title,
    html`<h1>${title}</h1>
<p class="lead">${lead(p)}</p>
${form(
  p,
  html`${alert(p.problem)}${p.factor !== undefined && hidden('factor', p.factor)}
${userNameField({ value: p.username, autofocus: p.username === '', wrong: p.problem !== undefined })}
${passwordField({ label: 'Password', autofocus: p.username !== '', wrong: p.problem !== undefined })}
${submit('Continue')}
${p.byAddress && html`<button class="button quiet" type="submit" name="way" value="address" formnovalidate>Use my organization’s sign-in</button>`}`,
)}
${
  p.providers !== undefined &&
  p.providers.length > 0 &&
  html`<p class="or" aria-hidden="true">or</p><ul class="ways">${p.providers.map((way) => html`<li><a class="button quiet wide-button" href="${way.href}">Continue with ${way.title}</a></li>`)}</ul>`
}
${p.back !== undefined && html`<p class="aside"><a href="${p.back}">Sign in another way</a></p>`}
${p.restart !== undefined && html`<div class="aside">${buttonForm(p.restart, 'Sign in another way', 'link')}</div>`}
${p.cancel !== undefined && html`<div class="aside">${buttonForm(p.cancel, `Back to ${p.application ?? 'the application'}`, 'link')}</div>`}`,
  )
}

/** Alternatives to the password of this server. */
interface SignInAlternatives {
  /** Value of the form's hidden field `factor`: which password the form is for. */
  readonly factor?: string | undefined
  /** Title of the directory whose password the form takes. */
  readonly directory?: string | undefined
  readonly providers?: readonly { readonly title: string; readonly href: string }[]
  /** Some provider is selected by the domain of an e-mail address. */
  readonly byAddress?: boolean
  /** An identity connected to no user yet; it will be connected to the user who signs in now. */
  readonly connecting?:
    | {
        readonly title: string
        readonly label: string
        /** The provider of the domain of the identity's e-mail address. */
        readonly domainProvider?: { readonly title: string; readonly href: string } | undefined
      }
    | undefined
  readonly back?: string | undefined
  readonly restart?: FormTarget | undefined
}

const titleOf = (p: SignInAlternatives & { readonly again: boolean }): string => {
  if (p.connecting !== undefined) return 'Connect your account'
  if (p.directory !== undefined) return `Sign in with ${p.directory}`
  return p.again ? 'Confirm it is you' : 'Sign in'
}

const domainProviderHint = ({
  title,
  domainProvider,
}: NonNullable<SignInAlternatives['connecting']>): Html | undefined =>
  domainProvider &&
  html` If you usually sign in with ${domainProvider.title}, <a href="${domainProvider.href}">sign in with ${domainProvider.title}</a> and connect ${title} on your account page.`

const lead = (
  p: SignInAlternatives & { readonly application: string | undefined; readonly again: boolean },
): Html => {
  if (p.connecting !== undefined)
    return html`No account here is connected to <strong>${p.connecting.label}</strong> at ${p.connecting.title} yet. Sign in to your account to connect it. From then on you can sign in with ${p.connecting.title}.${domainProviderHint(p.connecting)}`
  if (p.again)
    return html`Enter your password again to continue${p.application !== undefined && html` to <strong>${p.application}</strong>`}.`
  return p.application === undefined
    ? html`to your account`
    : html`to continue to <strong>${p.application}</strong>`
}

/** The second factor, from an authenticator app. */
export const codePage = (
  p: SignInForm & { readonly user: string; readonly recovery: string; readonly restart: FormTarget },
): Page =>
  card(
    'Enter your code',
    html`<h1>Enter your code</h1>
<p class="lead">Open your authenticator app and enter the code it shows for <strong>${p.user}</strong>.</p>
${form(
  p,
  html`${alert(p.problem)}
${codeField({ autofocus: true, wrong: p.problem !== undefined })}
${submit('Sign in')}`,
)}
<div class="aside"><p><a href="${p.recovery}">Use a recovery code</a></p>${buttonForm(p.restart, `Not ${p.user}?`, 'link')}</div>`,
  )

/** The second factor without the authenticator app. */
export const recoveryPage = (p: SignInForm & { readonly user: string; readonly back: string }): Page =>
  card(
    'Use a recovery code',
    html`<h1>Use a recovery code</h1>
<p class="lead">Enter one of the codes you saved when you set up your authenticator. Each works once.</p>
${form(
  p,
  html`${alert(p.problem)}
<input type="hidden" name="factor" value="recovery">
${recoveryCodeField({ autofocus: true, wrong: p.problem !== undefined })}
${submit('Sign in')}`,
)}
<p class="aside"><a href="${p.back}">Use your authenticator app</a></p>`,
  )

/** A generated or administrator-set password must be replaced first. */
export const newPasswordPage = (
  p: SignInForm & { readonly user: string; readonly step?: string | undefined; readonly rule: string },
): Page =>
  card(
    'Choose a password',
    html`${eyebrow(p.step)}<h1>Choose a password</h1>
<p class="lead">The password you were given is temporary. Choose your own to continue.</p>
${form(
  p,
  html`${alert(p.problem)}
<input class="visually-hidden" type="text" name="username" value="${p.user}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
${passwordField({ label: 'New password', fresh: true, autofocus: true, wrong: p.problem !== undefined, note: p.rule })}
${passwordField({ label: 'Confirm new password', name: 'again', fresh: true, wrong: p.problem !== undefined })}
${submit('Save password')}`,
)}`,
  )

export interface Enrolment {
  readonly qr: Html
  /** Base32 secret, for apps that cannot scan. */
  readonly key: string
  /** `otpauth://…` URI, which opens an authenticator app on the same device. */
  readonly uri: string
}

/** Displayed in groups of four and copied in one piece: the gaps come from the stylesheet. */
const grouped = (key: string): Html =>
  html`${(key.match(/.{1,4}/g) ?? []).map((group) => html`<span>${group}</span>`)}`

export const enrolmentParts = (e: Enrolment): Html => html`<div class="qr-frame">${e.qr}</div>
<div class="manual"><p class="note">Can’t scan it? Enter this key in your app instead:</p>
<p class="key"><code id="totp-secret">${grouped(e.key)}</code></p>
<p class="note only-touch"><a href="${e.uri}">Open in an app on this device</a></p></div>`

/** The first authenticator app, during sign-in. */
export const enrolPage = (p: SignInForm & Enrolment & { readonly step?: string | undefined }): Page =>
  card(
    'Set up your authenticator',
    html`${eyebrow(p.step)}<h1>Set up your authenticator</h1>
<p class="lead">Scan this QR code with an authenticator app on your phone, then enter the six-digit code it shows.</p>
${enrolmentParts(p)}
${form(
  p,
  html`${alert(p.problem)}
${codeField({ wrong: p.problem !== undefined })}
${submit('Turn on')}`,
)}`,
  )

const eyebrow = (step: string | undefined): Html =>
  html`${step !== undefined && html`<p class="eyebrow">${step}</p>`}`

export const codeList = (
  codes: readonly string[],
): Html => html`<ol class="codes" id="recovery-codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ol>
<p class="aside start"><a class="button quiet" download="chancery-recovery-codes.txt" href="data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join('\n')}\n`)}">Download as a text file</a></p>`

/** The new recovery codes. They can be shown only this once. */
export const recoveryCodesPage = (
  p: FormTarget & { readonly codes: readonly string[]; readonly step?: string | undefined },
): Page =>
  card(
    'Save your recovery codes',
    html`${eyebrow(p.step)}<h1>Save your recovery codes</h1>
<p class="lead">If you lose your phone, each of these signs you in once. They are shown <strong>only now</strong>: keep them in your password manager or on paper.</p>
${codeList(p.codes)}
${form(p, submit('I have saved them'))}`,
  )

/** After a reload or the back button: the codes cannot be shown again. */
export const recoveryCodesGonePage = (p: FormTarget): Page =>
  card(
    'Your recovery codes were already shown',
    html`<h1>Your recovery codes were already shown</h1>
<p class="lead">They are shown only once. If you did not save them, make new ones. The old ones will stop working.</p>
${form(
  p,
  html`${submit('I have saved them')}
<button class="button quiet" type="submit" name="renew" value="yes">Make new codes</button>`,
)}`,
  )
