// Generates keys, in the thread pool where that takes time.
import { generateKeyPair, type JsonWebKey, type KeyObject, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

/** The algorithms of tokens. `Ed25519` is EdDSA under its fully specified name (RFC 9864), with keys of its own. */
export type TokenAlgorithm = 'ES256' | 'RS256' | 'EdDSA' | 'Ed25519'
export type KeyAlgorithm = TokenAlgorithm | 'ES384' | 'HS256'

const newPair = promisify(generateKeyPair)

/** Generates a private JWK: P-256, P-384, Ed25519, RSA of 2048 bits (NIST SP 800-57, to 2030) or 32 random bytes. */
export async function newJwk(alg: KeyAlgorithm): Promise<JsonWebKey> {
  if (alg === 'HS256') return { kty: 'oct', k: randomBytes(32).toString('base64url') }
  return (await newPrivateKey(alg)).export({ format: 'jwk' })
}

async function newPrivateKey(alg: Exclude<KeyAlgorithm, 'HS256'>): Promise<KeyObject> {
  switch (alg) {
    case 'ES256':
      return (await newPair('ec', { namedCurve: 'P-256' })).privateKey
    case 'ES384':
      return (await newPair('ec', { namedCurve: 'P-384' })).privateKey
    case 'RS256':
      return (await newPair('rsa', { modulusLength: 2048 })).privateKey
    case 'EdDSA':
    case 'Ed25519':
      return (await newPair('ed25519')).privateKey
  }
}
