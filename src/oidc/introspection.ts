// Which clients may introspect a token (RFC 7662 §4), and which properties the response omits.
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { ClaimValues } from './claims/apply.ts'
import { type FindPerson, mappedClaimsOf, personClaims } from './claims.ts'
import { findClient } from './library/models.ts'

interface IntrospectingClient {
  readonly clientId: string
  readonly [name: string]: unknown
}

interface IntrospectedToken {
  readonly clientId?: string | undefined
  readonly aud?: unknown
}

/**
 * True for the client a token was issued to, for its resource server, and for clients with `introspects`. For all others
 * the token is reported as not active, so that nobody can inspect a token of somebody else.
 */
function mayIntrospect(client: IntrospectingClient, token: IntrospectedToken): boolean {
  if (token.clientId === client.clientId) return true
  const audience = [token.aud ?? []].flat().map(String)
  const introspects = client['introspects']
  if (introspects === 'any' || audience.includes(client.clientId)) return true
  return Array.isArray(introspects) && audience.some((one) => introspects.includes(one))
}

/** Claims that only this server uses: ids of the grant and browser session, and their dependencies. */
const internal = ['grant_id', 'session', 'dep']

interface FoundToken extends IntrospectedToken {
  readonly kind: string
  readonly accountId?: string | undefined
  /** Claims of the response beside those that oidc-provider sets. */
  extra?: Readonly<Record<string, unknown>> | undefined
  sid?: string | undefined
}

/**
 * oidc-provider's `allowedPolicy`. It is called just before the response is built from the token, so this is also where
 * internal claims are left out and the claims of the client's mapping are set, with the user's claims as they are now.
 */
export const introspectionPolicy =
  (findPerson: FindPerson) =>
  async (ctx: KoaContextWithOIDC, client: IntrospectingClient, token: FoundToken): Promise<boolean> => {
    if (!mayIntrospect(client, token)) return false
    const kept = Object.entries(token.extra ?? {}).filter(([name]) => !internal.includes(name))
    // In memory only: the token is not saved again.
    token.extra = { ...(await currentMapping(ctx, token, findPerson)), ...Object.fromEntries(kept) }
    token.sid = undefined
    return true
  }

async function currentMapping(
  { oidc }: KoaContextWithOIDC,
  { kind, accountId, clientId }: FoundToken,
  findPerson: FindPerson,
): Promise<ClaimValues> {
  if (kind !== 'AccessToken' || accountId === undefined || clientId === undefined) return {}
  const [person, owner] = await Promise.all([findPerson(accountId), findClient(oidc.provider, clientId)])
  return person
    ? mappedClaimsOf(owner, personClaims(person), 'introspection', oidc.grant?.getOIDCScope() ?? '')
    : {}
}
