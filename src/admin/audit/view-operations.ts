// Saved views of the audit trail.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import type { AuditView } from '../../iam/audit/audit-views.ts'
import type { Call } from '../../iam/caller.ts'
import { type Operation, operation } from '../operation.ts'
import { line } from '../people/schemas.ts'
import { nothing } from '../people/target.ts'
import type { UseCases } from '../use-cases.ts'
import { auditFilter } from './schemas.ts'

const { from: _from, to: _to, server: _server, ...filters } = auditFilter

const name = line(64).refine((text) => !text.includes('/'), 'must not contain `/`')

export const auditView = z.strictObject({
  name: z.string(),
  ...filters,
  reads: z.boolean().describe('reads that were allowed are shown, too'),
})

const answerOf = ({ name: shown, filter, reads }: AuditView): z.input<typeof auditView> =>
  auditView.parse({ name: shown, ...filter, reads })

const arnOf = (call: Call, part: string): string =>
  `arn:aws:chancery::${accountOf(call.caller)}:audit-view/${part}`

async function target({ auditViews }: UseCases, call: Call, { view: named }: { readonly view: string }) {
  const views = await auditViews.list(accountOf(call.caller))
  return { arn: arnOf(call, named), value: views.find((view) => view.name === named) }
}

const oneView = z.strictObject({ view: name.describe('its name') })
const resource = 'arn:aws:chancery::<account>:audit-view/<name>'

export const auditViewOperations: readonly Operation[] = [
  operation({
    name: 'ListAuditViews',
    method: 'GET',
    path: '/audit-views',
    summary: 'list saved views of the audit trail',
    resource: 'arn:aws:chancery::<account>:audit-view/*',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: z.strictObject({ items: z.array(auditView) }),
    command: { words: 'audit views', columns: ['name', 'outcome', 'action', 'who', 'resource'] },
    target: (_, call) => ({ arn: arnOf(call, '*'), value: true }),
    run: async ({ auditViews }, { call }) => ({
      answer: { items: (await auditViews.list(accountOf(call.caller))).map(answerOf) },
    }),
  }),
  operation({
    name: 'SaveAuditView',
    method: 'PUT',
    path: '/audit-views/:view',
    summary: 'save filters of the audit trail under a name, in the place of what has it',
    resource,
    params: oneView,
    query: nothing,
    body: z.strictObject({ ...filters, reads: auditView.shape.reads.default(false) }),
    answer: auditView,
    command: { words: 'audit save-view' },
    target: (_, call, { view }) => ({ arn: arnOf(call, view), value: true }),
    async run({ auditViews }, { call, input: { view, reads, ...given } }) {
      const filter = Object.fromEntries(
        Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
      )
      const saved = { name: view, filter, reads }
      await auditViews.save(accountOf(call.caller), saved)
      return { answer: answerOf(saved), after: saved }
    },
  }),
  operation({
    name: 'DeleteAuditView',
    method: 'DELETE',
    path: '/audit-views/:view',
    summary: 'delete a saved view of the audit trail',
    resource,
    params: oneView,
    query: nothing,
    body: nothing,
    answer: z.undefined(),
    command: { words: 'audit delete-view' },
    target,
    async run({ auditViews }, { call, target: view }) {
      await auditViews.remove(accountOf(call.caller), view.name)
      return { answer: undefined, before: view }
    },
  }),
]
