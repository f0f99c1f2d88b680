import { randomBytes, randomFillSync, randomInt } from 'node:crypto'

/** Base32 of RFC 4648 §6, the alphabet of AWS unique ids and of authenticator apps. */
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Prefixes of AWS unique ids (IAM User Guide, "IAM identifiers"). */
export type IdPrefix =
  | 'AIDA' // user
  | 'AROA' // role
  | 'AGPA' // group
  | 'AIPA' // instance profile
  | 'ANPA' // managed policy
  | 'ANVA' // managed policy version
  | 'ASCA' // certificate
  | 'AKIA' // long-term access key
  | 'ASIA' // temporary access key

/** Random bytes drawn in advance: a system call per value takes 3 to 15 µs, more than the rest of creating an id. */
const pool = Buffer.alloc(4096)
let left = 0

/** An unguessable value of `bytes` random bytes (1…1024) as base64url. */
export function randomToken(bytes = 32): string {
  if (left < bytes) left = randomFillSync(pool).length
  left -= bytes
  const token = pool.toString('base64url', left, left + bytes)
  // Used bytes are erased, so that no copy remains in memory.
  pool.fill(0, left, left + bytes)
  return token
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
