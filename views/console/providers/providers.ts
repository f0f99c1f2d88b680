// Identity providers: the list, and what a check of one says.
import { type Html, html } from '../../html.ts'
import { badge, code, type ListView, listPage, section, stateBadge, table } from '../frame/parts.ts'
import { known, t, type Words } from '../message.ts'

export interface ProviderRow {
  readonly arn: string
  readonly name: string | undefined
  readonly kind: 'openid' | 'oauth2' | 'saml' | 'ldap'
  readonly issuer: string
  readonly disabled: boolean
  readonly fromFile: boolean
  /** People sign in with it. */
  readonly signIn: boolean
}

export const providerKindNames = {
  openid: 'OpenID Connect',
  oauth2: 'OAuth 2',
  saml: 'SAML',
  ldap: 'LDAP',
} as const

export const newProviderPath = '/console/providers/new'

export const providerPath = (arn: string): string => `/console/providers/one?arn=${encodeURIComponent(arn)}`

export const sourceName = (fromFile: boolean): Words => t(fromFile ? 'Configuration file' : 'Console or API')

export const providersPage = (p: ListView & { readonly providers: readonly ProviderRow[] }): Html =>
  listPage(p, {
    title: t('Providers'),
    lead: t('Where people sign in, and whose tokens workloads bring.'),
    add: { href: newProviderPath, label: t('New provider') },
    list: table(
      t('Identity providers'),
      [
        {
          title: t('Name'),
          cell: (one) =>
            html`<a class="strong" href="${providerPath(one.arn)}">${one.name ?? one.issuer}</a>`,
        },
        { title: t('Kind'), cell: (one) => providerKindNames[one.kind] },
        { title: t('Issuer'), cell: (one) => code(one.issuer) },
        { title: t('For'), cell: (one) => t(one.signIn ? 'People' : 'Workloads') },
        { title: t('Comes from'), cell: (one) => sourceName(one.fromFile) },
        { title: t('State'), cell: (one) => stateBadge('provider', one.disabled ? 'disabled' : 'enabled') },
      ],
      p.providers,
      t(
        'None yet. People sign in with a password or a passkey. A provider for workloads is made together with a {role}.',
        { role: html`<a href="/console/workloads/new">${t('role')}</a>` },
      ),
    ),
  })

export interface CheckView {
  readonly steps: readonly {
    readonly step: string
    readonly ok: boolean
    readonly said?: string | undefined
  }[]
  readonly risks: readonly {
    readonly level: 'high' | 'medium' | 'low'
    readonly what: string
    readonly fix: string
  }[]
}

const tones = { high: 'bad', medium: 'care', low: 'neutral' } as const
const levels = { high: t('High'), medium: t('Medium'), low: t('Low') } as const

export const checkedView = (p: CheckView): Html => html`${section(
  t('Does it answer?'),
  p.steps.length === 0
    ? html`<p class="empty">${t('This kind has nothing that is asked.')}</p>`
    : html`<ol class="steps">${p.steps.map((step) => html`<li${!step.ok && html` class="decides"`}><div class="step"><span>${known(step.step)}</span>${step.ok ? badge(t('Passes'), 'good') : badge(t('Fails'), 'bad')}</div>${step.said !== undefined && html`<p class="note break">${known(step.said)}</p>`}</li>`)}</ol>`,
)}
${section(
  t('Warnings'),
  p.risks.length === 0
    ? html`<p class="note">${t('No warnings.')}</p>`
    : html`<ul class="findings">${p.risks.map((risk) => html`<li>${badge(levels[risk.level], tones[risk.level])} ${known(risk.what)}<span class="note reason">${known(risk.fix)}</span></li>`)}</ul>`,
)}`
