// A JSON Web Key Set (RFC 7517) as an issuer publishes it → public keys, each with the algorithms it is for.
import { Problem } from '../../problem.ts'
import { type JwsAlgorithm, type VerifyingKey, verifyingKey } from '../../secure/jws.ts'
import { parseUniqueJson } from '../../secure/unique-json.ts'

/** More keys than this in one set are refused: each would be tried for a token without `kid`. */
const maxKeys = 64

export interface KeySet {
  /** Keys of this `kid`, or all keys for a token that names none. */
  find(kid: string | undefined, alg: JwsAlgorithm): readonly VerifyingKey[]
  readonly size: number
}

interface NamedKey extends VerifyingKey {
  readonly kid: string | undefined
}

/**
 * Reads a key set; keys we cannot use (other types, for encryption, too weak) are passed over.
 * @throws Problem('invalid_input') when the text is no key set, holds a private or symmetric key, or no usable key
 */
export function readKeySet(text: string): KeySet {
  const set = parseUniqueJson(text)
  const keys = isObject(set) ? set['keys'] : undefined
  if (!Array.isArray(keys)) throw unusable('not a JSON Web Key Set: `keys` must be an array')
  if (keys.length > maxKeys) throw unusable(`more than ${maxKeys} keys`)
  const usable = keys.flatMap(readKey)
  if (usable.length === 0) throw unusable('no key in it can check a signature')
  return {
    size: usable.length,
    find: (kid, alg) =>
      usable.filter((key) => (kid === undefined || key.kid === kid) && key.algorithms.includes(alg)),
  }
}

function readKey(jwk: unknown): NamedKey[] {
  if (!isObject(jwk)) throw unusable('a key that is not an object')
  // Who publishes a private or a shared key has lost it; and a shared key must never stand in for a public one.
  if (jwk['kty'] === 'oct' || 'd' in jwk || 'k' in jwk) throw unusable('it holds a secret key')
  const { kid, use, key_ops: operations } = jwk
  if (use !== undefined && use !== 'sig') return []
  if (Array.isArray(operations) && !operations.includes('verify')) return []
  const key = verifyingKey(jwk)
  return key ? [{ kid: typeof kid === 'string' ? kid : undefined, ...key }] : []
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unusable = (message: string): Problem =>
  new Problem('invalid_input', `the key set is unusable: ${message}`)
