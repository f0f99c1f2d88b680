// Reads the audit trail: an account's entries in order of time, between two instants, filtered. Of the filters of a query, the
// one that few entries have is looked up in an index; the others are compared with each entry found.
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type AuditLookup,
  auditLookups,
  auditLookupValue,
  notDone,
  sessionsOf,
} from '../store/audit-lookups.ts'
import { checkLimit, cursorAt, positionOf as cursorPosition } from '../store/cursor.ts'
import type { AuditEntry, EpochSeconds } from '../store/records.ts'
import type { Lookup, Store } from '../store/store.ts'
import { type AuditRecord, eventOf } from './event.ts'

export { notDone }

/** What entries may be filtered by; each compares the whole value. */
export interface AuditFilter {
  readonly action?: string | undefined
  /** ARN of the caller, as the entry has it. */
  readonly who?: string | undefined
  readonly outcome?: AuditRecord['outcome'] | typeof notDone | undefined
  /** How the reason begins (`reasonCode`), for entries that are not `done`. */
  readonly reason?: string | undefined
  readonly resource?: string | undefined
  /** Request id, the reference that error messages and pages show. */
  readonly request?: string | undefined
  /** `jti` or access key id of the session that acted or that was issued. */
  readonly session?: string | undefined
  /** The same along a whole chain of sessions. */
  readonly sourceIdentity?: string | undefined
}

export interface AuditQuery extends AuditFilter {
  readonly accountId: string
  /** Default: `newest` first. */
  readonly order?: 'newest' | 'oldest' | undefined
  /** Entries from this second on. */
  readonly from?: EpochSeconds | undefined
  /** Entries before this second. */
  readonly to?: EpochSeconds | undefined
  /** 1…1000. */
  readonly limit: number
  /** `next` of the previous page. Opaque; callers authenticate it. */
  readonly after?: string | undefined
  /** Entries read at most, 1 to 1000; by default 1000. */
  readonly examined?: number | undefined
  /** At the end of the trail `next` is where entries that follow will be. */
  readonly keepsPosition?: boolean | undefined
}

export interface AuditPage {
  readonly records: readonly AuditRecord[]
  readonly next: string | undefined
}

/** Maximum entries read for one page, so that a rare combination of filters does not scan the whole trail in one request. */
const maxExamined = 1000
/** Of them in one turn of the event loop, between which other requests get theirs. */
const entriesPerTurn = 200
/**
 * Index entries looked at for one page, and of them in one turn, when several indexes serve a query: some microseconds each, where an entry
 * that is read takes tens.
 */
const maxIndexed = 10_000
const indexedPerTurn = 2000

/**
 * A page of an account's entries. With a filter, a page may be short or empty and still have a `next`.
 * @throws Problem('invalid_input') for an invalid limit or marker
 */
export async function readTrail(store: Pick<Store, 'find'>, query: AuditQuery): Promise<AuditPage> {
  const page = await readPage(store, query)
  if (page.next !== undefined || query.keepsPosition !== true) return page
  return { ...page, next: endOf(page, query) }
}

/** Where a page ended: after its last entry; after those before it; at the latest where it was allowed to look. */
function endOf({ records }: AuditPage, query: AuditQuery): string {
  const lookup = lookupOf(query)
  const last = records.at(-1)
  if (last !== undefined) return positionOf(lookup, last.id)
  return query.after ?? positionOf(lookup, idAt(query.from ?? query.to ?? 0))
}

async function readPage(store: Pick<Store, 'find'>, query: AuditQuery): Promise<AuditPage> {
  const descending = (query.order ?? 'newest') === 'newest'
  const lookup = lookupOf(query)
  const records: AuditRecord[] = []
  let after = query.after ?? startOf(query, lookup, descending)
  checkLimit(query)
  const most = Math.min(query.examined ?? maxExamined, maxExamined)
  let limit = query.limit
  for (let looked = 0, indexed = 0; looked < most && indexed < maxIndexed; indexed += indexedPerTurn) {
    const page = await store.find('auditEntry', lookup, {
      limit: Math.min(limit, entriesPerTurn, most - looked),
      after,
      descending,
    })
    for (const [at, entry] of page.records.entries()) {
      if (isBeyond(entry, query, descending)) return { records, next: undefined }
      const event = eventOf(entry.event)
      if (entry.accountId === query.accountId && fits(event, query)) records.push({ ...event, id: entry.id })
      const isLast = at === page.records.length - 1 && page.next === undefined
      if (records.length === query.limit)
        return { records, next: isLast ? undefined : positionOf(lookup, entry.id) }
    }
    after = page.next
    if (after === undefined || isBeyond(cursorPosition(after), query, descending))
      return { records, next: undefined }
    looked += page.records.length
    // What the first entries did not answer takes many, even for a short page.
    limit = entriesPerTurn
    await nextTurn()
  }
  return { records, next: after }
}

/** One entry; undefined when there is none of this id. */
export async function readEntry(store: Pick<Store, 'get'>, id: string): Promise<AuditRecord | undefined> {
  const entry = await store.get('auditEntry', id)
  return entry && { ...eventOf(entry.event), id }
}

/** Of the given filters the first of `auditLookups`, and the others that have an index; without one, the account. */
function lookupOf(query: AuditQuery): Lookup<'auditEntry'> {
  const { accountId } = query
  const given = query.reason === undefined ? query : { outcome: notDone, ...query }
  const [first, ...others] = auditLookups
    .filter((name) => given[name] !== undefined && isIndexed(name, given[name]))
    .map((by) => ({
      by,
      value: auditLookupValue(by, accountId, by === 'outcome' ? notDone : (given[by] ?? '')),
    }))
  if (first === undefined) return { by: 'account', value: accountId }
  // The entries of a request or a session are few, and sessions are in an index of another form.
  const values = isFew(first.by) ? [] : others.filter(({ by }) => !isFew(by))
  return values.length === 0 ? first : { ...first, also: { values, examined: indexedPerTurn } }
}

const isFew = (name: AuditLookup): boolean => name === 'request' || name === 'session'

const isIndexed = (name: AuditLookup, value: string): boolean => name !== 'outcome' || value !== 'done'

/** The cursor after an entry. Sessions are several per entry, so their lookup has its sort key elsewhere than in the id. */
const positionOf = ({ by }: Lookup<'auditEntry'>, id: string): string =>
  cursorAt({ sort: by === 'session' ? '' : id, id })

/** Milliseconds with 13 digits: from 2001 to 2286. */
const lastMilliseconds = 9_999_999_999_999

/**
 * Ids begin with their time in milliseconds, so the seconds are enough to start from. Ids are compared as texts, so a time of fewer or
 * more digits than theirs is filled up or cut to the last.
 */
const idAt = (at: EpochSeconds): string =>
  String(Math.min(Math.max(at * 1000, 0), lastMilliseconds)).padStart(13, '0')

function startOf(
  { from, to }: AuditQuery,
  lookup: Lookup<'auditEntry'>,
  descending: boolean,
): string | undefined {
  const start = descending ? to : from
  return start === undefined ? undefined : positionOf(lookup, idAt(start))
}

function isBeyond({ id }: Pick<AuditEntry, 'id'>, { from, to }: AuditQuery, descending: boolean): boolean {
  return descending ? from !== undefined && id < idAt(from) : to !== undefined && id >= idAt(to)
}

/** How each filter is compared; also after an index lookup, whose values are hashes. */
const matches: {
  readonly [F in keyof AuditFilter]-?: (record: Omit<AuditRecord, 'id'>, value: string) => boolean
} = {
  action: (event, value) => event.action === value,
  who: (event, value) => event.who === value,
  outcome: (event, value) => (value === notDone ? event.outcome !== 'done' : event.outcome === value),
  reason: (event, value) => reasonCode(event) === value,
  resource: (event, value) => event.resource === value,
  request: (event, value) => event.requestId === value,
  session: (event, value) => sessionsOf({ ...event.actor }, { ...event.details }).includes(value),
  sourceIdentity: (event, value) =>
    (event.actor?.sourceIdentity ?? event.details?.['sourceIdentity']) === value,
}

/**
 * How the reason of an entry begins: the code of a Problem (problem.ts), or words such as `wrong password`; at most 64 characters, and
 * nothing that was typed.
 */
export const reasonCode = ({ reason = '' }: Pick<AuditRecord, 'reason'>): string =>
  (/^[^:(`'"\p{Cc}]{1,64}/u.exec(reason)?.[0] ?? '').trim() || 'no reason'

const filters = [...auditLookups, 'reason'] as const

const fits = (event: Omit<AuditRecord, 'id'>, filter: AuditFilter): boolean =>
  filters.every((name) => {
    const value = filter[name]
    return value === undefined || matches[name](event, value)
  })
