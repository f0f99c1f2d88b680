// What audit entries are looked up by, besides account and chain: parts of the event, which audit/event.ts defines. Each value is
// stored as a short hash of account and value, so that an index entry has the same small size for every value; that of a request
// has its time before the hash. Hashes of different values may be equal: readers compare the event itself as well.
import { LRUCache } from 'lru-cache'
import { sha256base64url } from '../secure/digest.ts'
import type { AuditEntry } from './records.ts'

/** In order of how many entries a value usually has, fewest first. */
export const auditLookups = [
  'request',
  'session',
  'sourceIdentity',
  'resource',
  'who',
  'outcome',
  'action',
] as const

export type AuditLookup = (typeof auditLookups)[number]

type Values = { readonly [L in Exclude<AuditLookup, 'session'>]: string | undefined } & {
  readonly session: readonly string[]
}

/**
 * The value of lookup `outcome`, for every outcome except `done`: former versions stored other names for them, and an index
 * would be of no use for `done`, which nearly all entries are.
 */
export const notDone = 'not done'

/** Characters of a hash: 66 bits. */
const hashLength = 11

/** Hashes of actions, users, clients and roles, which many entries have in common. */
const hashes = new LRUCache<string, string>({ max: 1000 })
const longestKept = 256

/** The value under which entries of an account are found in a lookup. */
export function auditLookupValue(lookup: AuditLookup, accountId: string, value: string): string {
  const text = `${accountId} ${value}`
  // These are in few entries each.
  if (lookup === 'request') return timeOf(value) + hashOf(text)
  if (lookup === 'session') return hashOf(text)
  const known = hashes.get(text)
  if (known !== undefined) return known
  const made = hashOf(text)
  if (text.length <= longestKept) hashes.set(text, made)
  return made
}

const hashOf = (text: string): string => sha256base64url(text).slice(0, hashLength)

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * The time in the id of a request (RFC 9562 §5.7), which comes first in its value: new values are then neighbours in the index,
 * where hashes alone would change another page for every entry. Empty for ids of earlier versions, which were random.
 */
const timeOf = (requestId: string): string => (uuidV7.test(requestId) ? requestId.slice(0, 13) : '')

/** Made once per record, although each lookup calls this. */
const made = new WeakMap<AuditEntry, Values>()

export function auditValuesOf(entry: AuditEntry): Values {
  return made.get(entry) ?? noteAuditContent(entry, objectOf(entry.event))
}

/**
 * For the writer of an entry, who has what its event says: spares parsing the text again, which takes 3 µs with a session policy
 * of 1 kB.
 * @param content what parsing `entry.event` would return, or the same with members that are undefined
 */
export function noteAuditContent(entry: AuditEntry, content: Members): Values {
  const values = valuesOf(entry.accountId, content)
  made.set(entry, values)
  return values
}

function valuesOf(accountId: string, event: Members): Values {
  const actor = memberOf(event, 'actor')
  const details = memberOf(event, 'details')
  const hashed = (lookup: AuditLookup, value: unknown): string | undefined =>
    typeof value === 'string' && value !== '' ? auditLookupValue(lookup, accountId, value) : undefined
  const outcome = event['outcome']
  return {
    request: hashed('request', event['requestId']),
    session: sessionsOf(actor, details).flatMap((session) => hashed('session', session) ?? []),
    sourceIdentity: hashed('sourceIdentity', actor['sourceIdentity'] ?? details['sourceIdentity']),
    resource: hashed('resource', event['resource']),
    who: hashed('who', event['who']),
    outcome: outcome === 'done' ? undefined : hashed('outcome', notDone),
    action: hashed('action', event['action']),
  }
}

/**
 * The sessions of an entry: the one that acted, by its `jti` and by its access key id, and the one that was issued. Long-term
 * keys (`AKIA…`) are not sessions, and ids of tokens that others issued are not in `details.jti`: their issuers choose them.
 */
export function sessionsOf(
  actor: Readonly<Record<string, unknown>>,
  details: Readonly<Record<string, unknown>>,
): readonly string[] {
  const keys = [actor['accessKeyId'], details['accessKeyId']].filter(
    (key) => typeof key === 'string' && key.startsWith('ASIA'),
  )
  const all = [actor['session'], ...keys, details['jti']]
  return [...new Set(all.filter((one) => typeof one === 'string' && one !== ''))].map(String)
}

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null

function objectOf(text: string): Members {
  try {
    const value: unknown = JSON.parse(text)
    return isMembers(value) ? value : {}
  } catch {
    return {} // tampered with: the entry is still found by its account and chain
  }
}

function memberOf(event: Members, name: string): Members {
  const value = event[name]
  return isMembers(value) ? value : {}
}
