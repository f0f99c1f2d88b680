// What an entry says: who did what, from where, and how it ended. Bounded, and without secrets whatever it is given:
// secrets have a type that does not show itself, and fields that usually hold one are blanked by name.
import type { ProblemCode } from '../problem.ts'
import { Secret } from '../secure/secret.ts'
import type { EpochSeconds } from '../store/records.ts'

/** `begun`: the work was under way when the entry was written; its end has an entry of its own. */
export type Outcome = 'begun' | 'done' | 'denied' | 'refused' | 'failed' | ProblemCode

/** Who acted, as far as it is known. */
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
  /** ARN of the caller, or what an outside token says it is. */
  readonly who: string
  readonly actor?: Actor | undefined
  readonly resource?: string | undefined
  readonly outcome: Outcome
  /** Of a refusal: the Problem's code and message. */
  readonly reason?: string | undefined
  /** The statements that decided. */
  readonly reasons?: readonly string[] | undefined
  readonly requestId: string
  readonly sourceIp: string
  readonly userAgent?: string | undefined
  /** What was asked and what came of it. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
}

/** An entry as it is read back. */
export interface AuditRecord extends AuditEvent {
  readonly id: string
}

/** Characters of one value; a managed policy fits. */
const longestText = 8192
const longestList = 50
const deepest = 6
/** Characters of one whole event; more is replaced by its own length. */
const longestEvent = 32_768

/**
 * Names of fields whose value is never kept, without `_`, `-` and case. Tokens that were handed in count: whoever reads
 * the trail must not be able to use them.
 */
const secretNames: ReadonlySet<string> = new Set(
  `password oldpassword newpassword secret secretaccesskey clientsecret seed base32stringseed qrcodepng
   code tokencode authenticationcode1 authenticationcode2 recoverycode recoverycodes usercode devicecode codeverifier
   token sessiontoken webidentitytoken samlassertion subjecttoken actortoken accesstoken refreshtoken idtoken idtokenhint
   assertion clientassertion registrationaccesstoken initialaccesstoken authorization cookie setcookie ticket
   privatekey jwk signature xamzsignature xamzsecuritytoken`.split(/\s+/),
)

/** Names are our own and repeat: each is folded once. Bounded, for the few that come from outside. */
const judged = new Map<string, boolean>()
const mostJudged = 1000

function isSecretName(name: string): boolean {
  const known = judged.get(name)
  if (known !== undefined) return known
  const secret = secretNames.has(name.replace(/[_-]/g, '').toLowerCase())
  if (judged.size >= mostJudged) judged.clear()
  if (name.length <= 64) judged.set(name, secret)
  return secret
}

/** The event as JSON: bounded, without secrets. Keys stand in a fixed order. */
export function eventText(event: AuditEvent): string {
  const { details, reasons, ...flat } = event
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
    requestId: cut(flat.requestId),
    sourceIp: cut(flat.sourceIp),
    userAgent: flat.userAgent === undefined ? undefined : flat.userAgent.slice(0, 256),
  }
  const kept = details && summary(details, 1)
  const text = JSON.stringify({ ...shown, details: kept })
  if (text.length <= longestEvent) return text
  return JSON.stringify({ ...shown, reasons: undefined, details: `left out: ${text.length} characters` })
}

/** @throws SyntaxError when the text was never an event. */
export const eventOf = (text: string): AuditEvent => JSON.parse(text) as AuditEvent

const cut = (text: string): string =>
  text.length <= longestText ? text : `${text.slice(0, longestText)}… (${text.length} characters)`

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
