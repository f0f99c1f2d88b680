// A private key as someone configures it, JWK or PEM, ready to sign.
import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { Problem } from '../problem.ts'
import { algorithmsFor, type SigningKey } from './jws.ts'
import type { Secret } from './secret.ts'

/**
 * The algorithm is the JWK's own `alg`, else the first that fits the key.
 * @throws Problem('invalid_input') for what is no private key, or one too weak or of a type we do not sign with
 */
export function readPrivateKey(secret: Secret): SigningKey {
  const text = secret.reveal().trim()
  const jwk = text.startsWith('{') ? readJwk(text) : undefined
  const privateKey = parsed(jwk ? { key: jwk, format: 'jwk' } : { key: text, format: 'pem' })
  const fitting = algorithmsFor(privateKey)
  const alg = jwk?.['alg'] === undefined ? fitting[0] : fitting.find((name) => name === jwk['alg'])
  if (alg === undefined) throw unusable()
  const kid = jwk?.['kid']
  return { alg, kid: typeof kid === 'string' ? kid : undefined, privateKey }
}

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

/** The parser's own words may hold a piece of the key: they are not passed on. */
function parsed(input: Parameters<typeof createPrivateKey>[0]): KeyObject {
  try {
    return createPrivateKey(input)
  } catch {
    throw unusable()
  }
}

const unusable = (): Problem =>
  new Problem('invalid_input', 'the private key is no JWK or PEM of a type this server signs with')
