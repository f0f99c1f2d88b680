// The claims of an ID token with those of the userinfo endpoint beside them. An address and the word that it was
// verified must come from one answer (attacks.md 17, Keycloak CVE-2026-14781): whoever may change one answer alone
// could else have a stranger's address verified by the other.
import type { ClaimMapping } from '../../store/records.ts'

type Claims = Readonly<Record<string, unknown>>

/** What a token says of itself, and of how they signed in: never userinfo's to say (RFC 7519 §4.1, OIDC Core §2). */
const ofToken = new Set(
  'iss sub aud exp nbf iat jti nonce auth_time acr amr azp at_hash c_hash s_hash sid cnf events'.split(' '),
)

/** The ID token's claims win, but for the address: the answer that the address is from says all about it. */
export function joinedClaims(
  idToken: Claims,
  userinfo: Claims,
  mapping: Pick<ClaimMapping, 'email' | 'emailVerified'> | undefined,
): Claims {
  const address = namesIn([...(mapping?.email.path ?? []), 'email'])
  const about = new Set([...address, ...namesIn([...(mapping?.emailVerified.path ?? []), 'email_verified'])])
  const fromUserinfo = [...address].some((name) => !ofToken.has(name) && Object.hasOwn(userinfo, name))
  const kept = (claims: Claims, source: 'idToken' | 'userinfo') =>
    Object.entries(claims).filter(([name]) => {
      if (ofToken.has(name)) return source === 'idToken'
      return !about.has(name) || (source === 'userinfo') === fromUserinfo
    })
  return Object.fromEntries([...kept(userinfo, 'userinfo'), ...kept(idToken, 'idToken')])
}

/** A path may be a claim's whole name, or lead into the claim before its first dot (mapping.ts). */
const namesIn = (paths: readonly string[]): ReadonlySet<string> =>
  new Set(paths.flatMap((path) => [path, path.split('.')[0] ?? path]))
