// RSA public keys in the encoding of SSH (RFC 4253 section 6.6) and in PEM (RFC 7468 section 13), as IAM takes and returns them.
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { Problem } from '../problem.ts'

export interface ReadSshPublicKey {
  readonly key: KeyObject
  /** MD5 of the SSH encoding, in hexadecimal with colons: what `ssh-keygen -l -E md5` prints. It only names the key. */
  readonly fingerprint: string
}

const smallestBits = 2048
const largestBits = 16_384

/**
 * Reads `ssh-rsa <base64> [comment]` or a PEM public key, of 2048 bits or more (IAM API: UploadSSHPublicKey).
 * @throws Problem('unrecognized_public_key_encoding' | 'invalid_public_key')
 */
export function readSshPublicKey(body: string): ReadSshPublicKey {
  const key = keyOf(body.trim())
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < smallestBits || bits > largestBits)
    throw new Problem(
      'invalid_public_key',
      `Invalid body for public key: it must be an RSA key of at least ${smallestBits} bits`,
    )
  const digest = createHash('md5').update(blobOf(key)).digest('hex')
  return { key, fingerprint: (digest.match(/../g) ?? []).join(':') }
}

/** `ssh-rsa <base64>`, or PEM (SubjectPublicKeyInfo). */
export const writeSshPublicKey = (key: KeyObject, encoding: 'SSH' | 'PEM'): string =>
  encoding === 'SSH'
    ? `ssh-rsa ${blobOf(key).toString('base64')}`
    : String(key.export({ type: 'spki', format: 'pem' }))

function keyOf(text: string): KeyObject {
  const [, kind, base64] =
    /^(ssh-[a-z0-9]+|ecdsa-[\w-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+[^\r\n]*)?$/.exec(text) ?? []
  try {
    if (base64 !== undefined && kind === 'ssh-rsa') return keyOfBlob(Buffer.from(base64, 'base64'))
    if (/^-----BEGIN (RSA )?PUBLIC KEY-----/.test(text)) return createPublicKey(text)
  } catch (cause) {
    throw new Problem('invalid_public_key', 'Invalid body for public key: it cannot be read', { cause })
  }
  if (kind !== undefined)
    throw new Problem('invalid_public_key', 'Invalid body for public key: it must be of type ssh-rsa')
  throw new Problem(
    'unrecognized_public_key_encoding',
    'Invalid public key uploaded. It must be encoded as ssh-rsa or PEM.',
  )
}

/** RFC 4251 section 5: `string` and `mpint` have their length in four bytes in front. */
function keyOfBlob(blob: Buffer): KeyObject {
  const parts: Buffer[] = []
  for (let at = 0; at < blob.length; ) {
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) throw new RangeError('a part is longer than the key')
    parts.push(blob.subarray(at + 4, end))
    at = end
  }
  const [type, e, n] = parts
  if (parts.length !== 3 || e === undefined || n === undefined || type?.toString('latin1') !== 'ssh-rsa')
    throw new RangeError('not an ssh-rsa key')
  const jwk = { kty: 'RSA', e: unsigned(e), n: unsigned(n) }
  return createPublicKey({ key: jwk, format: 'jwk' })
}

const unsigned = (mpint: Buffer): string => mpint.subarray(mpint[0] === 0 ? 1 : 0).toString('base64url')

function blobOf(key: KeyObject): Buffer {
  const { e = '', n = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([
    lengthPrefixed(Buffer.from('ssh-rsa')),
    lengthPrefixed(mpint(Buffer.from(e, 'base64url'))),
    lengthPrefixed(mpint(Buffer.from(n, 'base64url'))),
  ])
}

/** A zero byte in front of a number whose first bit is set, which would make it negative. */
const mpint = (value: Buffer): Buffer =>
  (value[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), value]) : value

function lengthPrefixed(part: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(part.length)
  return Buffer.concat([length, part])
}
