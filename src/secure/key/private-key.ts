// Reads a configured private key, JWK or PEM, for signing.
import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { Problem } from '../../problem.ts'
import { algorithmsFor, type SigningKey } from '../jws.ts'
import { Secret } from '../secret.ts'

/**
 * Parses a private key. The algorithm is the JWK's own `alg`, or the first that fits the key.
 * @throws Problem('invalid_input') when it is not a private key, is too weak, or has an unsupported type
 */
export function readPrivateKey(secret: Secret): SigningKey {
  const text = secret.reveal().trim()
  const jwk = text.startsWith('{') ? readJwk(text) : undefined
  const privateKey = parseKey(jwk ? { key: jwk, format: 'jwk' } : { key: text, format: 'pem' })
  const fitting = algorithmsFor(privateKey)
  const alg = jwk?.['alg'] === undefined ? fitting[0] : fitting.find((name) => name === jwk['alg'])
  if (alg === undefined) throw unusable()
  const kid = jwk?.['kid']
  return { alg, kid: typeof kid === 'string' ? kid : undefined, privateKey }
}

/** Whether the text is a private key that can sign. */
export function isPrivateKey(secret: Secret): boolean {
  try {
    readPrivateKey(secret)
    return true
  } catch {
    return false
  }
}

/**
 * Reads a private key for decryption: one RSA key in PEM, without a passphrase.
 * @returns the key as PKCS #8 PEM
 * @throws Problem('invalid_input') when it is something else, or has less than 2048 bits
 */
export function readDecryptionKey(secret: Secret): Secret {
  const key = parseKey({ key: secret.reveal(), format: 'pem' }, notForDecryption)
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType !== 'rsa' || modulusLength < 2048) throw notForDecryption()
  return new Secret(key.export({ type: 'pkcs8', format: 'pem' }).toString())
}

const notForDecryption = (): Problem =>
  new Problem(
    'invalid_input',
    'the private key must be one PEM of an RSA key of 2048 bits or more, not encrypted',
  )

function readJwk(text: string): JsonWebKey {
  try {
    return JSON.parse(text) as JsonWebKey
  } catch {
    throw unusable()
  }
}

/** The parser's error message may contain part of the key, so it is not passed on. */
function parseKey(input: Parameters<typeof createPrivateKey>[0], refusal = unusable): KeyObject {
  try {
    return createPrivateKey(input)
  } catch {
    throw refusal()
  }
}

const unusable = (): Problem =>
  new Problem('invalid_input', 'the private key is no JWK or PEM of a type this server signs with')
