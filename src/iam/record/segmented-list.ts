// Paged lists that are composed of several sources (segments), such as AWS managed policies followed by those of the account. The
// cost of a page depends on its items only, not on where it begins or how large the account is, and the event loop is released
// regularly so that other requests are served meanwhile.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Problem } from '../../problem.ts'
import type { Kind, Records } from '../../store/records.ts'
import type { Page, RecordPage } from '../../store/store.ts'
import { type ListPage, type ListRequest, limitOf, type Markers, type PagingCall } from '../paging.ts'

export interface SegmentPage<T> {
  readonly items: readonly T[]
  /** The `after` of the next page of this segment; undefined at its end. */
  readonly next: string | undefined
}

/** One source of a list. Reads at most `limit` records; after filtering there may be fewer items, or none. */
export type Segment<T> = (page: Pick<Page, 'limit' | 'after'>) => Promise<SegmentPage<T>>

/** Records read in one turn of the event loop. */
const recordsPerTurn = 100

/**
 * Limits of one page. When one is reached the page ends with a marker although it may have fewer items than requested, or none,
 * so that a filter with few matches does not scan without bound.
 */
const readLimits = { records: 1000, reads: 200 } as const

interface Position {
  readonly segment: number
  readonly after: string | undefined
}

const textOf = ({ segment, after }: Position): string => `${segment}.${after ?? ''}`

function placeOf(text: string | undefined): Position {
  if (text === undefined) return { segment: 0, after: undefined }
  const [, segment, after] = /^(\d{1,2})\.(.*)$/s.exec(text) ?? []
  if (segment === undefined) throw new Problem('validation', 'Invalid Marker.')
  return { segment: Number(segment), after: after || undefined }
}

/**
 * A page of the segments in their order. `list` names the list and its filter, to which markers are bound.
 * @param perTurn records read in one turn of the event loop: fewer than 100 where each of them costs much
 * @throws Problem('validation') for a marker of another list, account or day
 */
export async function pageOfSegments<T>(
  markers: Markers,
  call: PagingCall,
  list: string,
  request: ListRequest,
  segments: readonly Segment<T>[],
  perTurn = recordsPerTurn,
): Promise<ListPage<T>> {
  const limit = limitOf(request)
  const items: T[] = []
  let place = placeOf(markers.open(call, list, request.marker))
  let records = 0
  let thisTurn = 0
  for (
    let reads = 0;
    items.length < limit && records < readLimits.records && reads < readLimits.reads;
    reads++
  ) {
    const segment = segments[place.segment]
    if (segment === undefined) break
    const most = Math.min(limit - items.length, perTurn)
    if (thisTurn + most > perTurn) {
      await nextTurn()
      thisTurn = 0
    }
    // Never more than still fits, so that the position after the read is also the position after the page.
    const found = await segment({ limit: most, after: place.after })
    records += most
    thisTurn += most
    items.push(...found.items)
    place = found.next === undefined ? following(place) : { ...place, after: found.next }
  }
  if (place.after === undefined) place = await nextWithRecords(segments, place)
  if (place.segment >= segments.length) return { items, marker: undefined }
  return { items, marker: markers.seal(call, list, textOf(place)) }
}

const following = ({ segment }: Position): Position => ({ segment: segment + 1, after: undefined })

/** Skips empty segments, so that a page at the end of a segment has no marker when nothing follows. */
async function nextWithRecords<T>(segments: readonly Segment<T>[], place: Position): Promise<Position> {
  for (let at = place; ; at = following(at)) {
    const found = await segments[at.segment]?.({ limit: 1, after: undefined })
    if (found === undefined || found.items.length > 0 || found.next !== undefined) return at
  }
}

/**
 * Items made concurrently. Each may read the store several times, and a page of a hundred at once would keep the connections of a
 * database from other requests.
 */
const concurrentItems = 8

async function itemsOf<R, T>(
  records: readonly R[],
  item: (record: R) => T | undefined | Promise<T | undefined>,
): Promise<readonly T[]> {
  const items: T[] = []
  for (let at = 0; at < records.length; at += concurrentItems)
    for (const made of await Promise.all(records.slice(at, at + concurrentItems).map(item)))
      if (made !== undefined) items.push(made)
  return items
}

/** A store lookup as a segment. `item` returns undefined for a record that does not belong to the list. */
export const recordSegment =
  <K extends Kind, T>(
    find: (page: Page) => Promise<RecordPage<Records[K]>>,
    item: (record: Records[K]) => T | undefined | Promise<T | undefined>,
  ): Segment<T> =>
  async (page) => {
    const { records, next } = await find(page)
    return { items: await itemsOf(records, item), next }
  }

/** A page of records from the store. @param list names the list and its filter @param keep the filter */
export const pageOf = <K extends Kind>(
  markers: Markers,
  call: PagingCall,
  list: string,
  request: ListRequest,
  find: (page: Page) => Promise<RecordPage<Records[K]>>,
  keep: (record: Records[K]) => boolean = () => true,
): Promise<ListPage<Records[K]>> =>
  pageOfSegments(markers, call, list, request, [
    recordSegment<K, Records[K]>(find, (record) => (keep(record) ? record : undefined)),
  ])

/** Items in memory as a segment, sorted by `keyOf`. */
export function itemSegment<R, T>(
  all: readonly R[],
  keyOf: (one: R) => string,
  item: (one: R) => T | undefined | Promise<T | undefined>,
): Segment<T> {
  const ordered = all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  return async ({ limit, after }) => {
    const found = after === undefined ? 0 : ordered.findIndex((one) => keyOf(one) > after)
    const start = found === -1 ? ordered.length : found
    const read = ordered.slice(start, start + limit)
    const last = start + limit < ordered.length ? read.at(-1) : undefined
    return { items: await itemsOf(read, item), next: last && keyOf(last) }
  }
}
