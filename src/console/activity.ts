// Activity: the audit entries of the account. Filters are parameters of the address, so that a view can be kept as a bookmark.

import { activityPage, entryPage } from '../../views/console/activity-pages.ts'
import { auditEntry } from '../admin/audit/schemas.ts'
import { isProblem } from '../problem.ts'
import { activityRow } from './activity-row.ts'
import { type AuditEntry, entriesOf } from './audit-entries.ts'
import { adminCommand } from './command.ts'
import { sendList } from './download.ts'
import { ladderOf } from './ladder.ts'
import { type ListQuery, listLinks, pathWith } from './list.ts'
import type { ConsoleRequest } from './request.ts'
import type { ConsoleRoute } from './route.ts'
import { sentence } from './sentence.ts'
import { showPage } from './show.ts'

const filters = [
  'who',
  'action',
  'resource',
  'outcome',
  'reason',
  'from',
  'to',
  'request',
  'session',
  'sourceIdentity',
  'server',
] as const

const filterOf = ({ query }: ConsoleRequest): ListQuery =>
  Object.fromEntries(filters.map((name) => [name, query.get(name)?.trim()]))

const chips = [
  ['', 'All'],
  ['done', 'Done'],
  ['denied', 'Denied'],
  ['refused', 'Refused'],
  ['failed', 'Failed'],
] as const

async function showActivity(request: ConsoleRequest): Promise<void> {
  const filter = filterOf(request)
  const cursor = request.query.get('cursor') || undefined
  const found = await read(request, filter, cursor)
  const value = (name: string): string => filter[name] ?? ''
  const shown = withReads(request)
  const kept = { ...filter, reads: shown ? 'yes' : undefined }
  await showPage(request, {
    section: 'activity',
    title: 'Activity',
    status: found.problem === undefined ? 200 : 422,
    body: activityPage({
      rows: found.items.map(activityRow),
      chips: [
        ...chips.map(([outcome, title]) => ({
          href: pathWith('/console/activity', { ...kept, outcome }),
          title,
          current: value('outcome') === outcome,
        })),
        {
          href: pathWith('/console/activity', { ...kept, reads: shown ? '' : 'yes' }),
          title: 'With reads',
          current: shown,
        },
      ],
      filter: {
        who: value('who'),
        action: value('action'),
        resource: value('resource'),
        from: value('from'),
        outcome: value('outcome'),
        reads: shown,
      },
      problem: found.problem,
      links: listLinks('/console/activity', kept, { cursor, next: found.cursor }),
      commands: [adminCommand(request.ports.issuer, 'ListAuditEntries', [], filter)],
    }),
  })
}

async function read(request: ConsoleRequest, filter: ListQuery, cursor: string | undefined) {
  try {
    const found = await entriesOf(request, filter, cursor, withReads(request))
    return { ...found, problem: undefined }
  } catch (error) {
    if (!isProblem(error, 'validation')) throw error
    return { items: [], cursor: undefined, problem: sentence(error.message.replaceAll('`', '')) }
  }
}

/** Whether reads that were allowed are asked for. */
const withReads = ({ query }: ConsoleRequest): boolean => query.get('reads') === 'yes'

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> => {
    const filter = filterOf(request)
    return sendList<AuditEntry>(request, format, {
      name: 'activity',
      page: (cursor) => entriesOf(request, filter, cursor, withReads(request)),
      columns: [
        ['time', ({ time }) => time],
        ['outcome', ({ outcome }) => outcome],
        ['action', ({ action }) => action],
        ['who', ({ who }) => who],
        ['resource', ({ resource }) => resource],
        ['reason', ({ reason }) => reason],
        ['sourceIp', ({ sourceIp }) => sourceIp],
        ['userAgent', ({ userAgent }) => userAgent],
        ['request', ({ request: reference }) => reference],
        ['id', ({ id }) => id],
      ],
    })
  }

async function showEntry(request: ConsoleRequest): Promise<void> {
  const entry = await request.ask('GetAuditEntry', auditEntry, { params: { entry: request.param('entry') } })
  const row = activityRow(entry)
  await showPage(request, {
    section: 'activity',
    title: `${row.who}: ${row.words}`,
    body: entryPage({
      row,
      reference: entry.request,
      userAgent: entry.userAgent,
      allowedBy: entry.allowedBy ?? [],
      ladder: entry.decision && ladderOf(entry.decision),
      json: JSON.stringify(entry, null, 2),
      commands: [
        adminCommand(request.ports.issuer, 'GetAuditEntry', [entry.id]),
        adminCommand(request.ports.issuer, 'GetRequestExplanation', [entry.request]),
        'npx chancery audit verify',
      ],
    }),
  })
}

export const activityRoutes: readonly ConsoleRoute[] = [
  ['GET', '/activity', showActivity],
  ['GET', '/activity.csv', download('csv')],
  ['GET', '/activity.json', download('json')],
  ['GET', '/activity/:entry', showEntry],
]
