// How long the audit trail is kept, and where it is sent.
import { type Html, html } from '../../html.ts'
import { badge, code, command, facts, heading, section, table, when } from '../frame/parts.ts'
import { counted, known, t } from '../message.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface AuditTrailView {
  readonly begins?: string | undefined
  readonly removedBefore?: string | undefined
  readonly retentionDays?: number | undefined
  readonly receivers: readonly {
    readonly name: string
    readonly kind: 'webhook' | 'syslog'
    readonly to: string
    readonly deliveredAt?: string | undefined
    readonly failingSince?: string | undefined
    readonly error?: string | undefined
  }[]
}

const kinds = { webhook: 'Webhook', syslog: 'Syslog' } as const

export const auditTrailPage = (p: {
  readonly trail: AuditTrailView
  /** Receivers are shown to the first account alone. */
  readonly seesReceivers: boolean
  readonly commands: readonly string[]
}): Html => html`${heading({ title: t('Settings') })}
${settingsTabs('audit')}
<p class="sub">${t('Every sign-in, exchange, change and refusal, each entry chained to the one before. Read it under {activity}.', { activity: html`<a href="/console/activity">${t('Activity')}</a>` })}</p>
${facts([
  [
    t('Kept'),
    p.trail.retentionDays === undefined
      ? t('For good')
      : counted(p.trail.retentionDays, '1 day', '{count} days'),
  ],
  [t('Oldest entry of this account'), when(p.trail.begins, html`–`)],
  ...(p.trail.removedBefore === undefined
    ? []
    : [
        [
          t('Removed as too old'),
          t('what was before {date}', { date: when(p.trail.removedBefore) }),
        ] as const,
      ]),
])}
${
  p.seesReceivers &&
  section(
    t('Receivers'),
    table(
      t('Receivers'),
      [
        { title: t('Name'), cell: (one) => html`<span class="strong">${one.name}</span>` },
        { title: t('Kind'), cell: (one) => kinds[one.kind] },
        { title: t('Sent to'), cell: (one) => code(one.to) },
        { title: t('Last delivery'), cell: (one) => when(one.deliveredAt) },
        {
          title: t('State'),
          cell: (one) =>
            one.failingSince === undefined
              ? badge(t('Delivers'), 'good')
              : html`${badge(t('Fails'), 'bad')} ${t('since {date}', { date: when(one.failingSince) })}<span class="note reason break">${one.error !== undefined && known(one.error)}</span>`,
        },
      ],
      p.trail.receivers,
      t('The trail is kept here alone.'),
    ),
    t('Entries are sent from the stored trail, so a receiver that is down gets them later.'),
  )
}
${section(
  t('Change it'),
  html`<pre class="source" tabindex="0"><code>audit:
  retention_days: 400                  # absent: for good
  forward:
    - name: siem
      webhook:
        url: https://siem.example/audit
        signing_secret_file: /run/secrets/siem
    - name: log-host
      syslog: { host: log.example, port: 6514, transport: tls }</code></pre>`,
  t(
    'Both are in the configuration file, so that nobody who may change an account can shorten its trail. Reload after a change.',
  ),
)}
${command(p.commands)}`
