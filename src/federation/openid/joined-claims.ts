// Merges the claims of an ID token and of the userinfo endpoint. The e-mail address and `email_verified` must come from the same
// response (attacks.md 17, Keycloak CVE-2026-14781): otherwise someone who controls one response could have an address of
// somebody else marked as verified by the other.
import type { ClaimMapping } from '../../store/records.ts'

type Claims = Readonly<Record<string, unknown>>

/** Claims about the token and the authentication, taken from the ID token only (RFC 7519 §4.1, OIDC Core §2). */
const tokenClaims = new Set(
  'iss sub aud exp nbf iat jti nonce auth_time acr amr azp at_hash c_hash s_hash sid cnf events'.split(' '),
)

/** The ID token takes precedence, except that the address and its verification come from the same response. */
export function mergeUserinfoClaims(
  idToken: Claims,
  userinfo: Claims,
  mapping: Pick<ClaimMapping, 'email' | 'emailVerified'> | undefined,
): Claims {
  const address = namesIn([...(mapping?.email.path ?? []), 'email'])
  const about = new Set([...address, ...namesIn([...(mapping?.emailVerified.path ?? []), 'email_verified'])])
  const fromUserinfo = [...address].some((name) => !tokenClaims.has(name) && Object.hasOwn(userinfo, name))
  const kept = (claims: Claims, source: 'idToken' | 'userinfo') =>
    Object.entries(claims).filter(([name]) => {
      if (tokenClaims.has(name)) return source === 'idToken'
      return !about.has(name) || (source === 'userinfo') === fromUserinfo
    })
  return Object.fromEntries([...kept(userinfo, 'userinfo'), ...kept(idToken, 'idToken')])
}

/** A path is either a claim's full name, or leads into the claim before its first dot (mapping.ts). */
const namesIn = (paths: readonly string[]): ReadonlySet<string> =>
  new Set(paths.flatMap((path) => [path, path.split('.')[0] ?? path]))
