// Activity: the audit entries of the account with filters, and one entry.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type Ladder, ladder, marked, withPolicyLinks } from '../frame/ladder.ts'
import {
  code,
  command,
  done,
  facts,
  filterBar,
  heading,
  type ListLinks,
  listFoot,
  searchField,
  section,
  when,
} from '../frame/parts.ts'
import { type ActivityRow, activityTable, outcomeBadge, rowTitle } from './activity.ts'

export interface Chip {
  readonly href: string
  readonly title: string
  readonly current: boolean
}

/** Filters that somebody of the account saved. */
export interface SavedView {
  readonly name: string
  readonly href: string
  readonly deleteHref: string
}

export const activityPage = (p: {
  readonly done: string | undefined
  readonly views: readonly SavedView[]
  /** The form that saves what is shown; without hidden fields there is nothing to save. */
  readonly save: {
    readonly target: FormTarget
    readonly hidden: Readonly<Record<string, string>>
    readonly denied: string | undefined
  }
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
${done(p.done)}
<ul class="chips" aria-label="What is shown">${p.chips.map(({ href, title, current }) => html`<li><a href="${href}"${current && html` aria-current="true"`}>${title}</a></li>`)}</ul>
${filterBar(
  '/console/activity',
  html`${p.filter.outcome !== '' && html`<input type="hidden" name="outcome" value="${p.filter.outcome}">`}${p.filter.reads && html`<input type="hidden" name="reads" value="yes">`}${searchField({ name: 'who', label: 'Who', value: p.filter.who, hint: 'ada, or an ARN', of: 'principal' })}
${searchField({ name: 'action', label: 'Action', value: p.filter.action, hint: 'iam:CreateUser', of: 'action' })}
${searchField({ name: 'resource', label: 'Resource', value: p.filter.resource, hint: 'ARN', of: 'arn' })}
${searchField({ name: 'from', label: 'Since', value: p.filter.from, hint: '2026-11-29T00:00:00Z' })}`,
)}
${p.problem !== undefined && html`<p class="alert" role="alert"><span class="sign" aria-hidden="true">!</span><span>${p.problem}</span></p>`}
${savedViews(p)}
${activityTable(p.rows, 'No entries match.')}
${listFoot(p.links)}
${command(p.commands)}`

const savedViews = ({
  views,
  save,
}: Pick<
  Parameters<typeof activityPage>[0],
  'views' | 'save'
>): Html => html`${views.length > 0 && html`<details class="command"><summary>Saved views</summary><ul class="plain">${views.map((view) => html`<li><a class="strong" href="${view.href}">${view.name}</a> <a class="note" href="${view.deleteHref}" aria-label="Delete the view ${view.name}">Delete</a></li>`)}</ul></details>`}
${Object.keys(save.hidden).length > 0 && (save.denied === undefined ? html`<form class="filter" method="post" action="${save.target.action}">${tokenField(save.target.token)}${Object.entries(save.hidden).map(([name, value]) => hidden(name, value))}<div class="field"><label for="view-name">Save this view as</label><input type="text" id="view-name" name="name" required maxlength="64" autocomplete="off"></div><button class="button quiet small" type="submit">Save</button></form>` : html`<p class="note">${save.denied}</p>`)}`

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
  title: rowTitle(p.row),
  crumb: { href: '/console/activity', title: 'Activity' },
  lead: html`${when(p.row.time)} ${outcomeBadge(p.row.outcome)}`,
})}
${p.ladder ? section('The decision, as it was then', html`${ladder(p.ladder)}<p><a class="button quiet small" href="/console/access/explain?reference=${encodeURIComponent(p.reference)}">What can be done about it</a></p>`) : p.row.reason !== undefined && html`<p>${marked(p.row.reason)}</p>`}
${facts([
  ['Who', code(p.row.whoArn)],
  ['Action', code(p.row.action)],
  ['Resource', p.row.resource === undefined ? '–' : code(p.row.resource)],
  ['Address', p.row.sourceIp || '–'],
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
          html`<ul class="plain">${p.allowedBy.map((one) => html`<li>${withPolicyLinks(one)}</li>`)}</ul>`,
        ] as const,
      ]),
])}
${section('The whole entry', html`<pre class="source" tabindex="0"><code>${p.json}</code></pre>`)}
${command(p.commands)}`
