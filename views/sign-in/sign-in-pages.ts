// Pages of the sign-in, one function per page.
import {
  alert,
  buttonForm,
  checkbox,
  codeField,
  copyButton,
  type FormTarget,
  form,
  hidden,
  passwordField,
  recoveryCodeField,
  submit,
  textField,
  userNameField,
} from '../form.ts'
import type { Translate } from '../html.ts'
import { type Fragment, type Html, html } from '../html.ts'
import type { Localized } from '../language.ts'
import type { Page } from '../layout.ts'
import { type PasswordRule, passwordRuleText } from '../password-rule.ts'
import { createPasskeyInstead, type PasskeyForm, usePasskeyForm } from './passkey-form.ts'

/** Common to every form of the sign-in. */
export interface SignInForm extends FormTarget {
  readonly problem?: string | undefined
}

const card = (title: Localized<Fragment>, body: Localized<Html>): Page => ({ title, kind: 'card', body })

/** Name and password. */
export const passwordPage = (
  p: SignInForm & {
    readonly username: string
    readonly application: string | undefined
    /** The user is signed in and must authenticate again. */
    readonly again: boolean
    /** What they must do so for. */
    readonly purpose?: keyof typeof purposes | undefined
    /** Whether a field takes the focus; default true. */
    readonly focus?: boolean
    /** Returns to the application without signing in. */
    readonly cancel?: FormTarget | undefined
    /** Where a person who forgot the password gets a new one. */
    readonly forgotten?: string | undefined
    /** Where people create an account by themselves. */
    readonly register?: string | undefined
  } & SignInAlternatives,
): Page => {
  const focus = p.focus ?? true
  return card(
    (t) => titleOf(t, p),
    (t) => html`<h1>${titleOf(t, p)}</h1>
<p class="lead">${lead(t, p)}</p>
${form(
  p,
  html`${alert(p.problem, t)}${p.factor !== undefined && hidden('factor', p.factor)}
${userNameField(t, { value: p.username, autofocus: focus && p.username === '', wrong: p.problem !== undefined, passkeys: p.passkey !== undefined })}
${passwordField(t, { label: t('Password'), autofocus: focus && p.username !== '', wrong: p.problem !== undefined })}
${submit(t('Continue'))}
${p.forgotten !== undefined && html`<p class="aside"><a href="${p.forgotten}">${t('Forgot your password?')}</a></p>`}
${p.byAddress && html`<button class="button quiet" type="submit" name="way" value="address" formnovalidate>${t('Use my organization’s sign-in')}</button>`}`,
)}
${p.passkey && usePasskeyForm(t, { ...p.passkey, label: t('Sign in with a passkey'), look: 'quiet wide-button', offers: true })}
${
  p.providers !== undefined &&
  p.providers.length > 0 &&
  html`<p class="or" aria-hidden="true">${t('or')}</p><ul class="ways">${p.providers.map((way) => html`<li><a class="button quiet wide-button" href="${way.href}">${t('Continue with {provider}', { provider: way.title })}</a></li>`)}</ul>`
}
${p.register !== undefined && html`<p class="aside">${t('No account yet?')} <a href="${p.register}">${t('Create one')}</a></p>`}
${p.back !== undefined && html`<p class="aside"><a href="${p.back}">${t('Sign in another way')}</a></p>`}
${p.restart !== undefined && html`<div class="aside">${buttonForm(p.restart, t('Sign in another way'), 'link')}</div>`}
${p.cancel !== undefined && html`<div class="aside">${buttonForm(p.cancel, p.application === undefined ? t('Return to the application') : t('Back to {application}', { application: p.application }), 'link')}</div>`}`,
  )
}

/** Alternatives to the password of this server. */
interface SignInAlternatives {
  /** Value of the form's hidden field `factor`: which password the form is for. */
  readonly factor?: string | undefined
  /** Title of the directory whose password the form takes. */
  readonly directory?: string | undefined
  readonly passkey?: PasskeyForm | undefined
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

const titleOf = (t: Translate, p: SignInAlternatives & { readonly again: boolean }): Html => {
  if (p.connecting !== undefined) return t('Connect your account')
  if (p.directory !== undefined) return t('Sign in with {provider}', { provider: p.directory })
  return p.again ? t('Confirm it is you') : t('Sign in')
}

const domainProviderHint = (
  t: Translate,
  { title, domainProvider }: NonNullable<SignInAlternatives['connecting']>,
): Html | undefined =>
  domainProvider &&
  html` ${t('If you usually sign in with {usual}, {link} and connect {provider} on your account page.', { usual: domainProvider.title, link: html`<a href="${domainProvider.href}">${t('sign in with {provider}', { provider: domainProvider.title })}</a>`, provider: title })}`

const purposes = {
  console:
    'To change people, apps, policies or settings, confirm that it is you. It stays confirmed for five minutes.',
  account:
    'To change how you sign in or to see your keys, codes and data, confirm that it is you. It stays confirmed for five minutes.',
} as const

const lead = (
  t: Translate,
  p: Pick<Parameters<typeof passwordPage>[0], 'application' | 'again' | 'purpose' | 'connecting'>,
): Html => {
  if (p.connecting !== undefined)
    return html`${t('No account here is connected to {name} at {provider} yet. Sign in to your account to connect it. From then on you can sign in with {provider}.', { name: html`<strong>${p.connecting.label}</strong>`, provider: p.connecting.title })}${domainProviderHint(t, p.connecting)}`
  if (p.again && p.purpose !== undefined) return t(purposes[p.purpose])
  if (p.again)
    return p.application === undefined
      ? t('Enter your password again to continue.')
      : t('Enter your password again to continue to {application}.', {
          application: html`<strong>${p.application}</strong>`,
        })
  return p.application === undefined
    ? t('to your account')
    : t('to continue to {application}', { application: html`<strong>${p.application}</strong>` })
}

interface SecondFactor extends SignInForm {
  readonly user: string
  /** URL of the form for a recovery code. */
  readonly recovery: string
  readonly restart: FormTarget
  /** Days for which the person may trust this browser; undefined when they may not. */
  readonly trustDays?: number | undefined
}

/** The choice to need no second factor in this browser for some days. */
const trustChoice = (t: Translate, { trustDays: days }: SecondFactor): Html =>
  html`${
    days !== undefined &&
    checkbox({
      name: 'trust',
      label:
        days === 1 ? t('Trust this browser for a day') : t('Trust this browser for {days} days', { days }),
      note: t('Your password is enough here then. Do not choose this on a computer that others use.'),
    })
  }`

const otherWays = (t: Translate, p: SecondFactor): Html =>
  html`<div class="aside"><p><a href="${p.recovery}">${t('Use a recovery code')}</a></p>${buttonForm(p.restart, t('Not {user}?', { user: p.user }), 'link')}</div>`

/** The second factor, from an authenticator app. */
export const codePage = (p: SecondFactor & { readonly passkey?: PasskeyForm | undefined }): Page =>
  card(
    (t) => t('Enter your code'),
    (t) => html`<h1>${t('Enter your code')}</h1>
<p class="lead">${t('Open your authenticator app and enter the code it shows for {user}.', { user: html`<strong>${p.user}</strong>` })}</p>
${form(
  p,
  html`${alert(p.problem, t)}
${codeField(t, { autofocus: true, wrong: p.problem !== undefined })}
${trustChoice(t, p)}
${submit(t('Sign in'))}`,
)}
${p.passkey && usePasskeyForm(t, { ...p.passkey, label: t('Use a passkey'), look: 'quiet wide-button', fields: hidden('trust', '') })}
${otherWays(t, p)}`,
  )

/** The second factor of a user who has passkeys and no authenticator app. */
export const passkeyPage = (p: SecondFactor & { readonly passkey: PasskeyForm }): Page =>
  card(
    (t) => t('Use your passkey'),
    (t) => html`<h1>${t('Use your passkey')}</h1>
<p class="lead">${t('Confirm with a passkey of {user} that it is you.', { user: html`<strong>${p.user}</strong>` })}</p>
${alert(p.problem, t)}
${usePasskeyForm(t, { ...p.passkey, label: t('Use a passkey'), look: 'primary', fields: trustChoice(t, p) })}
<p class="caution" data-passkey-unsupported><span class="sign" aria-hidden="true">!</span><span>${t('This browser does not support passkeys, or JavaScript is turned off. Use a recovery code or another browser.')}</span></p>
${otherWays(t, p)}`,
  )

/** The second factor without the authenticator app. */
export const recoveryPage = (p: SignInForm & { readonly user: string; readonly back: string }): Page =>
  card(
    (t) => t('Use a recovery code'),
    (t) => html`<h1>${t('Use a recovery code')}</h1>
<p class="lead">${t('Enter one of the codes you saved when you set up your authenticator. Each works once.')}</p>
${form(
  p,
  html`${alert(p.problem, t)}
<input type="hidden" name="factor" value="recovery">
${recoveryCodeField(t, { autofocus: true, wrong: p.problem !== undefined })}
${submit(t('Sign in'))}`,
)}
<p class="aside"><a href="${p.back}">${t('Use your authenticator app')}</a></p>`,
  )

/** A generated or administrator-set password must be replaced first. */
export const newPasswordPage = (
  p: SignInForm & {
    readonly user: string
    readonly step?: SetupPosition | undefined
    readonly rule: PasswordRule
  },
): Page =>
  card(
    (t) => t('Choose a password'),
    (t) => html`${eyebrow(t, p.step)}<h1>${t('Choose a password')}</h1>
<p class="lead">${t('The password you were given is temporary. Choose your own to continue.')}</p>
${form(
  p,
  html`${alert(p.problem, t)}
<input class="visually-hidden" type="text" name="username" value="${p.user}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
${passwordField(t, { label: t('New password'), fresh: true, autofocus: true, wrong: p.problem !== undefined, note: passwordRuleText(t, p.rule) })}
${passwordField(t, { label: t('Confirm new password'), name: 'again', fresh: true, wrong: p.problem !== undefined })}
${submit(t('Save password'))}`,
)}`,
  )

/** The name of the device that is being enrolled. @param others authenticators that the person has already */
export const deviceNameField = (t: Translate, name: string | undefined, others = 0): Html =>
  textField({
    name: 'name',
    label: t('Name of this device'),
    value: name ?? html`${t('My phone')}${others > 0 && ` ${others + 1}`}`,
    note: t('So that you recognize it on your account page.'),
    maxLength: 64,
  })

export interface Enrolment {
  /** What the person calls the device; undefined: a name that suits. */
  readonly name: string | undefined
  readonly qr: Html
  /** Base32 secret, for apps that cannot scan. */
  readonly key: string
  /** `otpauth://…` URI, which opens an authenticator app on the same device. */
  readonly uri: string
}

/** Displayed in groups of four and copied in one piece: the gaps come from the stylesheet. */
const grouped = (key: string): Html =>
  html`${(key.match(/.{1,4}/g) ?? []).map((group) => html`<span>${group}</span>`)}`

export const enrolmentParts = (
  t: Translate,
  e: Enrolment,
): Html => html`<div class="qr-frame" role="img" aria-label="${t('QR code for your authenticator app')}">${e.qr}</div>
<div class="manual"><p class="note">${t('Can’t scan it? Enter this key in your app instead:')}</p>
<p class="key"><code id="totp-secret">${grouped(e.key)}</code></p>
<p class="note only-touch"><a href="${e.uri}">${t('Open in an app on this device')}</a></p></div>`

/** The first second factor, during sign-in. */
export const enrolPage = (
  p: SignInForm &
    Enrolment & {
      readonly step?: SetupPosition | undefined
      /** Where a passkey does as well; its name is that of this browser. */
      readonly passkey?: (PasskeyForm & { readonly name: string }) | undefined
    },
): Page =>
  card(
    (t) => t('Set up your authenticator'),
    (t) => html`${eyebrow(t, p.step)}<h1>${t('Set up your authenticator')}</h1>
<p class="lead">${t('Scan this QR code with an authenticator app on your phone, then enter the six-digit code it shows.')}</p>
${enrolmentParts(t, p)}
${form(
  p,
  html`${alert(p.problem, t)}
${deviceNameField(t, p.name)}
${codeField(t, { wrong: p.problem !== undefined })}
${submit(t('Turn on'))}`,
)}
${p.passkey && createPasskeyInstead(t, p.passkey)}`,
  )

const eyebrow = (t: Translate, step: SetupPosition | undefined): Html =>
  html`${step !== undefined && html`<p class="eyebrow">${t('Step {number} of {count}', { ...step })}</p>`}`

/** Where a step is among those that set up the account. */
export interface SetupPosition {
  readonly number: number
  readonly count: number
}

export const codeList = (
  t: Translate,
  codes: readonly string[],
): Html => html`<ol class="codes" id="recovery-codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ol>
<p class="aside start keep">${copyButton(t, 'recovery-codes')}<button class="button quiet small" type="button" data-print hidden>${t('Print')}</button><a class="button quiet small" download="chancery-recovery-codes.txt" href="data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join('\n')}\n`)}">${t('Download as a text file')}</a></p>`

/** The new recovery codes. They can be shown only this once. */
export const recoveryCodesPage = (
  p: FormTarget & { readonly codes: readonly string[]; readonly step?: SetupPosition | undefined },
): Page =>
  card(
    (t) => t('Save your recovery codes'),
    (t) => html`${eyebrow(t, p.step)}<h1>${t('Save your recovery codes')}</h1>
<p class="lead">${t('If you lose your phone, each of these signs you in once. They are shown only now: keep them in your password manager or on paper.')}</p>
${codeList(t, p.codes)}
${form(p, submit(t('I have saved them')))}`,
  )

/** After a reload or the back button: the codes cannot be shown again. */
export const recoveryCodesGonePage = (p: FormTarget): Page =>
  card(
    (t) => t('Your recovery codes were already shown'),
    (t) => html`<h1>${t('Your recovery codes were already shown')}</h1>
<p class="lead">${t('They are shown only once. If you did not save them, make new ones. The old ones will stop working.')}</p>
${form(
  p,
  html`${submit(t('I have saved them'))}
<button class="button quiet" type="submit" name="renew" value="yes">${t('Make new codes')}</button>`,
)}`,
  )
