// The content of an audit entry: who did what, from where, with what result. Bounded and without secrets: values of type
// Secret are never printed, and fields that usually hold a secret are redacted by name.

import { LRUCache } from 'lru-cache'
import { isSecretOfKey, withoutPrivateKeys } from '../secure/private-keys.ts'
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

interface Limits {
  /** Characters of one value. */
  readonly text: number
  /** Items of a list, and members of an object. */
  readonly list: number
}

/** A managed policy fits. */
const usual: Limits = { text: 8192, list: 50 }
/**
 * Of details that are too long all the same, in turn: each value is cut shorter, so that nobody pushes the one that matters out of the
 * entry by long ones beside it.
 */
const narrower: readonly Limits[] = [
  { text: 1024, list: 50 },
  { text: 256, list: 50 },
  { text: 96, list: 50 },
  { text: 48, list: 50 },
  { text: 48, list: 10 },
]
const deepest = 6
/** Maximum characters of an event. */
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

/** An event as an entry has it. */
export interface WrittenEvent {
  /** JSON: bounded, without secrets, keys in a fixed order. */
  readonly text: string
  /** What the text says. */
  readonly content: Readonly<Record<string, unknown>>
}

/** The event as an entry has it: bounded and without secrets. */
export function writeEvent(event: AuditEvent): WrittenEvent {
  const { actor, resource, reason, reasons, decision, userAgent, region, details } = event
  const content = {
    at: event.at,
    accountId: event.accountId,
    action: cut(event.action),
    who: cut(event.who),
    actor: actor && summary(actor, deepest, usual),
    resource: resource === undefined ? undefined : cut(resource),
    outcome: event.outcome,
    reason: reason === undefined ? undefined : cut(reason),
    reasons: reasons?.slice(0, usual.list).map((one) => cut(one)),
    decision: decision && summary(decision, 1, usual),
    requestId: cut(event.requestId),
    sourceIp: cut(event.sourceIp),
    userAgent: userAgent === undefined ? undefined : userAgent.slice(0, 256),
    region: region?.slice(0, 64),
  }
  const withoutDecision = { ...content, reasons: undefined, decision: undefined }
  for (const rest of [content, withoutDecision])
    for (const limits of details === undefined ? [usual] : [usual, ...narrower]) {
      const whole = { ...rest, details: details && summary(details, 1, limits) }
      const text = JSON.stringify(whole)
      if (text.length <= maxEventLength) return { text, content: whole }
    }
  const shorter = { ...withoutDecision, details: 'left out: too long' }
  return { text: JSON.stringify(shorter), content: shorter }
}

/** Parses an event. @throws SyntaxError when the text is not an event */
export function eventOf(text: string): AuditEvent {
  const event = JSON.parse(text) as AuditEvent
  return { ...event, outcome: parseOutcome(event.outcome) }
}

function cut(text: string, { text: most }: Limits = usual): string {
  const shown = withoutPrivateKeys(text)
  return shown.length <= most ? shown : `${shown.slice(0, most)}… (${shown.length} characters)`
}

function summary(value: unknown, depth: number, limits: Limits): unknown {
  if (typeof value === 'string') return cut(value, limits)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Secret || ArrayBuffer.isView(value)) return '[secret]'
  if (depth > deepest) return '…'
  if (Array.isArray(value)) {
    const items = value.slice(0, limits.list).map((item) => summary(item, depth + 1, limits))
    return value.length > limits.list ? [...items, `… ${value.length - limits.list} more`] : items
  }
  const kept: Record<string, unknown> = {}
  const names = Object.keys(value)
  for (const name of names.slice(0, limits.list)) {
    const item = (value as Record<string, unknown>)[name]
    if (item === undefined) continue // JSON leaves it out as well
    const isSecret = isSecretName(name) || isSecretOfKey(value, name)
    const shown = isSecret ? '[secret]' : summary(item, depth + 1, limits)
    // Assigning to `__proto__` would change the prototype.
    if (name === '__proto__') Object.defineProperty(kept, name, { value: shown, enumerable: true })
    else kept[cut(name, limits)] = shown
  }
  if (names.length > limits.list) kept['…'] = `${names.length - limits.list} more`
  return kept
}
