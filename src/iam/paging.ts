// Lists a page at a time. A Marker is authenticated and bound to account, action and filter, so that a marker of one
// list opens no other (attacks.md 16).
import { Problem } from '../problem.ts'
import { openTicket, sealTicket } from '../secure/ticket.ts'
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
