// Pages about the account that an application is used with. `prompt=select_account`: continue as the signed-in user, or sign in with another account.
import { buttonForm, type FormTarget, form, submit } from '../form.ts'
import { html } from '../html.ts'
import type { Page } from '../layout.ts'
import { monogram } from '../marks.ts'

export interface AccountChoice {
  readonly user: string
  readonly clientName: string
  /** Continues as `user`. */
  readonly same: FormTarget
  /** Signs in with another account. */
  readonly other: FormTarget
}

export const chooseAccountPage = (p: AccountChoice): Page => ({
  title: (t) => t('Choose an account'),
  kind: 'card',
  body: (t) => html`<div class="who-asks">${monogram(p.user)}</div>
<h1>${t('Choose an account')}</h1>
<p class="lead">${t('to continue to {application}', { application: html`<strong>${p.clientName}</strong>` })}</p>
${form(p.same, submit(t('Continue as {user}', { user: p.user })))}
${buttonForm(p.other, t('Use another account'), 'quiet wide-button')}`,
})

export interface AccessRefusal {
  readonly user: string
  readonly clientName: string
  /** Returns to the application, which is told `access_denied`. */
  readonly back: FormTarget
  /** Signs in with another account. */
  readonly other: FormTarget
}

/** The signed-in user may not use the application. */
export const accessRefusedPage = (p: AccessRefusal): Page => ({
  title: (t) => t('No access'),
  kind: 'card',
  body: (t) => html`<div class="who-asks">${monogram(p.clientName)}</div>
<h1>${t('You do not have access to {application}', { application: p.clientName })}</h1>
<p class="lead">${t('You are signed in as {user}. Ask your administrator for access, or use another account.', { user: html`<strong>${p.user}</strong>` })}</p>
${form(p.other, submit(t('Use another account')))}
${buttonForm(p.back, t('Return to the application'), 'quiet wide-button')}`,
})
