// XML Encryption 1.1 with closed lists of algorithms. Keys are wrapped with RSA-OAEP only: RSA PKCS #1 v1.5 key transport lets an
// attacker decrypt by observing errors (Bleichenbacher). AES in CBC mode has no integrity of its own, so callers must not decrypt
// with it unless a signature over the ciphertext was verified (Jager and Somorovsky, "How to break XML encryption").
// federation/saml/encrypted-assertion.ts reads the elements.
import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto'

const xmlenc = 'http://www.w3.org/2001/04/xmlenc#'
const xmlenc11 = 'http://www.w3.org/2009/xmlenc11#'
export const sha1Digest = 'http://www.w3.org/2000/09/xmldsig#sha1'
export const sha1Mask = `${xmlenc11}mgf1sha1`

interface ContentAlgorithm {
  readonly mode: 'gcm' | 'cbc'
  /** Bytes. */
  readonly keyLength: 16 | 24 | 32
}

/** Section 5.2. Triple DES is not accepted. */
const contentAlgorithms: ReadonlyMap<string, ContentAlgorithm> = new Map([
  [`${xmlenc11}aes128-gcm`, { mode: 'gcm', keyLength: 16 }],
  [`${xmlenc11}aes192-gcm`, { mode: 'gcm', keyLength: 24 }],
  [`${xmlenc11}aes256-gcm`, { mode: 'gcm', keyLength: 32 }],
  [`${xmlenc}aes128-cbc`, { mode: 'cbc', keyLength: 16 }],
  [`${xmlenc}aes192-cbc`, { mode: 'cbc', keyLength: 24 }],
  [`${xmlenc}aes256-cbc`, { mode: 'cbc', keyLength: 32 }],
])

/** The block mode of a content algorithm; undefined when it is not accepted. */
export const contentMode = (algorithm: string): 'gcm' | 'cbc' | undefined =>
  contentAlgorithms.get(algorithm)?.mode

/** Digest and mask generation function of RSA-OAEP. node:crypto uses one hash for both, so pairs of different hashes are not accepted. */
const hashes: ReadonlyMap<string, 'sha1' | 'sha256' | 'sha384' | 'sha512'> = new Map([
  [`${sha1Digest} ${sha1Mask}`, 'sha1'],
  [`${xmlenc}sha256 ${xmlenc11}mgf1sha256`, 'sha256'],
  [`http://www.w3.org/2001/04/xmldsig-more#sha384 ${xmlenc11}mgf1sha384`, 'sha384'],
  [`${xmlenc}sha512 ${xmlenc11}mgf1sha512`, 'sha512'],
])

export interface KeyTransport {
  readonly algorithm: string
  /** URIs; the caller fills in the defaults of section 5.5.2, which are SHA-1. */
  readonly digest: string
  readonly mask: string
}

/** `rsa-oaep-mgf1p` has MGF1 with SHA-1 whatever its digest; `rsa-oaep` names both (section 5.5.2). */
export const isKeyTransport = ({ algorithm, digest, mask }: KeyTransport): boolean =>
  (algorithm === `${xmlenc}rsa-oaep-mgf1p` && mask === sha1Mask && digest === sha1Digest) ||
  (algorithm === `${xmlenc11}rsa-oaep` && hashes.has(`${digest} ${mask}`))

/** The content key; undefined when it was wrapped for another key, or the algorithm is not accepted. */
export function unwrapKey(transport: KeyTransport, wrapped: Buffer, key: KeyObject): Buffer | undefined {
  const oaepHash = hashes.get(`${transport.digest} ${transport.mask}`)
  if (!isKeyTransport(transport) || oaepHash === undefined) return undefined
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, wrapped)
  } catch {
    return undefined
  }
}

const gcmNonce = 12
const gcmTag = 16
const block = 16

/** Decrypts content that begins with its nonce or IV; undefined for every failure, without its reason. */
export function decryptContent(algorithm: string, key: Buffer, content: Buffer): Buffer | undefined {
  const found = contentAlgorithms.get(algorithm)
  if (found === undefined || key.length !== found.keyLength) return undefined
  try {
    return found.mode === 'gcm'
      ? decryptGcm(found.keyLength, key, content)
      : decryptCbc(found.keyLength, key, content)
  } catch {
    return undefined
  }
}

function decryptGcm(keyLength: number, key: Buffer, content: Buffer): Buffer | undefined {
  if (content.length < gcmNonce + gcmTag) return undefined
  const nonce = content.subarray(0, gcmNonce)
  const name = `aes-${keyLength === 16 ? 128 : keyLength === 24 ? 192 : 256}-gcm` as const
  const decipher = createDecipheriv(name, key, nonce, { authTagLength: gcmTag })
  decipher.setAuthTag(content.subarray(-gcmTag))
  return Buffer.concat([decipher.update(content.subarray(gcmNonce, -gcmTag)), decipher.final()])
}

/** Section 5.2: the last byte is the number of padding bytes, 1 to 16; the others may have any value. */
function decryptCbc(keyLength: number, key: Buffer, content: Buffer): Buffer | undefined {
  if (content.length < 2 * block || content.length % block !== 0) return undefined
  const decipher = createDecipheriv(`aes-${keyLength * 8}-cbc`, key, content.subarray(0, block))
  decipher.setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(content.subarray(block)), decipher.final()])
  const padding = padded.at(-1) ?? 0
  return padding < 1 || padding > block ? undefined : padded.subarray(0, -padding)
}
