import { createHmac, type Hmac, hash, timingSafeEqual } from 'node:crypto'

type Bytes = string | NodeJS.ArrayBufferView

/** Lower-case hexadecimal SHA-256; text is hashed as UTF-8. */
export const sha256hex = (data: Bytes): string => hash('sha256', data, 'hex')

/** Base64url SHA-256; text is hashed as UTF-8. */
export const sha256base64url = (data: Bytes): string => hash('sha256', data, 'base64url')

/** The first `length` characters, up to 32, of a SHA-256 in base32, five bits of each byte: ids that are made from something else. */
export const sha256base32 = (data: Bytes, length: number): string => {
  const bytes = hash('sha256', data, 'buffer').subarray(0, length)
  return Array.from(bytes, (byte) => base32[byte & 31]).join('')
}

/** Base32 of RFC 4648 §6, the alphabet of AWS unique ids and of authenticator apps. */
export const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Only where AWS specifies it; no security property depends on SHA-1. */
export const sha1base64 = (data: Bytes): string => hash('sha1', data, 'base64')

/** Block size of SHA-256 in bytes. */
const block = 64

/**
 * HMAC-SHA-256 (RFC 2104), implemented with the one-shot hash: `createHmac` creates a key object on every call, which takes
 * four times as long as the HMAC. Digests are passed as latin1 (`binary`), which costs a third of creating a buffer.
 */
export function hmacSha256(key: Bytes, data: Bytes): Buffer {
  const given = typeof key === 'string' ? Buffer.from(key) : bytesOf(key)
  const short = given.length > block ? hash('sha256', given, 'buffer') : given
  const size = typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength
  const inner = Buffer.allocUnsafe(block + size)
  const outer = Buffer.allocUnsafe(block + 32)
  for (let i = 0; i < block; i++) {
    const byte = short[i] ?? 0
    inner[i] = byte ^ 0x36
    outer[i] = byte ^ 0x5c
  }
  if (typeof data === 'string') inner.write(data, block)
  else inner.set(bytesOf(data), block)
  outer.write(hash('sha256', inner, 'binary'), block, 'latin1')
  return Buffer.from(hash('sha256', outer, 'binary'), 'latin1')
}

/** Streaming HMAC-SHA-256. */
export const hmacSha256Over = (key: Bytes): Hmac => createHmac('sha256', key)

const bytesOf = (data: NodeJS.ArrayBufferView): Uint8Array =>
  data instanceof Uint8Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/**
 * Compares values derived from a secret in constant time. Hashing first gives equal lengths, so that the timing depends on
 * neither content nor length.
 */
export const equals = (a: string | Buffer, b: string | Buffer): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))
