// Every claim of an outside token as a condition key: `<issuer without https://>:<claim>`, nested ones by path
// with a slash (`{"kubernetes.io": {"namespace": "web"}}` is `…:kubernetes.io/namespace`).
import type { OutsideIdentity } from '../federation/workload/outside-token.ts'
import type { ContextValue } from '../policy/request.ts'
import { isReservedIssuer } from '../policy/reserved-prefixes.ts'
import { Problem } from '../problem.ts'

/** A token with more claims than this is refused: what is left out could be what a condition forbids. */
const maxKeys = 1000

/**
 * The keys a trust policy may name. `<issuer>:aud` is the token's `azp` where it has one, and `<issuer>:oaud` is then its
 * `aud` (IAM User Guide, "Available keys for AWS OIDC federation"). Strings, numbers and booleans are single-valued, lists of them multi-valued;
 * `null` and lists of objects have no key. A list in `aud` with one entry is single-valued, as AWS has it: trust
 * policies written for it use `StringEquals`.
 * @throws Problem('idp_rejected_claim') when the issuer's host is the prefix of AWS's own keys, two claims would be one key, or there are too many
 */
export function outsideContext({
  issuer,
  claims,
  provider,
}: Pick<OutsideIdentity, 'issuer' | 'claims' | 'provider'>): Map<string, ContextValue> {
  // Also of providers that were made before such hosts were refused (iam/provider).
  if (isReservedIssuer(issuer))
    throw new Problem('idp_rejected_claim', 'the claims of this issuer would read as condition keys of AWS')
  const keys = new Map<string, ContextValue>([['aws:federatedprovider', provider]])
  const prefix = `${issuer.replace(/^https?:\/\//, '')}:`.toLowerCase()
  const hasAzp = claims['azp'] !== undefined
  for (const [name, value] of Object.entries(claims)) {
    // `oaud` is ours to set: a claim of that name would be read as the token's audience.
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

/** Key names match whatever their case: an issuer that lets `SUB` be chosen must not let `sub` be overwritten. */
function add(key: string, value: ContextValue, into: Map<string, ContextValue>): void {
  if (into.has(key))
    throw new Problem('idp_rejected_claim', `two claims of the token read as \`${key.slice(0, 256)}\``)
  if (into.size >= maxKeys)
    throw new Problem('idp_rejected_claim', `the token has more than ${maxKeys} claims`)
  into.set(key, value)
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
