// Roles: the roles that the signed-in person can become, and the credentials of one of them.

import { alert, alertOf, buttonForm, copyButton, type FormTarget, hidden } from '../form.ts'
import type { Translate } from '../html.ts'
import { type Fragment, type Html, html } from '../html.ts'
import type { Message } from '../languages/message.ts'
import { ownPage as own, type Page } from '../layout.ts'
import { type OwnAccessRequest, ownAccessRequests } from './access-requests.ts'
import { crumb, row, smallLink } from './parts.ts'

export type RoleStanding =
  | { readonly is: 'available' }
  | { readonly is: 'second-factor' }
  | {
      readonly is: 'denied'
      readonly layer: string
      readonly explicit: boolean
      /** Condition keys. */
      readonly conditions: readonly string[]
    }

interface ShownRole {
  readonly arn: string
  readonly name: string
  readonly accountId: string
  readonly description?: string | undefined
  readonly standing: RoleStanding
  /** Whether the person may ask to become it; `asked`: they did, and nobody has decided. */
  readonly ask: 'no' | 'may' | 'asked'
}

export interface RolesView extends FormTarget {
  readonly user: string
  /** ARN of the role that the person was just refused. */
  readonly refused: string | undefined
  /** Of what the person just did: a message of the catalogues. */
  readonly done: string | undefined
  readonly problem: string | undefined
  readonly requests: readonly OwnAccessRequest[]
  /** Of the form that takes a request back. */
  readonly withdraw: FormTarget
  readonly search: string
  /** Whether roles that they cannot become may be shown, and whether they are. */
  readonly mayListRoles: boolean
  readonly denied: boolean
  /** Account of the person: roles of other accounts are marked. */
  readonly accountId: string
  readonly hasSecondFactor: boolean
  readonly usedSecondFactor: boolean
  readonly roles: readonly ShownRole[]
  /** Of the next page. */
  readonly cursor: string | undefined
}

const path = '/account/roles'

function pathWith(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** `/account/roles`. */
export const rolesPage = (p: RolesView): Page =>
  own(
    p,
    (t) => t('Roles'),
    (t) => html`<div class="page-head">${crumb(t)}<h1>${t('Roles')}</h1>
<p class="lead">${t('Get credentials of a role for the command line or an SDK. They end after an hour.')}</p></div>
${p.done !== undefined && html`<p class="done" role="status"><span class="sign" aria-hidden="true">✓</span><span>${t.known(p.done)}</span></p>`}${alert(p.problem, t)}
${p.refused !== undefined && alertOf(t('You cannot become {role} with this sign-in.', { role: html`<code class="break">${p.refused.slice(0, 256)}</code>` }))}
${ownAccessRequests(t, p.withdraw, p.requests)}
<form class="search" method="get" action="${path}" role="search"><label class="visually-hidden" for="q">${t('Name of the role')}</label><input class="search-text" type="text" id="q" name="q" value="${p.search}" maxlength="600" placeholder="${t('Name of the role')}" autocapitalize="none" autocorrect="off" spellcheck="false">${p.denied && hidden('all', 'yes')}<button class="button quiet" type="submit">${t('Search')}</button></form>
<ul class="rows tall">${p.roles.length === 0 ? html`<li class="row"><p class="note">${nothing(t, p)}</p></li>` : p.roles.map((role) => roleRow(t, p, role))}</ul>
${p.cursor !== undefined && html`<p>${smallLink(pathWith({ q: p.search, all: p.denied ? 'yes' : undefined, cursor: p.cursor }), t('Show more'))}</p>`}
${p.mayListRoles && html`<p class="note"><a href="${pathWith({ q: p.search, all: p.denied ? undefined : 'yes' })}">${p.denied ? t('Show only roles that you can become') : t('Show also roles that you cannot become')}</a></p>`}`,
  )

const nothing = (t: Translate, p: RolesView): Html => {
  if (p.cursor !== undefined) return t('None among the first roles. There are more.')
  return p.search === ''
    ? t('There is no role that you can become.')
    : t('No role that you can become begins so.')
}

const roleRow = (t: Translate, p: RolesView, role: ShownRole): Html =>
  row({
    title: html`${role.name}${role.accountId !== p.accountId && html` <span class="badge plain">${t('Account {account}', { account: role.accountId })}</span>`}`,
    text: html`${role.description && html`${role.description}<br>`}<code class="break">${role.arn}</code>${role.standing.is !== 'available' && html`<br>${reason(t, p, role)}`}`,
    act: act(t, p, role),
  })

function act(t: Translate, p: RolesView, { arn, name, standing, ask }: ShownRole): Fragment {
  if (standing.is === 'available')
    return buttonForm(p, t('Get credentials'), 'primary small', hidden('role', arn))
  if (standing.is === 'denied') return ask === 'may' ? askLink(t, arn, name) : undefined
  if (!p.hasSecondFactor) return smallLink('/account/authenticator/add', t('Add an authenticator app'))
  return smallLink(
    `${path}/confirm?${new URLSearchParams({ q: p.search })}`,
    t('Confirm it is you'),
    t('Confirm it is you, for {name}', { name }),
  )
}

const askLink = (t: Translate, arn: string, name: string): Html =>
  smallLink(
    `${path}/ask?${new URLSearchParams({ role: arn })}`,
    t('Ask for access'),
    html`${t('Ask for access')}: ${name}`,
  )

function reason(t: Translate, p: RolesView, { arn, standing, ask }: ShownRole): Html {
  if (ask === 'may') return t('You cannot become it, but you can ask for it.')
  if (ask === 'asked') return t('You asked for it.')
  if (standing.is === 'second-factor')
    return p.usedSecondFactor
      ? t('Needs a more recent sign-in with a second factor.')
      : t('Needs a second factor.')
  if (standing.is === 'available') return html``
  const needed = html`<code>sts:AssumeRole</code>`
  if (standing.explicit) return t('A policy denies it to you.')
  if (standing.conditions.length > 0)
    return t('A condition does not hold: {keys}. An administrator can tell you more.', {
      keys: html`<code>${standing.conditions.join(', ')}</code>`,
    })
  const role = html`<code class="break">${arn}</code>`
  if (standing.layer === 'trust')
    return t('The role does not trust you. Ask an administrator to add you to its trust policy.')
  const message: Message =
    standing.layer === 'identity'
      ? 'None of your policies allows it. Ask an administrator for {permission} on {role}.'
      : 'A limit of your account does not allow it. Ask an administrator for {permission} on {role}.'
  return t(message, { permission: needed, role })
}

export interface RoleCredentialsView {
  readonly token: string
  readonly user: string
  /** Name of the role. */
  readonly role: string
  /** Of the session. */
  readonly arn: string
  /** Epoch seconds. */
  readonly expiration: number
  readonly shell: string
  readonly powerShell: string
  readonly profile: string
  readonly process: string
  readonly json: string
}

/** `/account/roles/credentials`, the answer to its form. The credentials can be shown only this once. */
export const roleCredentialsPage = (p: RoleCredentialsView): Page =>
  own(
    p,
    (t) => t('Credentials of {role}', { role: p.role }),
    (
      t,
    ) => html`<div class="page-head"><p class="crumb"><a href="${path}">${t('Roles')}</a></p><h1>${t('Credentials of {role}', { role: p.role })}</h1>
<p class="lead">${t('They are shown only now.')}</p>
<p class="note">${t('Valid until {date}', { date: t.date(p.expiration) })} <span class="badge" role="timer" data-ends="${p.expiration}" data-text="${t('ends in {time}', { time: '…' })}" data-over="${t('ended')}" hidden></span></p></div>
<div class="formats">
${format(t, { id: 'shell', title: t('Shell'), note: t('Paste into a terminal with sh, bash or zsh.'), text: p.shell, open: true })}
${format(t, { id: 'powershell', title: t('PowerShell'), note: t('Paste into a PowerShell window.'), text: p.powerShell })}
${format(t, { id: 'profile', title: t('AWS profile'), note: t('Add to {file}. SDKs read it, too.', { file: html`<code>~/.aws/credentials</code>` }), text: p.profile })}
${format(t, { id: 'process', title: t('Renewed automatically'), note: t('Add to {file}. It gets new credentials by itself, with an access key in your profile {profile}.', { file: html`<code>~/.aws/config</code>`, profile: html`<code>default</code>` }), text: p.process })}
${format(t, { id: 'json', title: 'JSON', note: t('For SDKs and scripts.'), text: p.json })}
</div>
<p class="note">${t('They end early when your account is disabled, when an administrator signs you out, or when the role is deleted. Signing out here does not end them.')}</p>
<dl class="facts"><dt>${t('Session')}</dt><dd><code class="break">${p.arn}</code></dd></dl>`,
  )

const format = (
  t: Translate,
  f: {
    readonly id: string
    readonly title: Fragment
    readonly note: Html
    readonly text: string
    readonly open?: boolean
  },
): Html =>
  html`<details name="format" class="format"${f.open && html` open`}><summary><h2>${f.title}</h2></summary><p class="note">${f.note}</p>
<div class="copied"><pre id="${f.id}" tabindex="0" aria-label="${f.title}"><code>${f.text}</code></pre>${copyButton(t, f.id)}</div></details>`
