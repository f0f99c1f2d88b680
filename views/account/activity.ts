// Own activity, and the page from which a person downloads what is stored about them.

import type { Translate } from '../html.ts'
import { type Html, html } from '../html.ts'
import type { Message } from '../languages/message.ts'
import { ownPage as own, type Page } from '../layout.ts'
import { crumb, row, smallLink } from './parts.ts'

export interface ActivityView {
  readonly token: string
  readonly user: string
  readonly entries: readonly {
    /** Epoch seconds. */
    readonly at: number
    readonly action: string
    readonly outcome: 'done' | 'denied' | 'refused' | 'failed'
    /** ARN. */
    readonly resource?: string | undefined
    readonly sourceIp: string
    /** Browser and system; empty when unknown. */
    readonly device: string
  }[]
  /** Of the next page. */
  readonly cursor: string | undefined
}

/** Actions in words; others are shown by their name. */
const sentences: ReadonlyMap<string, Message> = new Map([
  ['signin:SignIn', 'Sign-in'],
  ['signin:FederatedSignIn', 'Sign-in'],
  ['signin:CheckPassword', 'Password entered'],
  ['signin:CheckPasskey', 'Passkey used'],
  ['oidc:SignIn', 'Sign-in to an application'],
  ['oidc:SignOut', 'Sign-out'],
  ['oidc:IssueToken', 'Token issued to an application'],
  ['oidc:Consent', 'Access allowed to an application'],
  ['oidc:WithdrawConsent', 'Access of an application withdrawn'],
  ['sts:AssumeRole', 'Role assumed'],
  ['sts:ExchangeToken', 'Role assumed'],
  ['account:ChangePassword', 'Password changed'],
  ['account:AddPasskey', 'Passkey added'],
  ['account:RenamePasskey', 'Passkey renamed'],
  ['account:RemovePasskey', 'Passkey removed'],
  ['signin:EnrolTotp', 'Authenticator app added'],
  ['account:RenameTotp', 'Authenticator app renamed'],
  ['account:RemoveTotp', 'Authenticator app removed'],
  ['account:RequestAccess', 'Access asked for'],
  ['account:WithdrawAccessRequest', 'Request for access taken back'],
  ['iam:CreateAccessKey', 'Access key created'],
  ['iam:DeleteAccessKey', 'Access key deleted'],
])

/** `/account/activity`. */
export const activityPage = (p: ActivityView): Page =>
  own(
    p,
    (t) => t('Activity'),
    (t) => html`<div class="page-head">${crumb(t)}<h1>${t('Activity')}</h1>
<p class="lead">${t('What you did here, and what was refused in your name. The newest first.')}</p></div>
<ul class="rows">${p.entries.length === 0 ? html`<li class="row"><p class="note">${t('None yet.')}</p></li>` : p.entries.map((entry) => entryRow(t, entry))}</ul>
${p.cursor !== undefined && html`<p>${smallLink(`/account/activity?${new URLSearchParams({ cursor: p.cursor })}`, t('Show more'))}</p>`}`,
  )

function entryRow(t: Translate, entry: ActivityView['entries'][number]): Html {
  const sentence = sentences.get(entry.action)
  const place = [entry.device, entry.sourceIp].filter((text) => text !== '').join(' · ')
  return row({
    title: html`${sentence === undefined ? html`<code>${entry.action}</code>` : t(sentence)}${entry.outcome !== 'done' && html` <span class="badge bad">${entry.outcome === 'failed' ? t('Failed') : t('Refused')}</span>`}`,
    text: html`${t.date(entry.at)}${place !== '' && html` · ${place}`}${entry.resource !== undefined && html`<br><code class="break">${entry.resource}</code>`}`,
  })
}

/** `/account/data`. */
export const dataPage = (p: { readonly token: string; readonly user: string }): Page =>
  own(
    p,
    (t) => t('Download my data'),
    (t) =>
      html`<div class="narrow">${crumb(t)}<h1>${t('Download my data')}</h1><p class="lead">${t('What is stored about you, as a JSON file: profile, sign-in methods without secrets, sessions, browsers you trust, applications, access keys without secrets, and your newest 1,000 activities.')}</p>
<a class="button primary" href="/account/data.json" download>${t('Download')}</a></div>`,
  )
