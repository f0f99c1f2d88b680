// Audit entries for lists that people read: without the reads that were allowed, which the console's own pages make many of.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { z } from 'zod'
import { auditEntry } from '../../admin/audit/schemas.ts'
import { listOf } from '../../admin/list.ts'
import { person } from '../../admin/people/schemas.ts'
import { isProblem, Problem } from '../../problem.ts'
import type { ListFile } from '../frame/download.ts'
import type { ListQuery } from '../frame/list.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import { isDryRun } from './row.ts'

export type AuditEntry = z.output<typeof auditEntry>

const reads = /^[a-z-]+:(?:Get|List|Simulate)[A-Z]/

const isAllowedRead = (entry: AuditEntry): boolean =>
  entry.outcome === 'done' && (reads.test(entry.action) || isDryRun(entry))

/** Entries that are read at a time, and how often at most for one page. */
const chunk = { size: 200, most: 5 } as const
/** Entries that fill a page. */
const enough = 50

/**
 * One page of entries. It may hold fewer than a page although there are more.
 * @param withReads also reads that were allowed
 * @throws Problem
 */
export async function entriesOf(
  request: ConsoleRequest,
  filter: ListQuery,
  cursor: string | undefined,
  withReads: boolean,
): Promise<{ readonly items: readonly AuditEntry[]; readonly cursor: string | undefined }> {
  const limit = String(withReads ? enough : chunk.size)
  const items: AuditEntry[] = []
  let next = cursor
  for (let at = 0; at < chunk.most; at++) {
    const found = await request.perform('ListAuditEntries', listOf(auditEntry), {
      query: { ...filter, cursor: next, limit },
    })
    next = found.cursor
    items.push(...found.items.filter((entry) => withReads || !isAllowedRead(entry)))
    if (next === undefined || withReads || items.length >= enough) break
    await nextTurn()
  }
  return { items, cursor: next }
}

/**
 * The ARN of a person who is named without one; an ARN, and a caller that has none, as it is.
 * @throws Problem('validation') for a name that is no person's, or of a person whom the reader may not see
 */
export async function callerNamed(
  request: ConsoleRequest,
  who: string | undefined,
): Promise<string | undefined> {
  if (who === undefined || who === '' || who.includes(':')) return who
  try {
    return (await request.perform('GetPerson', person, { params: { person: who } })).arn
  } catch (error) {
    if (!isProblem(error, 'not_found', 'denied', 'validation')) throw error
    throw new Problem('validation', `there is no person \`${who}\` in this account: name one, or give an ARN`)
  }
}

/** The columns of a file of entries. */
export const entryColumns: ListFile<AuditEntry>['columns'] = [
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
]
