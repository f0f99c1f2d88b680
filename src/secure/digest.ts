import { createHmac, type Hmac, hash, timingSafeEqual } from 'node:crypto'

type Bytes = string | NodeJS.ArrayBufferView

/** Lower-case hexadecimal SHA-256; text is hashed as UTF-8. */
export const sha256hex = (data: Bytes): string => hash('sha256', data, 'hex')

/** Base64url SHA-256; text is hashed as UTF-8. */
export const sha256base64url = (data: Bytes): string => hash('sha256', data, 'base64url')

/** For what AWS defines so; nothing here rests on SHA-1. */
export const sha1base64 = (data: Bytes): string => hash('sha1', data, 'base64')

/** Bytes SHA-256 works on at a time. */
const block = 64

/**
 * HMAC-SHA-256 (RFC 2104), written out over the one-shot hash: `createHmac` makes a key object of its own for every
 * call, which takes four times as long as the HMAC. Digests pass as latin1 (`binary`), which costs a third of making a buffer.
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

/** HMAC-SHA-256 over what comes piece by piece. */
export const hmacSha256Over = (key: Bytes): Hmac => createHmac('sha256', key)

const bytesOf = (data: NodeJS.ArrayBufferView): Uint8Array =>
  data instanceof Uint8Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/**
 * The one comparison for anything derived from a secret. Constant time: hashing first gives equal lengths, so
 * that neither content nor length shows.
 */
export const equals = (a: string | Buffer, b: string | Buffer): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))
