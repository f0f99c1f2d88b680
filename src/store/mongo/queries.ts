// Lookups and pages as MongoDB filters. Strings compare by their UTF-8 bytes, that is in code point order, because no collection has
// a collation.
import { checkLimit, endOfPrefix, positionOf } from '../cursor.ts'
import type { EpochSeconds, Kind } from '../records.ts'
import type { Page } from '../store.ts'
import { dateOf, lookupField, sortFieldOf } from './layout.ts'

export type Filter = Readonly<Record<string, unknown>>

export interface Search {
  readonly filter: Filter
  readonly sort: Readonly<Record<string, 1 | -1>>
  /** The field whose value is the record's sort key. */
  readonly sortKey: string
}

interface LookupValue {
  readonly by: string
  readonly value: string
  readonly prefix?: string | undefined
}

/** `$not` holds for a record without the field too: it never expires. */
export const live = (now: EpochSeconds): Filter => ({ expires: { $not: { $lte: dateOf(now) } } })
export const expired = (now: EpochSeconds): Filter => ({ expires: { $lte: dateOf(now) } })

/** @throws Problem('invalid_input') for an invalid limit or cursor */
export function searchFor(
  kind: Kind,
  { by, value, prefix }: LookupValue,
  page: Page,
  now: EpochSeconds,
): Search {
  checkLimit(page)
  const sortKey = sortFieldOf(kind, by) ?? '_id'
  const order = page.descending ? -1 : 1
  const conditions: Filter[] = [
    { [lookupField(by)]: value },
    ...prefixed(sortKey, prefix),
    ...beyond(sortKey, page),
  ]
  return {
    filter: { $and: [...conditions, live(now)] },
    sort: sortKey === '_id' ? { _id: order } : { [sortKey]: order, _id: order },
    sortKey,
  }
}

function prefixed(sortKey: string, prefix: string | undefined): readonly Filter[] {
  if (prefix === undefined) return []
  const end = endOfPrefix(prefix)
  return [{ [sortKey]: end === undefined ? { $gte: prefix } : { $gte: prefix, $lt: end } }]
}

/** Records after the cursor. The condition on the sort key alone is redundant, but makes the index scan start there. */
function beyond(sortKey: string, { after, descending }: Page): readonly Filter[] {
  if (after === undefined) return []
  const { sort, id } = positionOf(after)
  const past = descending ? '$lt' : '$gt'
  if (sortKey === '_id') return [{ _id: { [past]: id } }]
  return [
    { [sortKey]: { [`${past}e`]: sort } },
    { $or: [{ [sortKey]: { [past]: sort } }, { _id: { [past]: id } }] },
  ]
}
