import { randomBytes, randomFillSync, randomInt } from 'node:crypto'

/** Base32 of RFC 4648 §6: what AWS draws its unique ids from, and what authenticator apps read. */
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

/** Bytes drawn ahead: a system call for each value costs 3 to 15 µs, which is more than the rest of an id. */
const drawn = Buffer.alloc(4096)
let left = 0

/** An unguessable value of `bytes` random bytes (1…1024) as base64url. */
export function randomToken(bytes = 32): string {
  if (left < bytes) left = randomFillSync(drawn).length
  left -= bytes
  const token = drawn.toString('base64url', left, left + bytes)
  // What was given out is nowhere else in memory.
  drawn.fill(0, left, left + bytes)
  return token
}

/** `length` random characters of base32, five bits each. */
export function randomBase32(length: number): string {
  let text = ''
  for (const byte of randomBytes(length)) text += base32[byte & 31]
  return text
}

/** `AKIA…` and `ASIA…` are 20 characters long, every other kind 21, as AWS's are. */
export const uniqueId = (prefix: IdPrefix): string =>
  prefix + randomBase32(prefix === 'AKIA' || prefix === 'ASIA' ? 16 : 17)

/** `length` decimal digits, each equally likely; may start with 0. */
export function randomDigits(length: number): string {
  let digits = ''
  while (digits.length < length) digits += randomInt(10)
  return digits
}
