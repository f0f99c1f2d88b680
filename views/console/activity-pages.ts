// Activity: the audit entries of the account with filters, and one entry.
import { type Html, html } from '../html.ts'
import { type ActivityRow, activityTable, outcomeBadge } from './activity.ts'
import { type Ladder, ladder, marked } from './ladder.ts'
import {
  code,
  command,
  facts,
  filterBar,
  heading,
  type ListLinks,
  listFoot,
  searchField,
  section,
  when,
} from './parts.ts'

export interface Chip {
  readonly href: string
  readonly title: string
  readonly current: boolean
}

export const activityPage = (p: {
  readonly rows: readonly ActivityRow[]
  readonly chips: readonly Chip[]
  readonly filter: {
    readonly who: string
    readonly action: string
    readonly resource: string
    readonly from: string
    readonly outcome: string
    /** Reads that were allowed are shown too. */
    readonly reads: boolean
  }
  readonly problem: string | undefined
  readonly links: ListLinks
  readonly commands: readonly string[]
}): Html => html`${heading({ title: 'Activity', lead: 'Every sign-in, exchange, change and refusal of this account.' })}
<ul class="chips" aria-label="What is shown">${p.chips.map(({ href, title, current }) => html`<li><a href="${href}"${current && html` aria-current="true"`}>${title}</a></li>`)}</ul>
${filterBar(
  '/console/activity',
  html`${p.filter.outcome !== '' && html`<input type="hidden" name="outcome" value="${p.filter.outcome}">`}${p.filter.reads && html`<input type="hidden" name="reads" value="yes">`}${searchField({ name: 'who', label: 'Who', value: p.filter.who, hint: 'ARN' })}
${searchField({ name: 'action', label: 'Action', value: p.filter.action, hint: 'iam:CreateUser' })}
${searchField({ name: 'resource', label: 'Resource', value: p.filter.resource, hint: 'ARN' })}
${searchField({ name: 'from', label: 'From', value: p.filter.from, hint: '2026-11-29T00:00:00Z' })}`,
)}
${p.problem !== undefined && html`<p class="alert" role="alert"><span class="sign" aria-hidden="true">!</span><span>${p.problem}</span></p>`}
${activityTable(p.rows, 'Nothing is found.')}
${listFoot(p.links)}
${command(p.commands)}`

export const entryPage = (p: {
  readonly row: ActivityRow
  readonly reference: string
  readonly userAgent: string | undefined
  readonly allowedBy: readonly string[]
  readonly ladder: Ladder | undefined
  /** The whole entry as JSON. */
  readonly json: string
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: html`${p.row.who}: ${p.row.words}`,
  crumb: { href: '/console/activity', title: 'Activity' },
  lead: html`${when(p.row.time)} ${outcomeBadge(p.row.outcome)}`,
})}
${p.row.reason !== undefined && html`<p>${marked(p.row.reason)}</p>`}
${p.ladder && section('The decision, as it was then', ladder(p.ladder))}
${facts([
  ['Who', code(p.row.whoArn)],
  ['Action', code(p.row.action)],
  ['Resource', p.row.resource === undefined ? '–' : code(p.row.resource)],
  ['From', p.row.sourceIp || '–'],
  ['Browser or client', p.userAgent ?? '–'],
  [
    'Reference',
    html`<a href="/console/access/explain?reference=${encodeURIComponent(p.reference)}">${p.reference}</a>`,
  ],
  ...(p.allowedBy.length === 0
    ? []
    : [
        [
          'Allowed by',
          html`<ul class="plain">${p.allowedBy.map((one) => html`<li>${marked(one)}</li>`)}</ul>`,
        ] as const,
      ]),
])}
${section('The whole entry', html`<pre class="source" tabindex="0"><code>${p.json}</code></pre>`)}
${command(p.commands)}`
