// New key material, made off the main thread where that takes time.
import { generateKeyPair, type JsonWebKey, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

const newPair = promisify(generateKeyPair)

/** A private JWK: P-256, RSA of 2048 bits (NIST SP 800-57, to 2030) or 32 random bytes. */
export async function newJwk(alg: 'ES256' | 'RS256' | 'HS256'): Promise<JsonWebKey> {
  if (alg === 'HS256') return { kty: 'oct', k: randomBytes(32).toString('base64url') }
  const { privateKey } =
    alg === 'ES256'
      ? await newPair('ec', { namedCurve: 'P-256' })
      : await newPair('rsa', { modulusLength: 2048 })
  return privateKey.export({ format: 'jwk' })
}
