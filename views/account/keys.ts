// Own access keys: the list, a new one, and the question before one is deleted.

import { alertOf, buttonForm, copyButton, type FormTarget, form, hidden, submit } from '../form.ts'
import type { Translate } from '../html.ts'
import { type Fragment, type Html, html } from '../html.ts'
import { ownPage as own, type Page } from '../layout.ts'
import { crumb, row, smallLink } from './parts.ts'

const path = '/account/keys'

interface ShownKey {
  readonly id: string
  readonly active: boolean
  /** Epoch seconds. */
  readonly since: number
  readonly lastUsed: { readonly at: number; readonly service: string } | undefined
}

/** Which of the permissions the person lacks. */
export interface KeyPermissions {
  readonly list: boolean
  readonly create: boolean
  readonly update: boolean
  readonly remove: boolean
}

export interface KeysView {
  readonly token: string
  readonly user: string
  readonly arn: string
  readonly may: KeyPermissions
  readonly keys: readonly ShownKey[]
  readonly problem?: 'quota' | undefined
}

/** `/account/keys`. */
export const keysPage = (p: KeysView): Page =>
  own(
    p,
    (t) => t('Access keys'),
    (t) => html`<div class="page-head">${crumb(t)}<h1>${t('Access keys')}</h1>
<p class="lead">${t('For programs that sign requests as you. Credentials of a role are safer where they are enough: they end by themselves.')}</p></div>
${p.problem === 'quota' && alertOf(t('You have as many access keys as are allowed. Delete one first.'))}
<ul class="rows tall">${
      p.may.list
        ? p.keys.length === 0
          ? html`<li class="row"><p class="note">${t('None yet.')}</p></li>`
          : p.keys.map((key) => keyRow(t, p, key))
        : html`<li class="row"><p class="note">${missing(t, p, 'iam:ListAccessKeys')}</p></li>`
    }</ul>
${p.may.create ? html`<p>${smallLink(`${path}/create`, t('Create an access key'))}</p>` : html`<p><button class="button quiet small" type="button" disabled>${t('Create an access key')}</button></p><p class="note">${missing(t, p, 'iam:CreateAccessKey')}</p>`}
${p.may.list && p.keys.length > 0 && !p.may.update && html`<p class="note">${missing(t, p, 'iam:UpdateAccessKey')}</p>`}
${p.may.list && p.keys.length > 0 && !p.may.remove && html`<p class="note">${missing(t, p, 'iam:DeleteAccessKey')}</p>`}`,
  )

const missing = (t: Translate, { arn }: KeysView, permission: string): Html =>
  t('You lack the permission {permission} on {resource}.', {
    permission: html`<code>${permission}</code>`,
    resource: html`<code class="break">${arn}</code>`,
  })

const keyRow = (t: Translate, p: KeysView, key: ShownKey): Html =>
  row({
    title: html`<code>${key.id}</code> ${key.active ? html`<span class="badge">${t('Active')}</span>` : html`<span class="badge plain">${t('Inactive')}</span>`}`,
    text: html`${t('created {date}', { date: t.date(key.since) })} · ${key.lastUsed === undefined ? t('not used yet') : t('last used {date} for {service}', { date: t.date(key.lastUsed.at), service: key.lastUsed.service })}`,
    act: html`${p.may.update && html`${buttonForm({ action: `${path}/status`, token: p.token }, key.active ? t('Deactivate') : t('Activate'), 'quiet small', html`${hidden('key', key.id)}${hidden('status', key.active ? 'Inactive' : 'Active')}`)} `}${p.may.remove && smallLink(`${path}/delete?${new URLSearchParams({ key: key.id })}`, t('Delete'), t('Delete {name}', { name: key.id }))}`,
  })

const narrow = (t: Translate, title: Fragment, body: Html): Html =>
  html`<div class="narrow"><p class="crumb"><a href="${path}">${t('Access keys')}</a></p><h1>${title}</h1>${body}</div>`

/** `/account/keys/create`, the question. */
export const createKeyPage = (p: FormTarget & { readonly user: string }): Page =>
  own(
    p,
    (t) => t('Create an access key'),
    (t) =>
      narrow(
        t,
        t('Create an access key?'),
        html`<p class="lead">${t('It can do what you can, until you delete it. The secret is shown once.')}</p>
${form(p, submit(t('Create it')))}
<a class="button quiet wide-button" href="${path}">${t('Not now')}</a>`,
      ),
  )

/** The answer to its form: the only place where the secret is shown. */
export const createdKeyPage = (p: {
  readonly token: string
  readonly user: string
  readonly id: string
  readonly secret: string
}): Page =>
  own(
    p,
    (t) => t('Your new access key'),
    (t) =>
      narrow(
        t,
        t('Your new access key'),
        html`<p class="lead">${t('The secret is shown only now. Put it into your password manager or the configuration of your program.')}</p>
<h2>${t('Access key id')}</h2><div class="copied"><pre id="key-id" tabindex="0"><code>${p.id}</code></pre>${copyButton(t, 'key-id')}</div>
<h2>${t('Secret access key')}</h2><div class="copied"><pre id="key-secret" tabindex="0"><code>${p.secret}</code></pre>${copyButton(t, 'key-secret')}</div>
<a class="button primary" href="${path}">${t('I have saved it')}</a>`,
      ),
  )

/** `/account/keys/delete`. */
export const deleteKeyPage = (p: FormTarget & { readonly user: string; readonly key: string }): Page =>
  own(
    p,
    (t) => t('Delete {name}?', { name: p.key }),
    (t) =>
      narrow(
        t,
        t('Delete {name}?', { name: p.key }),
        html`<p class="lead">${t('Programs that use it are refused at once, and sessions that were made with it end.')}</p>
${form(p, html`${hidden('key', p.key)}<button class="button danger" type="submit">${t('Delete')}</button>`)}
<a class="button quiet wide-button" href="${path}">${t('Keep it')}</a>`,
      ),
  )
