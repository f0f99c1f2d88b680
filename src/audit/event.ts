// The content of an audit entry: who did what, from where, with what result. Bounded and without secrets: values of type
// Secret are never printed, and fields that usually hold a secret are redacted by name.

import { LRUCache } from 'lru-cache'
import { Secret } from '../secure/secret.ts'
import type { EpochSeconds } from '../store/records.ts'
import type { AuditDecision } from './decision-record.ts'
import { type Outcome, parseOutcome } from './outcome.ts'

/** The acting user or session, as far as it is known. */
export interface Actor {
  readonly kind: 'root' | 'user' | 'session' | 'anonymous' | 'outside' | 'client' | 'server'
  /** Unique id (`AIDA…`, `AROA…`). */
  readonly id?: string | undefined
  readonly accessKeyId?: string | undefined
  /** The session token's `jti`. */
  readonly session?: string | undefined
  readonly sourceIdentity?: string | undefined
}

export interface AuditEvent {
  readonly at: EpochSeconds
  readonly accountId: string
  /** `<service>:<Action>`. */
  readonly action: string
  /** ARN of the caller, or what an external token claims to be. */
  readonly who: string
  readonly actor?: Actor | undefined
  readonly resource?: string | undefined
  readonly outcome: Outcome
  /** Why the outcome is not `done`: code and message of the Problem. */
  readonly reason?: string | undefined
  /** The statements that decided. */
  readonly reasons?: readonly string[] | undefined
  /** The decision that denied the request. */
  readonly decision?: AuditDecision | undefined
  readonly requestId: string
  readonly sourceIp: string
  readonly userAgent?: string | undefined
  /** The region that the request was signed for. */
  readonly region?: string | undefined
  /** The request and its result. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
}

/** An entry as read back. */
export interface AuditRecord extends AuditEvent {
  readonly id: string
}

/** Maximum characters of one value; a managed policy fits. */
const maxTextLength = 8192
const longestList = 50
const deepest = 6
/** Maximum characters of an event; a longer one is replaced by its length. */
const maxEventLength = 32_768

/**
 * Field names whose values are redacted, compared without `_`, `-` and case. Tokens that were presented are included,
 * because readers of the trail must not be able to use them.
 */
const secretNames: ReadonlySet<string> = new Set(
  `password oldpassword newpassword passwordhash secret secretaccesskey clientsecret seed base32stringseed qrcodepng
   code tokencode authenticationcode1 authenticationcode2 recoverycode recoverycodes usercode devicecode codeverifier
   token sessiontoken webidentitytoken samlassertion subjecttoken actortoken accesstoken refreshtoken idtoken idtokenhint
   assertion clientassertion registrationaccesstoken initialaccesstoken authorization cookie setcookie ticket
   privatekey addprivatekey jwk signature xamzsignature xamzsecuritytoken`.split(/\s+/),
)

/** Cache of the decision per name. Bounded, because some names come from requests. */
const redactionCache = new LRUCache<string, boolean>({ max: 1000 })

function isSecretName(name: string): boolean {
  const known = redactionCache.get(name)
  if (known !== undefined) return known
  const secret = secretNames.has(name.replace(/[_-]/g, '').toLowerCase())
  if (name.length <= 64) redactionCache.set(name, secret)
  return secret
}

/** The event as JSON: bounded, without secrets, keys in a fixed order. */
export function eventText(event: AuditEvent): string {
  const { details, reasons, decision, ...flat } = event
  const shown = {
    at: flat.at,
    accountId: flat.accountId,
    action: cut(flat.action),
    who: cut(flat.who),
    actor: flat.actor && summary(flat.actor, deepest),
    resource: flat.resource === undefined ? undefined : cut(flat.resource),
    outcome: flat.outcome,
    reason: flat.reason === undefined ? undefined : cut(flat.reason),
    reasons: reasons?.slice(0, longestList).map(cut),
    decision: decision && summary(decision, 1),
    requestId: cut(flat.requestId),
    sourceIp: cut(flat.sourceIp),
    userAgent: flat.userAgent === undefined ? undefined : flat.userAgent.slice(0, 256),
    region: flat.region?.slice(0, 64),
  }
  const kept = details && summary(details, 1)
  const text = JSON.stringify({ ...shown, details: kept })
  if (text.length <= maxEventLength) return text
  return JSON.stringify({
    ...shown,
    reasons: undefined,
    decision: undefined,
    details: `left out: ${text.length} characters`,
  })
}

/** Parses an event. @throws SyntaxError when the text is not an event */
export function eventOf(text: string): AuditEvent {
  const event = JSON.parse(text) as AuditEvent
  return { ...event, outcome: parseOutcome(event.outcome) }
}

const cut = (text: string): string =>
  text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength)}… (${text.length} characters)`

function summary(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cut(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Secret || ArrayBuffer.isView(value)) return '[secret]'
  if (depth > deepest) return '…'
  if (Array.isArray(value)) return value.slice(0, longestList).map((item) => summary(item, depth + 1))
  const kept: [string, unknown][] = []
  for (const [name, item] of Object.entries(value).slice(0, longestList)) {
    if (item === undefined) continue // JSON leaves it out as well
    kept.push([cut(name), isSecretName(name) ? '[secret]' : summary(item, depth + 1)])
  }
  return Object.fromEntries(kept)
}
