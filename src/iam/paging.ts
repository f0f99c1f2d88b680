// Lists a page at a time. A Marker is authenticated and bound to account, action and filter, so that a marker of one
// list opens no other (attacks.md 16).
import { Problem } from '../problem.ts'
import { openTicket, sealTicket } from '../secure/ticket.ts'
import type { Kind, Records } from '../store/records.ts'
import type { Found, Page } from '../store/store.ts'
import { accountOf } from './arn.ts'
import type { Call } from './caller.ts'

export interface ListRequest {
  readonly marker?: string | undefined
  /** 1…1000, default 100. */
  readonly maxItems?: number | undefined
}

export interface Listed<T> {
  readonly items: readonly T[]
  /** Present when there is more. */
  readonly marker: string | undefined
}

/** Markers go stale, so that one from a log is of no use later. */
const markerSeconds = 24 * 3600

export interface Markers {
  /** @throws Problem('validation') when it is not of this list, account and day. */
  open(call: Call, list: string, marker: string | undefined): string | undefined
  /** Undefined when it is not. */
  tryOpen(call: Call, list: string, marker: string | undefined): string | undefined
  seal(call: Call, list: string, after: string): string
}

/** @param key at least 32 bytes, the same in every process. */
export const markersUnder = (key: () => Buffer): Markers => {
  const step = (call: Call, list: string) => `cursor:${accountOf(call.caller)}:${list}`
  const read = (call: Call, list: string, marker: string) =>
    openTicket(key(), step(call, list), marker, call.circumstances.now)
  return {
    open(call, list, marker) {
      if (marker === undefined) return undefined
      try {
        return read(call, list, marker)
      } catch (cause) {
        throw new Problem('validation', 'Invalid Marker.', { cause })
      }
    },
    tryOpen(call, list, marker) {
      if (marker === undefined) return undefined
      try {
        return read(call, list, marker)
      } catch {
        return undefined
      }
    },
    seal: (call, list, after) =>
      sealTicket(key(), step(call, list), after, call.circumstances.now + markerSeconds),
  }
}

/** Items a page may hold. */
export const limitOf = (request: ListRequest): number => Math.min(1000, Math.max(1, request.maxItems ?? 100))

/** Store pages read for one answer before it is cut short: a filter that keeps little must not scan without end. */
const mostRounds = 20

/** A page of records from the store. `list` names the list and its filter; `keep` is that filter. */
export async function pageOf<K extends Kind>(
  markers: Markers,
  call: Call,
  list: string,
  request: ListRequest,
  find: (page: Page) => Promise<Found<Records[K]>>,
  keep: (record: Records[K]) => boolean | Promise<boolean> = () => true,
): Promise<Listed<Records[K]>> {
  const limit = limitOf(request)
  const items: Records[K][] = []
  let after = markers.open(call, list, request.marker)
  for (let round = 0; round < mostRounds; round++) {
    // Never more than still fits, so that the store's cursor is ours as well.
    const found = await find({ limit: limit - items.length, after })
    for (const record of found.records) if (await keep(record)) items.push(record)
    after = found.next
    if (after === undefined || items.length >= limit) break
  }
  return { items, marker: after === undefined ? undefined : markers.seal(call, list, after) }
}

/** A page of what one record holds. `keyOf` orders and names an item; the marker is the last one's. */
export function pageOfItems<T>(
  markers: Markers,
  call: Call,
  list: string,
  request: ListRequest,
  items: readonly T[],
  keyOf: (item: T) => string,
): Listed<T> {
  const after = markers.open(call, list, request.marker)
  const ordered = items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const rest = after === undefined ? ordered : ordered.filter((item) => keyOf(item) > after)
  const page = rest.slice(0, limitOf(request))
  const last = page.at(-1)
  const more = rest.length > page.length && last !== undefined
  return { items: page, marker: more ? markers.seal(call, list, keyOf(last)) : undefined }
}

/** Everything under one lookup, page after page. For counts and clean-up, never for an answer. */
export async function allOf<K extends Kind>(
  find: (page: Page) => Promise<Found<Records[K]>>,
): Promise<readonly Records[K][]> {
  const all: Records[K][] = []
  let after: string | undefined
  do {
    const found: Found<Records[K]> = await find({ limit: 1000, after })
    all.push(...found.records)
    after = found.next
  } while (after !== undefined)
  return all
}
