// Reads a configured private key, JWK or PEM, for signing.
import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { Problem } from '../problem.ts'
import { algorithmsFor, type SigningKey } from './jws.ts'
import type { Secret } from './secret.ts'

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

function readJwk(text: string): JsonWebKey {
  try {
    return JSON.parse(text) as JsonWebKey
  } catch {
    throw unusable()
  }
}

/** The parser's error message may contain part of the key, so it is not passed on. */
function parseKey(input: Parameters<typeof createPrivateKey>[0]): KeyObject {
  try {
    return createPrivateKey(input)
  } catch {
    throw unusable()
  }
}

const unusable = (): Problem =>
  new Problem('invalid_input', 'the private key is no JWK or PEM of a type this server signs with')
