// Reads chains as they were written: which there are, and the entries of one in order.
import { cursorAt } from '../store/cursor.ts'
import type { AuditEntry } from '../store/records.ts'
import type { Store } from '../store/store.ts'

type Reads = Pick<Store, 'find'>

/** A chain with the time of its first entry, in milliseconds since 1970. */
export interface OpenedChain {
  readonly chain: string
  readonly opened: number
}

/** The time in an entry's id, in milliseconds since 1970. */
export const millisOf = (id: string): number => Number(id.slice(0, id.indexOf('-')))

/** Chains that were opened at `from` (milliseconds since 1970) or later, oldest first. */
export async function* chainsOpenedSince(store: Reads, from: number): AsyncGenerator<OpenedChain> {
  let after: string | undefined = cursorAt({ sort: `${from}`, id: `${from}` })
  do {
    const page: Awaited<ReturnType<typeof openings>> = await openings(store, after)
    for (const { chain, id } of page.records) yield { chain, opened: millisOf(id) }
    after = page.next
  } while (after !== undefined)
}

const openings = (store: Reads, after: string | undefined) =>
  store.find('auditEntry', { by: 'opening', value: 'all' }, { limit: 500, after })

/** The chains that were opened last, at most `limit`. */
export async function newestChains(store: Reads, limit: number): Promise<readonly OpenedChain[]> {
  const page = await store.find('auditEntry', { by: 'opening', value: 'all' }, { limit, descending: true })
  return page.records.map(({ chain, id }) => ({ chain, opened: millisOf(id) }))
}

/** As kinds.ts sorts the entries of a chain. */
const sortOf = (seq: number): string => String(seq).padStart(16, '0')

/** Entries of a chain from position `seq` on, in order, at most `limit`; positions may be missing. */
export async function entriesFrom(
  store: Reads,
  chain: string,
  seq: number,
  limit: number,
): Promise<readonly AuditEntry[]> {
  // `~` sorts after every id.
  const after = seq === 0 ? undefined : cursorAt({ sort: sortOf(seq - 1), id: '~' })
  return (await store.find('auditEntry', { by: 'chain', value: chain }, { limit, after })).records
}

/** The last entry of a chain; undefined when there is none. */
export async function lastEntry(store: Reads, chain: string): Promise<AuditEntry | undefined> {
  const page = await store.find('auditEntry', { by: 'chain', value: chain }, { limit: 1, descending: true })
  return page.records[0]
}
