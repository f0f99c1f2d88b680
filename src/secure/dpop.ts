// DPoP proofs (RFC 9449): a key-bound token is accepted only with a fresh signature by that key over this request. This is
// the only JWS with its key in the header; the key is accepted only because the token names its thumbprint.
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { Problem } from '../problem.ts'
import { equals, sha256base64url } from './digest.ts'
import { algorithmsFor, isSignatureValid, type JwsAlgorithm } from './jws.ts'
import { parseUniqueJson } from './unique-json.ts'

export interface DpopRule {
  readonly method: string
  /** The resource's URL without query and fragment (§4.3, 9). */
  readonly url: string
  readonly accessToken: string
  /** `cnf.jkt` of the access token (§6.1). */
  readonly jkt: string
  /** Epoch seconds. */
  readonly now: number
  /** Maximum difference in seconds between a proof's `iat` and `now`, either way. */
  readonly window: number
}

const maxLength = 4096

/**
 * Checks a proof as RFC 9449 §4.3 lists and returns its `jti`, which the caller must accept only once.
 * @throws Problem('unauthenticated')
 */
export async function checkDpop(proof: string, rule: DpopRule): Promise<string> {
  const parts = proof.length <= maxLength ? proof.split('.') : []
  const [head, payload, signature] = parts
  if (parts.length !== 3 || !head || !payload || !signature) throw refused('it is not a JWS')
  const header = objectIn(head)
  const { key, jwk } = keyIn(header)
  const { alg } = header
  const jws = {
    header: { alg: alg as JwsAlgorithm, kid: undefined, typ: 'dpop+jwt' },
    claims: objectIn(payload),
    signed: Buffer.from(`${head}.${payload}`, 'latin1'),
    signature: Buffer.from(signature, 'base64url'),
  }
  if (header['typ'] !== 'dpop+jwt' || Object.hasOwn(header, 'crit'))
    throw refused('its header is not that of a DPoP proof')
  // The cheap comparisons come first: verifying a signature costs a hundred times as much, and more with an attacker's key.
  if (!equals(thumbprint(jwk), rule.jkt)) throw refused('its key is not the one the token is bound to')
  const jti = checkClaims(jws.claims, rule)
  if (!(await isSignatureValid(jws, { key, algorithms: algorithmsFor(key) })))
    throw refused('its signature is not valid')
  return jti
}

function checkClaims(claims: Readonly<Record<string, unknown>>, rule: DpopRule): string {
  const { htm, htu, iat, jti, ath } = claims
  if (htm !== rule.method || typeof htu !== 'string' || withoutQuery(htu) !== withoutQuery(rule.url))
    throw refused('it is for another request')
  if (typeof iat !== 'number' || Math.abs(iat - rule.now) > rule.window)
    throw refused('its date is too far off')
  if (typeof ath !== 'string' || !equals(ath, sha256base64url(rule.accessToken)))
    throw refused('it is for another token')
  if (typeof jti !== 'string' || jti === '' || jti.length > 256) throw refused('it has no `jti`')
  return jti
}

function keyIn(header: Readonly<Record<string, unknown>>): {
  key: KeyObject
  jwk: Readonly<Record<string, unknown>>
} {
  const { jwk } = header
  if (typeof jwk !== 'object' || jwk === null || Object.hasOwn(jwk, 'd') || Object.hasOwn(jwk, 'k'))
    throw refused('its header has no public key')
  try {
    return {
      key: createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }),
      jwk: jwk as Record<string, unknown>,
    }
  } catch {
    throw refused('its header has no public key')
  }
}

/** The JWK thumbprint of RFC 7638; §3.2 gives the required members and their order. */
export function thumbprint(jwk: Readonly<Record<string, unknown>>): string {
  const members = { EC: ['crv', 'kty', 'x', 'y'], RSA: ['e', 'kty', 'n'], OKP: ['crv', 'kty', 'x'] }
  const names = new Map(Object.entries(members)).get(String(jwk['kty'])) ?? []
  return sha256base64url(JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name]]))))
}

/** The URL without query and fragment, with case and default port normalised (§4.3). */
function withoutQuery(text: string): string {
  if (!URL.canParse(text)) return ''
  const url = new URL(text)
  return `${url.origin}${url.pathname}`
}

function objectIn(part: string): Readonly<Record<string, unknown>> {
  const value = parseUniqueJson(Buffer.from(part, 'base64url').toString())
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('it is not a JWS')
  return value as Readonly<Record<string, unknown>>
}

const refused = (why: string): Problem =>
  new Problem('unauthenticated', `the DPoP proof is not valid: ${why}`)
