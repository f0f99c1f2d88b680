// Limits the size of audit entries for unauthenticated requests that did not succeed, because anyone can cause them. The number of
// entries per address is limited where they are created.
import type { AuditDecision } from './decision-record.ts'
import type { AuditEvent } from './event.ts'

/** In bytes of UTF-8, except `listed`, which counts values. Quotes and backslashes take twice as much in the entry. */
export const refusedLimits = {
  who: 256,
  resource: 256,
  reason: 1024,
  userAgent: 128,
  /** One value of the details, and all details together as JSON. */
  detail: 128,
  details: 768,
  /** The decision as JSON, without its conditions when they are too long; a longer one is left out. */
  decision: 1536,
  listed: 3,
} as const

const unproven = new Set([undefined, 'anonymous', 'outside', 'client'])

/** Returns the event, truncated to `refusedLimits` when it is of an unauthenticated request that did not succeed. */
export function limitRefusal(event: AuditEvent): AuditEvent {
  if (event.outcome === 'done' || !unproven.has(event.actor?.kind)) return event
  const { who, resource, reason, userAgent, details, actor, decision } = event
  const id = actor?.id
  return {
    ...event,
    who: truncateBytes(who, refusedLimits.who),
    ...(actor === undefined || id === undefined
      ? {}
      : { actor: { ...actor, id: truncateBytes(id, refusedLimits.who) } }),
    resource: resource === undefined ? undefined : truncateBytes(resource, refusedLimits.resource),
    reason: reason === undefined ? undefined : truncateBytes(reason, refusedLimits.reason),
    userAgent: userAgent === undefined ? undefined : truncateBytes(userAgent, refusedLimits.userAgent),
    decision: cutDecision(decision),
    details: details === undefined ? undefined : cutDetails(details),
  }
}

function cutDecision(decision: AuditDecision | undefined): AuditDecision | undefined {
  if (decision === undefined) return undefined
  const { conditions: _, nearest: __, ...rest } = decision
  const shorter = [decision, { ...rest, conditions: [] }]
  return shorter.find((one) => Buffer.byteLength(JSON.stringify(one)) <= refusedLimits.decision)
}

function cutDetails(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const kept: Record<string, unknown> = {}
  let left = refusedLimits.details
  for (const [name, value] of Object.entries(details)) {
    if (value === undefined) continue
    const short = cutValue(value)
    const size = Buffer.byteLength(JSON.stringify([name, short]))
    if (size > left) {
      kept['leftOut'] = true
      continue
    }
    left -= size
    kept[name] = short
  }
  return kept
}

function cutValue(value: unknown): unknown {
  if (typeof value === 'string') return truncateBytes(value, refusedLimits.detail)
  if (Array.isArray(value)) return value.slice(0, refusedLimits.listed).map(cutValue)
  if (typeof value === 'object' && value !== null)
    return truncateBytes(JSON.stringify(value) ?? '', refusedLimits.detail)
  return value
}

/** Truncates to at most this many bytes of UTF-8, between characters, marked with `…`; control characters become `?`. */
export function truncateBytes(text: string, most: number): string {
  // Never more characters than bytes, so that the work does not depend on the length of the text.
  const begin = text.slice(0, most + 1).replace(/\p{Cc}/gu, '?')
  if (text.length <= most && Buffer.byteLength(begin) <= most) return begin
  const mark = '…'
  const bytes = Buffer.from(begin).subarray(0, most - Buffer.byteLength(mark))
  return bytes.toString('utf8').replace(/\uFFFD+$/, '') + mark
}
