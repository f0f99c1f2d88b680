// Parses a JSON Web Key Set (RFC 7517) into public keys with the algorithms of each.
import { Problem } from '../../problem.ts'
import { type JwsAlgorithm, type VerifyingKey, verifyingKey } from '../../secure/jws.ts'
import { parseUniqueJson } from '../../secure/unique-json.ts'

/** IAM User Guide, OIDC providers: a set may have up to 100 RSA and 100 EC keys. When a type has more, keys of that type are not used. */
const maxKeysOfType = 100
/** Keys tried for a token without `kid`, which limits the cost of one token. */
const maxTried = 64

export interface KeySet {
  /** Keys of this `kid`; for a token without `kid`, the first 64 keys that fit its algorithm. */
  find(kid: string | undefined, alg: JwsAlgorithm): readonly NamedKey[]
  /** Number of usable keys. A set with none verifies nothing. */
  readonly size: number
  /** `spiffe_refresh_hint` of a SPIFFE bundle, seconds. */
  readonly refreshHint?: number | undefined
}

/** `spiffe`: a bundle of a trust domain (SPIFFE Trust Domain and Bundle section 4), of which only keys with `use: jwt-svid` count. */
export type KeySetFormat = 'spiffe' | undefined

export interface NamedKey extends VerifyingKey {
  readonly kid: string | undefined
}

/**
 * Parses a key set. Unusable keys are ignored: other types, keys for encryption, weak keys, and all keys of a type (RSA, EC,
 * OKP) that has more than 100.
 * @throws Problem('invalid_input') when the text is not a key set or contains a private key
 */
export function readKeySet(text: string, format?: KeySetFormat): KeySet {
  const set = parseUniqueJson(text)
  const keys = isObject(set) ? set['keys'] : undefined
  if (!Array.isArray(keys)) throw unusable('not a JSON Web Key Set: `keys` must be an array')
  const objects = keys.map(checkKey).filter(({ use }) => format === undefined || use === 'jwt-svid')
  const counts = new Map<unknown, number>()
  for (const { kty } of objects) counts.set(kty, (counts.get(kty) ?? 0) + 1)
  const usable = objects.flatMap((jwk) =>
    (counts.get(jwk['kty']) ?? 0) > maxKeysOfType ? [] : readKey(jwk, format),
  )
  const hint = isObject(set) ? set['spiffe_refresh_hint'] : undefined
  return {
    size: usable.length,
    refreshHint: typeof hint === 'number' && hint > 0 ? hint : undefined,
    find: (kid, alg) => {
      const fitting = usable.filter((key) => key.algorithms.includes(alg))
      return kid === undefined ? fitting.slice(0, maxTried) : fitting.filter((key) => key.kid === kid)
    },
  }
}

/** As `readKeySet`, for a set that an administrator uploads. @throws Problem('invalid_input') also when no key is usable */
export function readUsableKeySet(text: string, format?: KeySetFormat): KeySet {
  const set = readKeySet(text, format)
  if (set.size === 0) throw unusable('it contains no key that can verify a signature')
  return set
}

type Jwk = Readonly<Record<string, unknown>>

/** Rejects a set with a private key: a published private key lets anybody sign. */
function checkKey(jwk: unknown): Jwk {
  if (!isObject(jwk)) throw unusable('a key must be a JSON object')
  if ('d' in jwk) throw unusable('it holds a private key')
  return jwk
}

function readKey(jwk: Jwk, format: KeySetFormat): NamedKey[] {
  // A symmetric key must never be used as a public one.
  if (jwk['kty'] === 'oct' || 'k' in jwk) return []
  const { kid, use, key_ops: operations } = jwk
  if (use !== undefined && use !== (format === 'spiffe' ? 'jwt-svid' : 'sig')) return []
  if (Array.isArray(operations) && !operations.includes('verify')) return []
  const { alg, use: _, ...withoutAlgorithm } = jwk
  const key = verifyingKey(withoutAlgorithm)
  if (key === undefined) return []
  const algorithms = key.algorithms.filter((name) => isOfFamily(name, alg))
  return algorithms.length === 0
    ? []
    : [{ kid: typeof kid === 'string' ? kid : undefined, key: key.key, algorithms }]
}

/** A key's `alg` fixes the family (RS, PS, ES) but not the hash: some issuers publish RS512 and sign with RS256. */
const isOfFamily = (algorithm: string, stated: unknown): boolean =>
  stated === undefined || (typeof stated === 'string' && stated.slice(0, 2) === algorithm.slice(0, 2))

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unusable = (message: string): Problem =>
  new Problem('invalid_input', `the key set is unusable: ${message}`)
