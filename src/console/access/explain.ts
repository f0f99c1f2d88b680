// Explain a refusal: the audit entries of a request, by its reference, with the decision as it was then.

import { z } from 'zod'
import { explainPage } from '../../../views/console/access/ask.ts'
import { t } from '../../../views/console/message.ts'
import { auditEntry } from '../../admin/audit/schemas.ts'
import { referenceIn } from '../../iam/audit/reference.ts'
import { isProblem } from '../../problem.ts'
import { activityRows } from '../activity/app-names.ts'
import { activityRow } from '../activity/row.ts'
import { adminCommand } from '../frame/command.ts'
import { viewOfDecision } from '../frame/decision.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'
import { remediesOf } from './remedies.ts'

const explanation = z.strictObject({ reference: z.string(), entries: z.array(auditEntry) })

async function showExplain(request: ConsoleRequest): Promise<void> {
  const typed = request.query.get('reference') ?? ''
  const reference = referenceIn(typed)
  const found = reference === undefined ? undefined : await read(request, reference)
  const problem =
    typed.trim() !== '' && reference === undefined ? t('There is no reference in this text.') : found?.problem
  const entries = found?.entries ?? []
  const rows = await activityRows(request, entries)
  await showPage(request, {
    section: 'access',
    title: t('Explain a refusal'),
    status: problem === undefined ? 200 : 422,
    body: explainPage({
      reference: typed,
      problem,
      entries: await Promise.all(
        entries.map(async (entry, at) => ({
          row: rows[at] ?? activityRow(entry),
          decision: entry.decision && viewOfDecision(entry.decision),
          remedies: await remediesOf(request, entry),
          allowedBy: entry.allowedBy ?? [],
        })),
      ),
      commands:
        reference === undefined
          ? []
          : [adminCommand(request.ports.issuer, 'GetRequestExplanation', [reference])],
    }),
  })
}

async function read(request: ConsoleRequest, reference: string) {
  try {
    const { entries } = await request.perform('GetRequestExplanation', explanation, { params: { reference } })
    return { entries, problem: undefined }
  } catch (error) {
    if (isProblem(error, 'not_found'))
      return { entries: [], problem: t('No request of this account has this reference.') }
    if (isProblem(error, 'denied')) return { entries: [], problem: sentence(error.message) }
    throw error
  }
}

export const explainRoutes: readonly ConsoleRoute[] = [['GET', '/access/explain', showExplain]]
