// Lists that are read from several places one after the other, such as the account's policies after AWS's own. A page costs
// what its items cost, wherever it begins and however large the account is, and other requests get their turn meanwhile.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import type { Kind, Records } from '../store/records.ts'
import type { Page, RecordPage } from '../store/store.ts'
import type { Call } from './caller.ts'
import { type Listed, type ListRequest, limitOf, type Markers } from './paging.ts'

export interface SegmentPage<T> {
  readonly items: readonly T[]
  /** Given back as `after` for the rest of the segment; undefined: there is none. */
  readonly next: string | undefined
}

/** One part of a list. Reads at most `limit` records; a filter may leave fewer items, or none. */
export type Segment<T> = (page: Pick<Page, 'limit' | 'after'>) => Promise<SegmentPage<T>>

/** Records read in one turn of the event loop. */
const recordsPerTurn = 100

/**
 * After so much one answer ends with a marker, though it may hold fewer items than asked for, or none: a filter that keeps
 * little must not scan without end.
 */
const bounds = { records: 1000, reads: 200 } as const

interface Place {
  readonly segment: number
  readonly after: string | undefined
}

const textOf = ({ segment, after }: Place): string => `${segment}.${after ?? ''}`

function placeOf(text: string | undefined): Place {
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
  call: Call,
  list: string,
  request: ListRequest,
  segments: readonly Segment<T>[],
  perTurn = recordsPerTurn,
): Promise<Listed<T>> {
  const limit = limitOf(request)
  const items: T[] = []
  let place = placeOf(markers.open(call, list, request.marker))
  let records = 0
  let thisTurn = 0
  for (let reads = 0; items.length < limit && records < bounds.records && reads < bounds.reads; reads++) {
    const segment = segments[place.segment]
    if (segment === undefined) break
    const most = Math.min(limit - items.length, perTurn)
    if (thisTurn + most > perTurn) {
      await nextTurn()
      thisTurn = 0
    }
    // Never more than still fits, so that the place after the read is the place after the page.
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

const following = ({ segment }: Place): Place => ({ segment: segment + 1, after: undefined })

/** So that a page which ends where a segment does has no marker when nothing follows. */
async function nextWithRecords<T>(segments: readonly Segment<T>[], place: Place): Promise<Place> {
  for (let at = place; ; at = following(at)) {
    const found = await segments[at.segment]?.({ limit: 1, after: undefined })
    if (found === undefined || found.items.length > 0 || found.next !== undefined) return at
  }
}

/** A lookup of the store as a segment. `item` gives undefined for a record that does not belong to the list. */
export const recordSegment =
  <K extends Kind, T>(
    find: (page: Page) => Promise<RecordPage<Records[K]>>,
    item: (record: Records[K]) => T | undefined | Promise<T | undefined>,
  ): Segment<T> =>
  async (page) => {
    const { records, next } = await find(page)
    const items = await Promise.all(records.map(item))
    return { items: items.filter((one) => one !== undefined), next }
  }

/** A page of records from the store. `list` names the list and its filter; `keep` is that filter. */
export const pageOf = <K extends Kind>(
  markers: Markers,
  call: Call,
  list: string,
  request: ListRequest,
  find: (page: Page) => Promise<RecordPage<Records[K]>>,
  keep: (record: Records[K]) => boolean = () => true,
): Promise<Listed<Records[K]>> =>
  pageOfSegments(markers, call, list, request, [
    recordSegment<K, Records[K]>(find, (record) => (keep(record) ? record : undefined)),
  ])

/** What is in memory as a segment, in the order of `keyOf`. */
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
    const items = await Promise.all(read.map(item))
    return { items: items.filter((one) => one !== undefined), next: last && keyOf(last) }
  }
}
