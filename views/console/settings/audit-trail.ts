// How long the audit trail is kept, and where it is sent.
import { type Html, html } from '../../html.ts'
import { badge, code, command, facts, heading, section, table, when } from '../frame/parts.ts'
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
}): Html => html`${heading({ title: 'Settings' })}
${settingsTabs('audit')}
<p class="sub">Every sign-in, exchange, change and refusal, each entry chained to the one before. Read it under <a href="/console/activity">Activity</a>.</p>
${facts([
  ['Kept', p.trail.retentionDays === undefined ? 'For good' : `${p.trail.retentionDays} days`],
  ['Oldest entry of this account', when(p.trail.begins, '–')],
  ...(p.trail.removedBefore === undefined
    ? []
    : [['Removed as too old', html`what was before ${when(p.trail.removedBefore)}`] as const]),
])}
${
  p.seesReceivers &&
  section(
    'Receivers',
    table(
      'Receivers',
      [
        { title: 'Name', cell: (one) => html`<span class="strong">${one.name}</span>` },
        { title: 'Kind', cell: (one) => kinds[one.kind] },
        { title: 'To', cell: (one) => code(one.to) },
        { title: 'Last delivery', cell: (one) => when(one.deliveredAt) },
        {
          title: 'State',
          cell: (one) =>
            one.failingSince === undefined
              ? badge('Delivers', 'good')
              : html`${badge('Fails', 'bad')} since ${when(one.failingSince)}<span class="note reason break">${one.error}</span>`,
        },
      ],
      p.trail.receivers,
      'The trail is kept here alone.',
    ),
    'Entries are sent from the stored trail, so a receiver that is down gets them later.',
  )
}
${section(
  'Change it',
  html`<pre class="source" tabindex="0"><code>audit:
  retention_days: 400                  # absent: for good
  forward:
    - name: siem
      webhook:
        url: https://siem.example/audit
        signing_secret_file: /run/secrets/siem
    - name: log-host
      syslog: { host: log.example, port: 6514, transport: tls }</code></pre>`,
  'Both are in the configuration file, so that nobody who may change an account can shorten its trail. Reload after a change.',
)}
${command(p.commands)}`
