// The kind of a JWT from an outside issuer, and the actors it permits. A signature proves who issued a token but not its purpose, so
// one kind of JWT is never accepted as another (RFC 8725 section 3.11).
import { Problem } from '../../problem.ts'
import type { ParsedJws } from '../../secure/jws.ts'

type Claims = Readonly<Record<string, unknown>>

/**
 * Values of the `typ` header, without `application/` and case, that an identity or access token has: none or `JWT`
 * (RFC 7519 section 5.1), `JOSE` (SPIFFE JWT-SVID section 2.3), `at+jwt` (RFC 9068), `id_token+jwt`. Logout tokens,
 * security events, DPoP proofs, request objects and our own signed sessions have a `typ` of their own and are refused.
 */
const tokenTypes: ReadonlySet<string> = new Set(['', 'jwt', 'jose', 'at+jwt', 'id_token+jwt'])

/**
 * Refuses tokens that are neither ID nor access tokens of their issuer.
 * @throws Problem('invalid_identity_token')
 */
export function checkTokenType({ header, claims }: Pick<ParsedJws, 'header' | 'claims'>, more = ''): void {
  const type = (header.typ ?? '').toLowerCase().replace(/^application\//, '')
  if (!tokenTypes.has(type) && type !== more)
    throw refused(`\`typ\` must be JWT or at+jwt; it is \`${header.typ?.slice(0, 64)}\``)
  // OpenID Connect Back-Channel Logout 1.0 section 2.4 and RFC 8417: older issuers set no `typ` on such tokens.
  if (claims['events'] !== undefined)
    throw refused('the token has `events`: it reports an event or a sign-out')
}

/**
 * RFC 8693 section 4.4: a token with `may_act` is accepted only from an actor that it names, so never from an unauthenticated
 * caller.
 * @param actor the client that presents the token; undefined when the caller is not authenticated
 * @throws Problem('invalid_identity_token') for a malformed claim · Problem('denied')
 */
export function checkMayAct(claims: Claims, actor: string | undefined): void {
  checkMayActShape(claims)
  const mayAct = claims['may_act'] as MayAct | undefined
  if (mayAct === undefined) return
  if (actor !== undefined && (mayAct.sub === actor || mayAct.client_id === actor)) return
  const wanted = JSON.stringify({ sub: mayAct.sub, client_id: mayAct.client_id }).slice(0, 256)
  throw new Problem('denied', 'the subject token may be used by another actor only', {
    detail: `\`may_act\` is ${wanted}; the token was presented by ${actor === undefined ? 'a caller without a client' : `client ${actor}`}`,
  })
}

interface MayAct {
  readonly sub?: unknown
  readonly client_id?: unknown
}

/** @throws Problem('invalid_identity_token') when `may_act` is present and not an object */
export function checkMayActShape(claims: Claims): void {
  const mayAct = claims['may_act']
  if (mayAct !== undefined && (typeof mayAct !== 'object' || mayAct === null || Array.isArray(mayAct)))
    throw refused('`may_act` is not an object')
}

const refused = (detail: string): Problem =>
  new Problem('invalid_identity_token', 'the subject token is not acceptable', { detail })
