// Condition keys for all claims of an outside token: `<issuer without https://>:<claim>`. The key of a nested claim is its path with
// slashes: `{"kubernetes.io": {"namespace": "web"}}` is `…:kubernetes.io/namespace`.
import type { OutsideIdentity } from '../../federation/workload/outside-token.ts'
import { isReservedIssuer } from '../../policy/language/reserved-prefixes.ts'
import type { ContextValue } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import { issuerWithoutScheme } from '../../secure/issuer-name.ts'

/** A token with more claims is refused rather than truncated, because a condition may test any claim. */
const maxKeys = 1000

/**
 * The condition keys of a token for trust policies. `<issuer>:aud` is the token's `azp` where it has one, and `<issuer>:oaud` is then
 * its `aud` (IAM User Guide, "Available keys for AWS OIDC federation"). Strings, numbers and booleans are single-valued, lists of them
 * multi-valued; `null` and lists of objects have no key. A list in `aud` with one entry is single-valued, as at AWS: trust policies
 * written for AWS test it with `StringEquals`.
 * @throws Problem('idp_rejected_claim') when the issuer's host is the prefix of AWS's own keys, two claims have the same key, or there
 *   are more than 1,000 claims
 */
export function outsideContext({
  issuer,
  claims,
  provider,
}: Pick<OutsideIdentity, 'issuer' | 'claims' | 'provider'>): Map<string, ContextValue> {
  // iam/provider refuses such hosts; providers created before it did are refused here.
  if (isReservedIssuer(issuer))
    throw new Problem('idp_rejected_claim', 'the claims of this issuer would read as condition keys of AWS')
  const keys = new Map<string, ContextValue>([['aws:federatedprovider', provider]])
  const prefix = `${issuerWithoutScheme(issuer)}:`.toLowerCase()
  const hasAzp = claims['azp'] !== undefined
  for (const [name, value] of Object.entries(claims)) {
    // A claim of this name is ignored: only this function sets `oaud`, from `aud`.
    if (name.toLowerCase() === 'oaud') continue
    const key = name === 'aud' && hasAzp ? 'oaud' : name.toLowerCase()
    const lone = name === 'aud' && Array.isArray(value) && value.length === 1
    flatten(prefix + key, lone ? value[0] : value, keys)
  }
  if (hasAzp) flatten(`${prefix}aud`, claims['azp'], keys)
  return keys
}

function flatten(key: string, value: unknown, into: Map<string, ContextValue>): void {
  if (isScalar(value)) add(key, String(value), into)
  else if (Array.isArray(value)) {
    if (value.every(isScalar)) add(key, value.map(String), into)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) flatten(`${key}/${name.toLowerCase()}`, inner, into)
  }
}

/** Condition keys are case-insensitive, so claims that differ only in case are refused: `SUB` must not overwrite `sub`. */
function add(key: string, value: ContextValue, into: Map<string, ContextValue>): void {
  if (into.has(key))
    throw new Problem('idp_rejected_claim', `two claims of the token read as \`${key.slice(0, 256)}\``)
  if (into.size >= maxKeys)
    throw new Problem('idp_rejected_claim', `the token has more than ${maxKeys} claims`)
  into.set(key, value)
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
