// Requests of people to become a role for a time: the list, and one of them with its decision.
import { type Html, html } from '../../html.ts'
import { type FieldView, formOf } from '../frame/fields.ts'
import {
  act,
  badge,
  choiceField,
  code,
  command,
  done,
  facts,
  filterBar,
  heading,
  type ListLinks,
  listFoot,
  problemAlert,
  section,
  table,
  when,
} from '../frame/parts.ts'
import type { Words } from '../message.ts'
import { personPath } from '../people/people.ts'
import { rolePath } from '../workloads/workloads.ts'
import { accessTabs } from './access.ts'

export const requestsPath = '/console/access/requests'
export const requestPath = (id: string): string => `${requestsPath}/${encodeURIComponent(id)}`

export interface AccessRequestRow {
  readonly id: string
  readonly userName: string
  /** ARN of the role. */
  readonly role: string
  readonly reason: string
  readonly minutes: number
  readonly state: 'open' | 'approved' | 'refused' | 'withdrawn' | 'ended'
  readonly createdAt: string
  readonly until?: string | undefined
  readonly decidedAt?: string | undefined
  readonly decidedBy?: string | undefined
  readonly answer?: string | undefined
}

const stateBadges = {
  open: badge('Open', 'care'),
  approved: badge('Approved', 'good'),
  refused: badge('Refused', 'bad'),
  withdrawn: badge('Taken back'),
  ended: badge('Ended'),
} as const satisfies Readonly<Record<AccessRequestRow['state'], Html>>

const roleName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** Minutes in the largest unit that leaves no rest. */
export function durationText(minutes: number): string {
  const [count, unit] =
    minutes % 1440 === 0
      ? [minutes / 1440, 'day']
      : minutes % 60 === 0
        ? [minutes / 60, 'hour']
        : [minutes, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

export const accessRequestsPage = (p: {
  readonly requests: readonly AccessRequestRow[]
  readonly state: string
  readonly links: ListLinks
  readonly commands: readonly string[]
}): Html => html`${heading({ title: 'Access' })}
${accessTabs('requests')}
${filterBar(
  requestsPath,
  choiceField({
    name: 'state',
    label: 'Requests',
    value: p.state,
    options: [
      ['open', 'Open'],
      ['approved', 'Approved'],
      ['refused', 'Refused'],
      ['withdrawn', 'Taken back'],
      ['ended', 'Ended'],
      ['all', 'All'],
    ],
  }),
)}
${table(
  'Requests',
  [
    {
      title: 'Who',
      cell: (one) =>
        html`<a class="strong" href="${requestPath(one.id)}">${one.userName}</a><span class="note reason">${one.reason}</span>`,
    },
    {
      title: 'Role',
      cell: (one) => html`<a href="${rolePath(roleName(one.role))}">${roleName(one.role)}</a>`,
    },
    { title: 'For', cell: (one) => durationText(one.minutes) },
    { title: 'State', cell: (one) => stateBadges[one.state] },
    { title: 'Asked', cell: (one) => when(one.createdAt) },
  ],
  p.requests,
  p.state === 'open'
    ? html`Nobody waits for a decision. People can ask for roles that are marked: open a role under <a href="/console/workloads">Workloads</a>.`
    : 'No requests match.',
)}
${listFoot(p.links)}
${command(p.commands)}`

export const accessRequestPage = (p: {
  readonly request: AccessRequestRow
  readonly token: string
  /** Of the forms that approve and refuse. */
  readonly approve: { readonly fields: readonly FieldView[]; readonly problem: Words | undefined }
  readonly refuse: { readonly fields: readonly FieldView[]; readonly problem: Words | undefined }
  readonly denied: {
    readonly approve: string | undefined
    readonly refuse: string | undefined
    readonly end: string | undefined
  }
  readonly done: string | undefined
  readonly commands: readonly string[]
}): Html => {
  const { request } = p
  const base = requestPath(request.id)
  const name = roleName(request.role)
  return html`${heading({
    title: `${request.userName} asks for ${name}`,
    crumb: { href: requestsPath, title: 'Requests' },
    acts:
      request.state === 'approved' &&
      act({ href: `${base}/end`, label: 'End now', denied: p.denied.end, look: 'danger' }),
  })}
${done(p.done)}
<div class="columns even"><div>
${facts([
  ['State', stateBadges[request.state]],
  ['Person', html`<a href="${personPath(request.userName)}">${request.userName}</a>`],
  ['Role', html`<a href="${rolePath(name)}">${name}</a>`],
  ['Reason', html`<span class="lines">${request.reason}</span>`],
  ['For', durationText(request.minutes)],
  ['Asked', when(request.createdAt)],
  ...(request.until === undefined
    ? []
    : [[request.state === 'approved' ? 'Ends' : 'Ended', when(request.until)] as const]),
  ...(request.decidedBy === undefined ? [] : [['Decided by', code(request.decidedBy)] as const]),
  ...(request.decidedAt === undefined ? [] : [['Decided', when(request.decidedAt)] as const]),
  ...(request.answer === undefined
    ? []
    : [['Answer', html`<span class="lines">${request.answer}</span>`] as const]),
])}
<p><a class="button quiet small" href="${personPath(request.userName)}/access">What ${request.userName} can reach</a></p>
</div><div>
${
  request.state === 'open' &&
  html`${section(
    'Approve',
    p.denied.approve === undefined
      ? formOf({
          target: { action: `${base}/approve`, token: p.token },
          fields: p.approve.fields,
          problem: p.approve.problem,
          submit: 'Approve',
        })
      : html`${problemAlert(p.approve.problem)}<p class="note">${p.denied.approve}</p>`,
    'A statement that ends by itself is added to the trust policy of the role. Sessions that rest on it end with it.',
  )}${section(
    'Refuse',
    p.denied.refuse === undefined
      ? formOf({
          target: { action: `${base}/refuse`, token: p.token },
          fields: p.refuse.fields,
          problem: p.refuse.problem,
          submit: 'Refuse',
          look: 'danger',
        })
      : html`<p class="note">${p.denied.refuse}</p>`,
  )}`
}
</div></div>
${command(p.commands)}`
}
