// Reads the audit trail: an account's entries in order of time, between two instants.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { checkLimit, cursorAt } from '../store/cursor.ts'
import type { AuditEntry, EpochSeconds } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { type AuditRecord, eventOf } from './event.ts'

export interface AuditQuery {
  readonly accountId: string
  /** Default: `newest` first. */
  readonly order?: 'newest' | 'oldest' | undefined
  /** Entries from this second on. */
  readonly from?: EpochSeconds | undefined
  /** Entries before this second. */
  readonly to?: EpochSeconds | undefined
  /** Only entries with exactly this action or caller. */
  readonly action?: string | undefined
  readonly who?: string | undefined
  /** 1…1000. */
  readonly limit: number
  /** `next` of the previous page. Opaque; callers authenticate it. */
  readonly after?: string | undefined
}

export interface AuditPage {
  readonly records: readonly AuditRecord[]
  readonly next: string | undefined
}

/** Maximum entries examined for one page, so that a rare filter does not scan the whole trail in one request. */
const maxExamined = 5000
/** Of them in one turn of the event loop, between which other requests get theirs. */
const entriesPerTurn = 200

/**
 * A page of an account's entries. With a filter, a page may be short or empty and still have a `next`.
 * @throws Problem('invalid_input') for an invalid limit or marker
 */
export async function readTrail(store: Pick<Store, 'find'>, query: AuditQuery): Promise<AuditPage> {
  const descending = (query.order ?? 'newest') === 'newest'
  const records: AuditRecord[] = []
  let after = query.after ?? startOf(query, descending)
  checkLimit(query)
  for (let looked = 0; looked < maxExamined; ) {
    const page = await store.find(
      'auditEntry',
      { by: 'account', value: query.accountId },
      { limit: Math.min(query.limit, entriesPerTurn), after, descending },
    )
    for (const [at, entry] of page.records.entries()) {
      if (isBeyond(entry, query, descending)) return { records, next: undefined }
      const event = eventOf(entry.event)
      if (fits(event, query)) records.push({ ...event, id: entry.id })
      const isLast = at === page.records.length - 1 && page.next === undefined
      if (records.length === query.limit)
        return { records, next: isLast ? undefined : cursorAt({ sort: entry.id, id: entry.id }) }
    }
    after = page.next
    if (after === undefined) return { records, next: undefined }
    looked += page.records.length
    await nextTurn()
  }
  return { records, next: after }
}

/** Ids begin with their time in milliseconds, so the seconds are enough to start from. */
const idAt = (at: EpochSeconds): string => `${at * 1000}`

function startOf({ from, to }: AuditQuery, descending: boolean): string | undefined {
  const start = descending ? to : from
  return start === undefined ? undefined : cursorAt({ sort: idAt(start), id: idAt(start) })
}

function isBeyond({ id }: AuditEntry, { from, to }: AuditQuery, descending: boolean): boolean {
  return descending ? from !== undefined && id < idAt(from) : to !== undefined && id >= idAt(to)
}

const fits = (
  event: { readonly action: string; readonly who: string },
  { action, who }: AuditQuery,
): boolean => (action === undefined || event.action === action) && (who === undefined || event.who === who)
