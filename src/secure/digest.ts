import { hash, timingSafeEqual } from 'node:crypto'

type Bytes = string | NodeJS.ArrayBufferView

/** Lower-case hexadecimal SHA-256; text is hashed as UTF-8. */
export const sha256hex = (data: Bytes): string => hash('sha256', data, 'hex')

/** Base64url SHA-256; text is hashed as UTF-8. */
export const sha256base64url = (data: Bytes): string => hash('sha256', data, 'base64url')

/** Bytes SHA-256 works on at a time. */
const block = 64

/**
 * HMAC-SHA-256 (RFC 2104), written out over the one-shot hash: `createHmac` makes a key object of its own for every
 * call, which takes four times as long as the HMAC.
 */
export function hmacSha256(key: Bytes, data: Bytes): Buffer {
  const given = bytesOf(key)
  const short = given.length > block ? hash('sha256', given, 'buffer') : given
  const text = bytesOf(data)
  const inner = Buffer.allocUnsafe(block + text.length).fill(0x36, 0, block)
  const outer = Buffer.allocUnsafe(block + 32).fill(0x5c, 0, block)
  for (const [i, byte] of short.entries()) {
    inner[i] = byte ^ 0x36
    outer[i] = byte ^ 0x5c
  }
  inner.set(text, block)
  outer.set(hash('sha256', inner, 'buffer'), block)
  return hash('sha256', outer, 'buffer')
}

const bytesOf = (data: Bytes): Uint8Array =>
  typeof data === 'string' ? Buffer.from(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/**
 * The one comparison for anything derived from a secret. Constant time: hashing first gives equal lengths, so
 * that neither content nor length shows.
 */
export const equals = (a: string | Buffer, b: string | Buffer): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))
