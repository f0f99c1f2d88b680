// How often the same request of a caller was refused or failed before, for lists that show it beside each entry.
import type { Store } from '../store/store.ts'
import type { AuditRecord } from './event.ts'
import { notDone, readTrail, reasonCode } from './read.ts'

export type Repeatable = Pick<
  AuditRecord,
  'id' | 'at' | 'accountId' | 'who' | 'action' | 'resource' | 'outcome' | 'reason' | 'sourceIp'
>

/** Seconds before an entry in which earlier ones count. */
const window = 3600
/** How far is counted. */
export const mostTimes = 10
/** Entries that are read for one list. */
const mostRead = 500

/** Callers without an identity: they are distinguished by their address, and by how their reason begins. */
const unknown: ReadonlySet<string> = new Set(['unknown', 'anonymous', 'an unverified token'])

const keyOf = (entry: Repeatable): string => {
  const { who, action, resource, sourceIp } = entry
  return JSON.stringify([who, action, resource, ...(unknown.has(who) ? [sourceIp, reasonCode(entry)] : [])])
}

/**
 * Of entries that are not `done`, the how manyth each is of the same caller, action and resource within an hour, whatever the reason
 * for callers who are known; `mostTimes + 1` for any further. Those that were the first are left out.
 *
 * Read once, from the newest of them to an hour before the oldest, and at most `mostRead`: entries whose hour was not read whole are
 * left out as well, unless enough was found.
 * @param entries of one account
 */
export async function repeatsOf(
  store: Pick<Store, 'find'>,
  entries: readonly Repeatable[],
): Promise<ReadonlyMap<string, number>> {
  const asked = entries.filter(({ outcome }) => outcome !== 'done')
  const [first] = asked
  if (first === undefined) return new Map()
  const times = asked.map(({ at }) => at)
  const from = Math.min(...times) - window
  const { records, next } = await readTrail(store, {
    accountId: first.accountId,
    outcome: notDone,
    ...sharedBy(asked),
    from,
    to: Math.max(...times) + 1,
    limit: mostRead,
    examined: mostRead,
  })
  const oldest = next === undefined ? from : (records.at(-1)?.at ?? Number.POSITIVE_INFINITY)
  const byKey = Map.groupBy(records, keyOf)
  return new Map(
    asked.flatMap((entry) => {
      const { id, at } = entry
      const earlier = (byKey.get(keyOf(entry)) ?? []).filter(
        (one) => one.id < id && one.at > at - window,
      ).length
      const count = Math.min(earlier, mostTimes) + 1
      const isWhole = oldest <= at - window || count > mostTimes
      return isWhole && count > 1 ? [[id, count] as const] : []
    }),
  )
}

/** What all of them have in common narrows what is read. */
function sharedBy(entries: readonly Repeatable[]) {
  const shared = (name: 'who' | 'action' | 'resource'): string | undefined => {
    const values = new Set(entries.map((entry) => entry[name]))
    return values.size === 1 ? [...values][0] : undefined
  }
  return { who: shared('who'), action: shared('action'), resource: shared('resource') }
}
