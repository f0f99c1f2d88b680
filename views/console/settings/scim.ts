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
  readonly done: string | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: 'Settings',
  acts: act({ href: `${scimTokensPath}/new`, label: 'New token', denied: p.deniedCreate, look: 'primary' }),
})}
${settingsTabs('scim')}
${done(p.done)}
<p class="sub">A directory creates, changes and disables people here by SCIM 2.0. Each token acts as one person, with the permissions of that person.</p>
${facts([['Base URL', code(p.base)]])}
${table(
  'SCIM tokens',
  [
    {
      title: 'For',
      cell: (token) =>
        html`<span class="strong">${token.description ?? 'Not said'}</span><span class="note reason break">${token.id}${token.verifiesEmail && html`<br>Addresses that it sets count as confirmed`}</span>`,
    },
    {
      title: 'Acts as',
      cell: (token) => html`<a class="break" href="${personPath(token.userId)}">${token.userId}</a>`,
    },
    { title: 'Last used', cell: (token) => when(token.lastUsed) },
    { title: 'Ends', cell: (token) => when(token.expiresAt) },
    {
      title: 'Revoke',
      cell: (token) => act({ href: revokeTokenPath(token.id), label: 'Revoke', denied: p.deniedDelete }),
    },
  ],
  p.tokens,
  'No SCIM token.',
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
  title: 'Copy the token now',
  crumb: { href: scimTokensPath, title: 'SCIM' },
  lead: html`It is shown only now. It acts as <strong>${p.user}</strong>${p.expiresAt === undefined ? ', and does not end by itself' : html`, and ends ${when(p.expiresAt)}`}.`,
})}
${copied('scim-token', 'the token', p.token)}
${facts([['Base URL', code(p.base)]])}
<p><a class="button quiet small" href="${scimTokensPath}">I have copied it</a></p>`
