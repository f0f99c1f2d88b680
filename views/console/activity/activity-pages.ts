// Activity: the audit entries of the account with filters, and one entry.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Fragment, type Html, html } from '../../html.ts'
import { appPath } from '../apps/apps.ts'
import { type DecisionView, decisionPart, withPolicyLinks } from '../frame/decision.ts'
import {
  code,
  command,
  done,
  facts,
  filterBar,
  heading,
  type ListLinks,
  listFoot,
  problemAlert,
  searchField,
  section,
  textOf,
  when,
} from '../frame/parts.ts'
import { t, type Words } from '../message.ts'
import { type ActivityRow, activityTable, outcomeBadge, rowTitle } from './activity.ts'

export interface Chip {
  readonly href: string
  readonly title: Words
  readonly current: boolean
}

/** Filters that somebody of the account saved. */
export interface SavedView {
  readonly name: string
  readonly href: string
  readonly deleteHref: string
}

export const activityPage = (p: {
  readonly done: Words | undefined
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
    /** Entries of no account. */
    readonly server: boolean
  }
  readonly problem: Words | string | undefined
  readonly links: ListLinks
  readonly commands: readonly string[]
}): Html => html`${heading({ title: t('Activity'), lead: t('Every sign-in, exchange, change and refusal of this account.') })}
${done(p.done)}
<ul class="chips" aria-label="${t('What is shown')}">${p.chips.map(({ href, title, current }) => html`<li><a href="${href}"${current && html` aria-current="true"`}>${title}</a></li>`)}</ul>
${filterBar(
  '/console/activity',
  html`${p.filter.outcome !== '' && html`<input type="hidden" name="outcome" value="${p.filter.outcome}">`}${p.filter.reads && html`<input type="hidden" name="reads" value="yes">`}${p.filter.server && html`<input type="hidden" name="server" value="true">`}${searchField({ name: 'who', label: t('Who'), value: p.filter.who, hint: t('ada, or an ARN'), of: 'principal' })}
${searchField({ name: 'action', label: t('Action'), value: p.filter.action, hint: html`${'iam:CreateUser'}`, of: 'action' })}
${searchField({ name: 'resource', label: t('Resource'), value: p.filter.resource, hint: t('ARN'), of: 'arn' })}
${searchField({ name: 'from', label: t('Since'), value: p.filter.from, hint: html`2026-11-29T00:00:00Z` })}`,
)}
${problemAlert(p.problem)}
${savedViews(p)}
${activityTable(p.rows, emptyOf(p))}
${listFoot(p.links)}
${command(p.commands)}`

/** A page may be full of reads that are not shown although older entries follow. */
const emptyOf = ({ links }: Pick<Parameters<typeof activityPage>[0], 'links'>): Words =>
  links.next === undefined
    ? t('No entries match.')
    : t('There are only reads here, which are not shown. Older entries are on the next page.')

const savedViews = ({
  views,
  save,
}: Pick<
  Parameters<typeof activityPage>[0],
  'views' | 'save'
>): Html => html`${views.length > 0 && html`<details class="command"><summary>${t('Saved views')}</summary><ul class="plain">${views.map((view) => html`<li><a class="strong" href="${view.href}">${view.name}</a> <a class="note" href="${view.deleteHref}" aria-label="${t('Delete the view {view}', { view: view.name })}">${t('Delete')}</a></li>`)}</ul></details>`}
${Object.keys(save.hidden).length > 0 && (save.denied === undefined ? html`<form class="filter" method="post" action="${save.target.action}">${tokenField(save.target.token)}${Object.entries(save.hidden).map(([name, value]) => hidden(name, value))}<div class="field"><label for="view-name">${t('Save this view as')}</label><input type="text" id="view-name" name="name" required maxlength="64" autocomplete="off"></div><button class="button quiet small" type="submit">${t('Save')}</button></form>` : html`<p class="note">${textOf(save.denied)}</p>`)}`

export const entryPage = (p: {
  readonly row: ActivityRow
  /** Apps that it is about and whose names are known. */
  readonly apps: readonly { readonly id: string; readonly name: string }[]
  readonly reference: string
  readonly userAgent: string | undefined
  readonly allowedBy: readonly string[]
  readonly decision: DecisionView | undefined
  /** The whole entry as JSON. */
  readonly json: string
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: rowTitle(p.row),
  crumb: { href: '/console/activity', title: t('Activity') },
  lead: html`${when(p.row.time)} ${outcomeBadge(p.row.outcome)} ${p.row.repeated}`,
})}
${p.decision ? section(t('The decision, as it was then'), html`${decisionPart(p.decision)}<p><a class="button quiet small" href="/console/access/explain?reference=${encodeURIComponent(p.reference)}">${t('What can be done about it')}</a></p>`) : p.row.reason !== undefined && html`<p>${p.row.reason}</p>`}
${facts([
  [t('Who'), code(p.row.whoArn)],
  [t('Action'), code(p.row.action)],
  [t('Resource'), p.row.resource === undefined ? '–' : code(p.row.resource)],
  ...p.apps.map(appFact),
  [t('Address'), p.row.sourceIp || '–'],
  [t('Browser or client'), p.userAgent ?? '–'],
  [
    t('Reference'),
    html`<a href="/console/access/explain?reference=${encodeURIComponent(p.reference)}">${p.reference}</a>`,
  ],
  ...(p.allowedBy.length === 0
    ? []
    : [
        [
          t('Allowed by'),
          html`<ul class="plain">${p.allowedBy.map((one) => html`<li>${withPolicyLinks(one)}</li>`)}</ul>`,
        ] as const,
      ]),
])}
${section(t('The whole entry'), html`<pre class="source" tabindex="0"><code>${p.json}</code></pre>`)}
${command(p.commands)}`

const appFact = ({
  id,
  name,
}: {
  readonly id: string
  readonly name: string
}): readonly [Words, Fragment] => [t('App'), html`<a href="${appPath(id)}">${name}</a> ${code(id)}`]
