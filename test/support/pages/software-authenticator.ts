// An authenticator in software (WebAuthn Level 3 section 6): one ES256 passkey, with everything that it signs open to change, so
// that tests can answer as a hostile or broken one would.
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

export interface Ceremony {
  readonly rpId: string
  readonly origin: string
  readonly challenge: string
  readonly userVerified?: boolean
  readonly counter?: number
  readonly synced?: boolean
  readonly crossOrigin?: boolean
  /** Default: the user handle of the registration. */
  readonly userHandle?: string
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

/** CBOR (RFC 8949) of the few types that attestation objects and COSE keys have. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number): Buffer =>
    n < 24
      ? Buffer.from([(major << 5) | n])
      : n < 256
        ? Buffer.from([(major << 5) | 24, n])
        : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (value instanceof Map)
    return Buffer.concat([
      head(5, value.size),
      ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)]),
    ])
  throw new TypeError('no CBOR for this')
}

export function softwareAuthenticator() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const credentialId = randomBytes(32)
  const coseKey = cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(jwk.x ?? '', 'base64url')],
      [-3, Buffer.from(jwk.y ?? '', 'base64url')],
    ]),
  )
  const authData = (given: Ceremony, attested: boolean): Buffer => {
    const { userVerified = true, synced = false, counter = 0 } = given
    const flags = 1 | (userVerified ? 4 : 0) | (synced ? 8 | 16 : 0) | (attested ? 64 : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(credentialId.length)
    const credential = attested ? [Buffer.alloc(16), length, credentialId, coseKey] : []
    return Buffer.concat([sha256(given.rpId), Buffer.from([flags]), count, ...credential])
  }
  const clientData = (type: string, { challenge, origin, crossOrigin = false }: Ceremony): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin }))
  const answer = (response: Readonly<Record<string, unknown>>): string => {
    const id = credentialId.toString('base64url')
    return JSON.stringify({ id, rawId: id, type: 'public-key', response })
  }
  let handle = ''
  return {
    /** The response to `navigator.credentials.create`. @param userHandle id of the user */
    create(given: Ceremony, userHandle: string): string {
      handle = userHandle
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData(given, true)],
      ])
      return answer({
        clientDataJSON: clientData('webauthn.create', given).toString('base64url'),
        attestationObject: cbor(attestation).toString('base64url'),
        transports: ['internal'],
      })
    },
    /** The response to `navigator.credentials.get`. */
    get(given: Ceremony): string {
      const data = authData(given, false)
      const client = clientData('webauthn.get', given)
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(client)]))
        .sign(privateKey)
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: Buffer.from(given.userHandle ?? handle).toString('base64url'),
      })
    },
  }
}
