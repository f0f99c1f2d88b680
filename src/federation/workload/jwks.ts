// A JSON Web Key Set (RFC 7517) as an issuer publishes it → public keys, each with the algorithms it is for.
import { Problem } from '../../problem.ts'
import { type JwsAlgorithm, type VerifyingKey, verifyingKey } from '../../secure/jws.ts'
import { parseUniqueJson } from '../../secure/unique-json.ts'

/** IAM User Guide, OIDC providers: a set may hold up to 100 RSA and 100 EC keys. More of one type bar that type alone. */
const maxKeysOfType = 100
/** Keys that are tried for a token without `kid`, so that one token cannot cost a hundred checks. */
const maxTried = 64

export interface KeySet {
  /** Keys of this `kid`; for a token that names none, the first 64 keys that fit its algorithm. */
  find(kid: string | undefined, alg: JwsAlgorithm): readonly NamedKey[]
  /** Usable keys. None is a set that verifies nothing. */
  readonly size: number
}

export interface NamedKey extends VerifyingKey {
  readonly kid: string | undefined
}

/**
 * Reads a key set. Keys that cannot be used are passed over: other types, for encryption, too weak, and all of a type
 * (RSA, EC, OKP) of which there are more than 100.
 * @throws Problem('invalid_input') when the text is no key set or holds a private key
 */
export function readKeySet(text: string): KeySet {
  const set = parseUniqueJson(text)
  const keys = isObject(set) ? set['keys'] : undefined
  if (!Array.isArray(keys)) throw unusable('not a JSON Web Key Set: `keys` must be an array')
  const objects = keys.map(checkKey)
  const counts = new Map<unknown, number>()
  for (const { kty } of objects) counts.set(kty, (counts.get(kty) ?? 0) + 1)
  const usable = objects.flatMap((jwk) => ((counts.get(jwk['kty']) ?? 0) > maxKeysOfType ? [] : readKey(jwk)))
  return {
    size: usable.length,
    find: (kid, alg) => {
      const fitting = usable.filter((key) => key.algorithms.includes(alg))
      return kid === undefined ? fitting.slice(0, maxTried) : fitting.filter((key) => key.kid === kid)
    },
  }
}

/** As readKeySet, for a set that an administrator gives. @throws Problem('invalid_input') also when no key is usable */
export function readUsableKeySet(text: string): KeySet {
  const set = readKeySet(text)
  if (set.size === 0) throw unusable('no key in it can check a signature')
  return set
}

type Jwk = Readonly<Record<string, unknown>>

/** A published private key is known to everybody, and so is whatever else its holder signs. */
function checkKey(jwk: unknown): Jwk {
  if (!isObject(jwk)) throw unusable('a key that is not an object')
  if ('d' in jwk) throw unusable('it holds a private key')
  return jwk
}

function readKey(jwk: Jwk): NamedKey[] {
  // A symmetric key must never stand in for a public one.
  if (jwk['kty'] === 'oct' || 'k' in jwk) return []
  const { kid, use, key_ops: operations } = jwk
  if (use !== undefined && use !== 'sig') return []
  if (Array.isArray(operations) && !operations.includes('verify')) return []
  const { alg, ...withoutAlgorithm } = jwk
  const key = verifyingKey(withoutAlgorithm)
  if (key === undefined) return []
  const algorithms = key.algorithms.filter((name) => isOfFamily(name, alg))
  return algorithms.length === 0
    ? []
    : [{ kid: typeof kid === 'string' ? kid : undefined, key: key.key, algorithms }]
}

/** A key's `alg` decides the family (RS, PS, ES), not the hash: issuers publish RS512 and sign with RS256. */
const isOfFamily = (algorithm: JwsAlgorithm, stated: unknown): boolean =>
  stated === undefined || (typeof stated === 'string' && stated.slice(0, 2) === algorithm.slice(0, 2))

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unusable = (message: string): Problem =>
  new Problem('invalid_input', `the key set is unusable: ${message}`)
