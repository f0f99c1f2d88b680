// Asking to become a role for a time: the form, and the person's requests on the page of their roles.

import { alert, areaField, buttonForm, choiceField, type FormTarget, form, hidden, submit } from '../form.ts'
import type { Translate } from '../html.ts'
import { type Fragment, html } from '../html.ts'
import type { Message } from '../languages/message.ts'
import { ownPage as own, type Page } from '../layout.ts'
import { row } from './parts.ts'

/** Choices of the form, in seconds. */
export const accessDurations: readonly (readonly [seconds: number, label: Message])[] = [
  [3600, '1 hour'],
  [4 * 3600, '4 hours'],
  [8 * 3600, '8 hours'],
  [86_400, '1 day'],
  [7 * 86_400, '7 days'],
  [30 * 86_400, '30 days'],
]

export interface OwnAccessRequest {
  readonly id: string
  /** ARN, and its last part. */
  readonly role: string
  readonly name: string
  readonly reason: string
  readonly state: 'open' | 'approved' | 'refused' | 'ended'
  /** Epoch seconds: of the request while it is open, the end of the access, or of the refusal. */
  readonly at: number
  readonly answer: string | undefined
}

const stateMessages = {
  open: 'Waiting for a decision since {date}.',
  approved: 'Approved until {date}.',
  refused: 'Refused on {date}.',
  ended: 'Ended on {date}.',
} as const satisfies Readonly<Record<OwnAccessRequest['state'], Message>>

/** Nothing when there are none. @param target of the form that takes a request back */
export const ownAccessRequests = (
  t: Translate,
  target: FormTarget,
  requests: readonly OwnAccessRequest[],
): Fragment =>
  requests.length > 0 &&
  html`<section aria-labelledby="requests"><div class="section-head"><h2 id="requests">${t('Your requests')}</h2></div>
<ul class="rows tall">${requests.map((one) =>
    row({
      title: one.name,
      text: html`${t(stateMessages[one.state], { date: t.date(one.at) })}${one.answer !== undefined && html`<br>${t('An administrator says: {answer}', { answer: one.answer })}`}<br>${t('Your reason: {reason}', { reason: one.reason })}`,
      act:
        one.state === 'open'
          ? buttonForm(
              target,
              html`${t('Take back')}<span class="visually-hidden">: ${one.name}</span>`,
              'quiet small',
              hidden('request', one.id),
            )
          : undefined,
    }),
  )}</ul></section>`

export interface AskForAccessView extends FormTarget {
  readonly user: string
  /** ARN, and its last part. */
  readonly role: string
  readonly name: string
  readonly description?: string | undefined
  readonly reason: string
  /** Seconds. */
  readonly wished: number
  readonly problem?: string | undefined
}

/** `/account/roles/ask`. */
export const askForAccessPage = (p: AskForAccessView): Page =>
  own(
    p,
    (t) => t('Ask for {role}', { role: p.name }),
    (
      t,
    ) => html`<div class="narrow"><p class="crumb"><a href="/account/roles">${t('Roles')}</a></p><h1>${t('Ask for {role}', { role: p.name })}</h1>
<p class="lead">${t('An administrator decides. Until then nothing changes.')}</p>
<p class="note">${p.description && html`${p.description}<br>`}<code class="break">${p.role}</code></p>
${form(
  p,
  html`${hidden('role', p.role)}${alert(p.problem, t)}
${areaField({ name: 'reason', label: t('Reason'), value: p.reason, note: t('Who decides reads it. It is recorded.'), maxLength: 500, wrong: p.problem !== undefined })}
${choiceField({ name: 'seconds', label: t('For how long'), value: String(p.wished), note: t('The time begins when your request is approved.'), options: accessDurations.map(([seconds, label]) => [String(seconds), t(label)]) })}
${submit(t('Send the request'))}`,
)}</div>`,
  )
