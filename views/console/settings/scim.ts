// Bearer tokens for SCIM: the list, and a token that was just made.
import { type Html, html } from '../../html.ts'
import {
  act,
  code,
  command,
  copied,
  done,
  facts,
  heading,
  type ListLinks,
  listFoot,
  table,
  when,
} from '../frame/parts.ts'
import { t, type Words } from '../message.ts'
import { personPath } from '../people/people.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface ScimTokenRow {
  readonly id: string
  readonly userId: string
  readonly description?: string | undefined
  readonly verifiesEmail: boolean
  readonly createdAt: string
  readonly expiresAt?: string | undefined
  readonly lastUsed?: string | undefined
}

export const scimTokensPath = '/console/settings/scim'
export const revokeTokenPath = (id: string): string => `${scimTokensPath}/${encodeURIComponent(id)}/delete`

export const scimPage = (p: {
  readonly tokens: readonly ScimTokenRow[]
  readonly links: ListLinks
  /** Where SCIM clients call. */
  readonly base: string
  readonly deniedCreate: string | undefined
  readonly deniedDelete: string | undefined
  readonly done: Words | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: t('Settings'),
  acts: act({
    href: `${scimTokensPath}/new`,
    label: t('New token'),
    denied: p.deniedCreate,
    look: 'primary',
  }),
})}
${settingsTabs('scim')}
${done(p.done)}
<p class="sub">${t('A directory creates, changes and disables people here by SCIM 2.0. Each token acts as one person, with the permissions of that person.')}</p>
${facts([[t('Base URL'), code(p.base)]])}
${table(
  t('SCIM tokens'),
  [
    {
      title: t('For'),
      cell: (token) =>
        html`<span class="strong">${token.description ?? t('Not said')}</span><span class="note reason break">${token.id}${token.verifiesEmail && html`<br>${t('Addresses that it sets count as confirmed')}`}</span>`,
    },
    {
      title: t('Acts as'),
      cell: (token) => html`<a class="break" href="${personPath(token.userId)}">${token.userId}</a>`,
    },
    { title: t('Last used'), cell: (token) => when(token.lastUsed) },
    { title: t('Ends'), cell: (token) => when(token.expiresAt) },
    {
      title: t('Revoke'),
      cell: (token) => act({ href: revokeTokenPath(token.id), label: t('Revoke'), denied: p.deniedDelete }),
    },
  ],
  p.tokens,
  t('No SCIM token.'),
)}
${listFoot(p.links)}
${command(p.commands)}`

/** The only page that shows the token. */
export const scimTokenPage = (p: {
  readonly token: string
  readonly user: string
  readonly base: string
  readonly expiresAt: string | undefined
}): Html => html`${heading({
  title: t('Copy the token now'),
  crumb: { href: scimTokensPath, title: t('SCIM') },
  lead:
    p.expiresAt === undefined
      ? t('It is shown only now. It acts as {user}, and does not end by itself.', { user: strong(p.user) })
      : t('It is shown only now. It acts as {user}, and ends {date}.', {
          user: strong(p.user),
          date: when(p.expiresAt),
        }),
})}
${copied('scim-token', t('the token'), p.token)}
${facts([[t('Base URL'), code(p.base)]])}
<p><a class="button quiet small" href="${scimTokensPath}">${t('I have copied it')}</a></p>`

const strong = (text: string): Html => html`<strong>${text}</strong>`
