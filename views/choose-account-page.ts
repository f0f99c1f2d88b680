// `prompt=select_account`: continue as the signed-in user, or sign in with another account.
import { buttonForm, type FormTarget, form, submit } from './form.ts'
import { html } from './html.ts'
import type { Page } from './layout.ts'
import { monogram } from './marks.ts'

export interface AccountChoice {
  readonly user: string
  readonly clientName: string
  /** Continues as `user`. */
  readonly same: FormTarget
  /** Signs in with another account. */
  readonly other: FormTarget
}

export const chooseAccountPage = (p: AccountChoice): Page => ({
  title: 'Choose an account',
  kind: 'card',
  body: html`<div class="who-asks">${monogram(p.user)}</div>
<h1>Choose an account</h1>
<p class="lead">to continue to <strong>${p.clientName}</strong></p>
${form(p.same, submit(`Continue as ${p.user}`))}
${buttonForm(p.other, 'Use another account', 'quiet wide-button')}`,
})
