import { randomBytes, randomFillSync, randomInt } from 'node:crypto'
import { base32 } from './digest.ts'

/** Prefixes of AWS unique ids (IAM User Guide, "IAM identifiers"). */
export type IdPrefix =
  | 'AIDA' // user
  | 'AROA' // role
  | 'AGPA' // group
  | 'AIPA' // instance profile
  | 'ANPA' // managed policy
  | 'ANVA' // managed policy version
  | 'ASCA' // certificate
  | 'APKA' // SSH public key
  | 'ACCA' // service-specific credential
  | 'AKIA' // long-term access key
  | 'ASIA' // temporary access key
  | 'AREQ' // access request; not of AWS

/** Random bytes drawn in advance: a system call per value takes 3 to 15 µs, more than the rest of creating an id. */
const pool = Buffer.alloc(4096)
let left = 0

/** An unguessable value of `bytes` random bytes (1…1024) as base64url. */
export const randomToken = (bytes = 32): string => randomText(bytes, 'base64url')

function randomText(bytes: number, encoding: 'base64url' | 'hex'): string {
  if (left < bytes) left = randomFillSync(pool).length
  left -= bytes
  const text = pool.toString(encoding, left, left + bytes)
  // Used bytes are erased, so that no copy remains in memory.
  pool.fill(0, left, left + bytes)
  return text
}

/**
 * A UUID of version 7 (RFC 9562 §5.7): the time, then 74 random bits. Ids that are made one after the other are neighbours in an
 * index, which then writes one page for many of them.
 * @param now milliseconds since 1970
 */
export function timeOrderedUuid(now = Date.now()): string {
  const time = now.toString(16).padStart(12, '0')
  const random = randomText(10, 'hex')
  const variant = 8 + (Number.parseInt(random.charAt(3), 16) & 3)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant.toString(16)}${random.slice(4, 7)}-${random.slice(7, 19)}`
}

/** `length` random base32 characters, five bits each. */
export function randomBase32(length: number): string {
  let text = ''
  for (const byte of randomBytes(length)) text += base32[byte & 31]
  return text
}

/** A new unique id: `AKIA…` and `ASIA…` have 20 characters, every other kind 21, as in AWS. */
export const uniqueId = (prefix: IdPrefix): string =>
  prefix + randomBase32(prefix === 'AKIA' || prefix === 'ASIA' ? 16 : 17)

/** `length` decimal digits, uniformly distributed; may start with 0. */
export function randomDigits(length: number): string {
  let digits = ''
  while (digits.length < length) digits += randomInt(10)
  return digits
}
