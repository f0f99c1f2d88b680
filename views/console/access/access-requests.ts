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
  textOf,
  when,
} from '../frame/parts.ts'
import { counted, t, type Words } from '../message.ts'
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
  open: badge(t('Open|request'), 'care'),
  approved: badge(t('Approved|request'), 'good'),
  refused: badge(t('Refused|request'), 'bad'),
  withdrawn: badge(t('Taken back|request')),
  ended: badge(t('Ended|request')),
} as const satisfies Readonly<Record<AccessRequestRow['state'], Html>>

const roleName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** Minutes in the largest unit that leaves no rest. */
export function durationText(minutes: number): Words {
  if (minutes % 1440 === 0) return counted(minutes / 1440, '1 day', '{count} days')
  if (minutes % 60 === 0) return counted(minutes / 60, '1 hour', '{count} hours')
  return counted(minutes, '1 minute', '{count} minutes')
}

export const accessRequestsPage = (p: {
  readonly requests: readonly AccessRequestRow[]
  readonly state: string
  readonly links: ListLinks
  readonly commands: readonly string[]
}): Html => html`${heading({ title: t('Access') })}
${accessTabs('requests')}
${filterBar(
  requestsPath,
  choiceField({
    name: 'state',
    label: t('State'),
    value: p.state,
    options: [
      ['open', t('Open|request')],
      ['approved', t('Approved|request')],
      ['refused', t('Refused|request')],
      ['withdrawn', t('Taken back|request')],
      ['ended', t('Ended|request')],
      ['all', t('All')],
    ],
  }),
)}
${table(
  t('Requests'),
  [
    {
      title: t('Person'),
      cell: (one) =>
        html`<a class="strong" href="${requestPath(one.id)}">${one.userName}</a><span class="note reason">${one.reason}</span>`,
    },
    {
      title: t('Role'),
      cell: (one) => html`<a href="${rolePath(roleName(one.role))}">${roleName(one.role)}</a>`,
    },
    { title: t('For how long'), cell: (one) => durationText(one.minutes) },
    { title: t('State'), cell: (one) => stateBadges[one.state] },
    { title: t('Asked'), cell: (one) => when(one.createdAt) },
  ],
  p.requests,
  p.state === 'open'
    ? t(
        'Nobody waits for a decision. People can ask for roles that are marked: open a role under {workloads}.',
        { workloads: html`<a href="/console/workloads">${t('Workloads')}</a>` },
      )
    : t('No requests match.'),
)}
${listFoot(p.links)}
${command(p.commands)}`

export const accessRequestPage = (p: {
  readonly request: AccessRequestRow
  readonly token: string
  /** Of the forms that approve and refuse. */
  readonly approve: { readonly fields: readonly FieldView[]; readonly problem: Words | string | undefined }
  readonly refuse: { readonly fields: readonly FieldView[]; readonly problem: Words | string | undefined }
  readonly denied: {
    readonly approve: Words | string | undefined
    readonly refuse: string | undefined
    readonly end: string | undefined
  }
  readonly done: Words | undefined
  readonly commands: readonly string[]
}): Html => {
  const { request } = p
  const base = requestPath(request.id)
  const name = roleName(request.role)
  return html`${heading({
    title: t('{person} asks for {role}', { person: request.userName, role: name }),
    crumb: { href: requestsPath, title: t('Requests') },
    acts:
      request.state === 'approved' &&
      act({ href: `${base}/end`, label: t('End now'), denied: p.denied.end, look: 'danger' }),
  })}
${done(p.done)}
<div class="columns even"><div>
${facts([
  [t('State'), stateBadges[request.state]],
  [t('Person'), html`<a href="${personPath(request.userName)}">${request.userName}</a>`],
  [t('Role'), html`<a href="${rolePath(name)}">${name}</a>`],
  [t('Reason'), html`<span class="lines">${request.reason}</span>`],
  [t('For how long'), durationText(request.minutes)],
  [t('Asked'), when(request.createdAt)],
  ...(request.until === undefined
    ? []
    : [[t(request.state === 'approved' ? 'Ends' : 'Ended|request'), when(request.until)] as const]),
  ...(request.decidedBy === undefined ? [] : [[t('Decided by'), code(request.decidedBy)] as const]),
  ...(request.decidedAt === undefined ? [] : [[t('Decided'), when(request.decidedAt)] as const]),
  ...(request.answer === undefined
    ? []
    : [[t('Answer'), html`<span class="lines">${request.answer}</span>`] as const]),
])}
<p><a class="button quiet small" href="${personPath(request.userName)}/access">${t('What {person} can reach', { person: request.userName })}</a></p>
</div><div>
${
  request.state === 'open' &&
  html`${section(
    t('Approve'),
    p.denied.approve === undefined
      ? formOf({
          target: { action: `${base}/approve`, token: p.token },
          fields: p.approve.fields,
          problem: p.approve.problem,
          submit: t('Approve'),
        })
      : html`${problemAlert(p.approve.problem)}<p class="note">${textOf(p.denied.approve)}</p>`,
    t(
      'A statement that ends by itself is added to the trust policy of the role. Sessions that rest on it end with it.',
    ),
  )}${section(
    t('Refuse'),
    p.denied.refuse === undefined
      ? formOf({
          target: { action: `${base}/refuse`, token: p.token },
          fields: p.refuse.fields,
          problem: p.refuse.problem,
          submit: t('Refuse'),
          look: 'danger',
        })
      : html`<p class="note">${textOf(p.denied.refuse)}</p>`,
  )}`
}
</div></div>
${command(p.commands)}`
}
