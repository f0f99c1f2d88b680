// An access token that a client got for itself (client credentials, RFC 6749 section 4.4) for a resource of this server. The token
// alone is not enough: the client must still exist, and its entry must name the resource, so that neither a client without a list
// of resources nor one that registered itself gains anything from a resource that is configured later. Nor may the token have
// been issued before the client was disabled or revoked, or to an earlier client with this id (docs/ends.md).
import { LRUCache } from 'lru-cache'
import type Provider from 'oidc-provider'
import { atMost } from '../../iam/record/at-most.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { Store } from '../../store/store.ts'
import { createdAtOf } from '../clients/stored.ts'
import { type ParsedAccessToken, type SubjectDependencies, signedToken } from './subject.ts'

export interface ClientToken {
  readonly clientId: string
  readonly scopes: ReadonlySet<string>
}

export interface ClientTokenDependencies extends Pick<SubjectDependencies, 'issuer' | 'keys' | 'clock'> {
  readonly store: Pick<Store, 'get'>
  /** Epoch seconds before which everything that was issued to the client is revoked; undefined when nothing is. */
  readonly clientRevokedBefore?: ((clientId: string) => Promise<number | undefined>) | undefined
}

/** Verified tokens that are kept, so that a caller with many requests costs one signature check. */
const most = 1000
const maxTokenLength = 8192

/** The function returns undefined for anything but a live client's own token for `resource`, not bound to a key. */
export function makeFindClientToken(
  provider: Pick<Provider, 'Client'>,
  deps: ClientTokenDependencies,
): (token: string, resource: string) => Promise<ClientToken | undefined> {
  const verified = new LRUCache<string, ParsedAccessToken>(atMost(most))
  const read = async (token: string): Promise<ParsedAccessToken | undefined> => {
    const key = sha256base64url(token)
    const known = verified.get(key)
    if (known) return known
    const found = await signedToken(token, deps)
    if (found) verified.set(key, found)
    return found
  }
  return async (token, resource) => {
    if (token.length > maxTokenLength || !token.includes('.')) return undefined
    const found = await read(token)
    if (!found || found.expiresAt * 1000 <= deps.clock()) return undefined
    // A user's token has the user as its subject, a client's own token the client (RFC 9068 section 2.2).
    if (found.userId !== found.clientId || found.jkt !== undefined || !found.audience.includes(resource))
      return undefined
    const client = await provider.Client.find(found.clientId)
    const named = client?.['resources']
    if (!Array.isArray(named) || !named.includes(resource)) return undefined
    const ends = [
      await createdAtOf(deps.store, found.clientId),
      await deps.clientRevokedBefore?.(found.clientId),
    ]
    // A token of the second in which its client was created counts: the deletion of an earlier client is itself a revocation.
    if (ends.some((end) => end !== undefined && found.issuedAt < end)) return undefined
    return { clientId: found.clientId, scopes: new Set(found.scope.split(' ')) }
  }
}
