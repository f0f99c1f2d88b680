// Activity: the audit entries of the account. Filters are parameters of the address, so that a view can be kept as a bookmark.

import { z } from 'zod'
import { plainTitle } from '../../../views/console/activity/activity.ts'
import { activityPage, entryPage, type SavedView } from '../../../views/console/activity/activity-pages.ts'
import { nameSegment } from '../../../views/console/frame/name-segment.ts'
import { fieldFault, known, sentences, t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { auditEntry } from '../../admin/audit/schemas.ts'
import { auditView } from '../../admin/audit/view-operations.ts'
import { isProblem, type Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { actRoutes } from '../frame/act.ts'
import { adminCommand } from '../frame/command.ts'
import { viewOfDecision } from '../frame/decision.ts'
import { sendList } from '../frame/download.ts'
import { isFormProblem } from '../frame/form.ts'
import { type ListQuery, listLinks, pathWith } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'
import { activityRows, appNames } from './app-names.ts'
import { type AuditEntry, callerNamed, entriesOf, entryColumns } from './entries.ts'
import { repeatedWords, repeatsAmong } from './repeated.ts'
import { activityRow } from './row.ts'

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

const filterOf = (given: Form): ListQuery =>
  Object.fromEntries(filters.map((name) => [name, given.get(name)?.trim()]))

/** What a saved view keeps: not its time. */
const savedFilters = filters.filter((name) => !['from', 'to', 'server'].includes(name))

const views = z.object({ items: z.array(auditView) })

/** The saved views, without those for whom they are not. */
async function viewsOf(request: ConsoleRequest): Promise<readonly SavedView[]> {
  const found = await part(() => request.perform('ListAuditViews', views))
  return 'value' in found
    ? found.value.items.map(({ name, reads, ...filter }) => ({
        name,
        href: pathWith('/console/activity', { ...filter, reads: reads ? 'yes' : '' }),
        deleteHref: `${viewPath(name)}/delete`,
      }))
    : []
}

const viewPath = (name: string): string => `/console/activity/views/${nameSegment(name)}`

const chips = [
  ['', t('All')],
  ['done', t('Done')],
  ['denied', t('Denied')],
  ['refused', t('Refused')],
  ['failed', t('Failed')],
  ['not-done', t('Not done')],
] as const satisfies readonly (readonly [string, Words])[]

async function showActivity(
  request: ConsoleRequest,
  given: Form = request.query,
  problem?: Words,
): Promise<void> {
  const cursor = given.get('cursor') || undefined
  const shown = given.get('reads') === 'yes'
  const found = await read(request, { filter: filterOf(given), cursor, withReads: shown })
  const { filter } = found
  const [saved, deniedSave] = await Promise.all([
    viewsOf(request),
    request.denial({
      action: 'chancery:SaveAuditView',
      resource: `arn:aws:chancery::${request.accountId}:audit-view/*`,
    }),
  ])
  const value = (name: string): string => filter[name] ?? ''
  const kept: ListQuery = { ...filter, reads: shown ? 'yes' : undefined }
  const ofServer = value('server') === 'true'
  await showPage(request, {
    section: 'activity',
    title: t('Activity'),
    status: (problem ?? found.problem) === undefined ? 200 : 422,
    body: activityPage({
      rows: await activityRows(request, found.items),
      done: doneMessages.get(given.get('done') ?? ''),
      chips: [
        ...chips.map(([outcome, title]) => ({
          href: pathWith('/console/activity', { ...kept, outcome }),
          title,
          current: value('outcome') === outcome,
        })),
        {
          href: pathWith('/console/activity', { ...kept, reads: shown ? '' : 'yes' }),
          title: t('With reads'),
          current: shown,
        },
        // Such as requests of apps with a wrong secret, and of callers that nobody knows.
        ...(request.ports.use.audit.mayReadServer(request.call)
          ? [
              {
                href: pathWith('/console/activity', { ...kept, server: ofServer ? '' : 'true' }),
                title: t('Of no account'),
                current: ofServer,
              },
            ]
          : []),
      ],
      filter: {
        who: value('who'),
        action: value('action'),
        resource: value('resource'),
        from: value('from'),
        outcome: value('outcome'),
        reads: shown,
        server: ofServer,
      },
      problem: problem ?? found.problem,
      views: saved,
      save: {
        target: { action: '/console/activity/views', token: request.token },
        hidden: Object.fromEntries(
          [...savedFilters, 'reads'].flatMap((name) => (kept[name] ? [[name, kept[name]]] : [])),
        ),
        denied: deniedSave,
      },
      links: listLinks('/console/activity', kept, { cursor, next: found.cursor }),
      commands: [
        adminCommand(request.ports.issuer, 'ListAuditEntries', [], filter),
        adminCommand(request.ports.issuer, 'ListAuditViews'),
      ],
    }),
  })
}

async function read(
  request: ConsoleRequest,
  p: { readonly filter: ListQuery; readonly cursor: string | undefined; readonly withReads: boolean },
) {
  try {
    const filter: ListQuery = { ...p.filter, who: await callerNamed(request, p.filter['who']) }
    return { ...(await entriesOf(request, filter, p.cursor, p.withReads)), filter, problem: undefined }
  } catch (error) {
    if (!isProblem(error, 'validation')) throw error
    return {
      items: [],
      cursor: undefined,
      filter: p.filter,
      problem: filterProblem(error),
    }
  }
}

/** What is wrong with a filter, by the titles of the fields. */
const filterProblem = ({ fields, message }: Problem): Words =>
  fields === undefined
    ? known(sentence(message))
    : sentences(
        fields.map(({ field, message: fault }) =>
          fieldFault(fieldTitles.get(field) ?? html`<code>${field}</code>`, fault),
        ),
      )

const fieldTitles: ReadonlyMap<string, Words> = new Map([
  ['who', t('Who')],
  ['action', t('Action')],
  ['resource', t('Resource')],
  ['from', t('Since')],
])

/** Whether reads that were allowed are asked for. */
const withReads = ({ query }: ConsoleRequest): boolean => query.get('reads') === 'yes'

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> => {
    const filter = filterOf(request.query)
    return sendList<AuditEntry>(request, format, {
      name: 'activity',
      page: (cursor) => entriesOf(request, filter, cursor, withReads(request)),
      columns: entryColumns,
    })
  }

async function saveView(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const view = (form.get('name') ?? '').trim()
  const filter = Object.fromEntries(
    savedFilters.flatMap((name) => {
      const value = form.get(name)?.trim()
      return value ? [[name, value]] : []
    }),
  )
  const body = { ...filter, reads: form.get('reads') === 'yes' }
  try {
    await request.perform('SaveAuditView', auditView, { params: { view }, body })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    return showActivity(request, form, known(sentence(error.message)))
  }
  request.redirect(
    pathWith('/console/activity', { ...filter, reads: body.reads ? 'yes' : '', done: 'saved' }),
  )
}

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['saved', t('The view is saved.')],
  ['deleted', t('The view is deleted.')],
])

const acts = actRoutes([
  {
    section: 'activity',
    path: '/activity/views/:view/delete',
    operation: 'DeleteAuditView',
    title: (params) => t('Delete the view {view}?', { view: params['view'] }),
    lead: t('Everybody in this account loses it. The entries stay.'),
    button: t('Delete'),
    back: () => ({ href: '/console/activity', title: t('Activity') }),
    next: () => '/console/activity?done=deleted',
    command: (issuer, params) => adminCommand(issuer, 'DeleteAuditView', [params['view'] ?? '']),
  },
])

async function showEntry(request: ConsoleRequest): Promise<void> {
  const entry = await request.perform('GetAuditEntry', auditEntry, {
    params: { entry: request.param('entry') },
  })
  const [apps, repeats] = await Promise.all([appNames(request, [entry]), repeatsAmong(request, [entry])])
  const row = { ...activityRow(entry, apps), repeated: repeatedWords(repeats.get(entry.id)) }
  await showPage(request, {
    section: 'activity',
    title: plainTitle(row),
    body: entryPage({
      row,
      apps: [...apps].map(([id, name]) => ({ id, name })),
      reference: entry.request,
      userAgent: entry.userAgent,
      allowedBy: entry.allowedBy ?? [],
      decision: entry.decision && viewOfDecision(entry.decision),
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
  ['GET', '/activity', (request) => showActivity(request)],
  ['POST', '/activity/views', saveView],
  ...acts,
  ['GET', '/activity.csv', download('csv')],
  ['GET', '/activity.json', download('json')],
  ['GET', '/activity/:entry', showEntry],
]
