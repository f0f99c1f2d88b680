import { createHmac, hash, timingSafeEqual } from 'node:crypto'

type Bytes = string | NodeJS.ArrayBufferView

/** Lower-case hexadecimal SHA-256; text is hashed as UTF-8. */
export const sha256hex = (data: Bytes): string => hash('sha256', data, 'hex')

/** Base64url SHA-256; text is hashed as UTF-8. */
export const sha256base64url = (data: Bytes): string => hash('sha256', data, 'base64url')

export const hmacSha256 = (key: Bytes, data: Bytes): Buffer => createHmac('sha256', key).update(data).digest()

/**
 * The one comparison for anything derived from a secret. Constant time: hashing first gives equal lengths, so
 * that neither content nor length shows.
 */
export const equals = (a: string | Buffer, b: string | Buffer): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))
