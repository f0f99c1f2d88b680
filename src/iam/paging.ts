// Pagination. A marker is authenticated and bound to the account, the operation and its filter, so that the marker of one list
// is not valid for another (docs/attacks.md 16).
import { Problem } from '../problem.ts'
import { openTicket, sealTicket } from '../secure/ticket.ts'
import { accountOf } from './arn.ts'
import type { Caller, Circumstances, ClientCaller } from './caller.ts'

export interface ListRequest {
  readonly marker?: string | undefined
  /** 1…1000, default 100. */
  readonly maxItems?: number | undefined
}

export interface ListPage<T> {
  readonly items: readonly T[]
  /** Undefined on the last page. */
  readonly marker: string | undefined
}

/** Seconds after which a marker expires, so that one found in a log is of no use later. */
const markerSeconds = 24 * 3600

/** Who pages through a list. */
export interface PagingCall {
  readonly caller: Caller | ClientCaller
  readonly circumstances: Pick<Circumstances, 'now'>
}

export interface Markers {
  /** @throws Problem('validation') when the marker is of another list or account, or has expired */
  open(call: PagingCall, list: string, marker: string | undefined): string | undefined
  /** Like `open`, but returns undefined where that throws. */
  tryOpen(call: PagingCall, list: string, marker: string | undefined): string | undefined
  seal(call: PagingCall, list: string, after: string): string
}

/** @param key at least 32 bytes, the same in every process. */
export const openMarkers = (key: () => Buffer): Markers => {
  const step = (call: PagingCall, list: string) => `cursor:${accountOf(call.caller)}:${list}`
  const read = (call: PagingCall, list: string, marker: string) =>
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

/** The most items of a page: 1 to 1000, by default 100. */
export const limitOf = (request: ListRequest): number => Math.min(1000, Math.max(1, request.maxItems ?? 100))

/** A page of items in memory. @param keyOf unique key by which items are sorted; the marker contains the key of the last item */
export function pageOfItems<T>(
  markers: Markers,
  call: PagingCall,
  list: string,
  request: ListRequest,
  items: readonly T[],
  keyOf: (item: T) => string,
): ListPage<T> {
  const after = markers.open(call, list, request.marker)
  const ordered = items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const rest = after === undefined ? ordered : ordered.filter((item) => keyOf(item) > after)
  const page = rest.slice(0, limitOf(request))
  const last = page.at(-1)
  const more = rest.length > page.length && last !== undefined
  return { items: page, marker: more ? markers.seal(call, list, keyOf(last)) : undefined }
}
