// What a person allowed an application, remembered for itself: a grant ends with the session it was made in, what was
// agreed does not. One record per person and application, found by its id; withdrawing takes it away.
//
// Who is asked again although they agreed before: users of native clients and of public clients whose answer goes
// elsewhere than to an https address, because any program on the machine can pretend to be those (RFC 6749 §10.2,
// RFC 8252 §8.6). Clients from /register are treated like the operator's, as our peers do: what was agreed is tied to
// their id, which nobody else gets, and the page that asked said that nobody vouches for them.
import type Provider from 'oidc-provider'
import type { AdapterPayload } from 'oidc-provider'
import { put } from '../../store/conditional-writes.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { type AgreedScopes, mergeAgreed } from '../artifacts/agreed-scopes.ts'
import { artifactId, artifactOf, decodeContent } from '../artifacts/artifact.ts'
import { lifetimes } from '../lifetimes.ts'

type Grant = InstanceType<Provider['Grant']>

export interface Consents {
  find(userId: string, clientId: string): Promise<AgreedScopes | undefined>
  /** Adds to what was agreed before; lasts 90 days from now. */
  remember(userId: string, clientId: string, allowed: AgreedScopes): Promise<void>
  /** True when there was one. */
  forget(userId: string, clientId: string): Promise<boolean>
}

export const consentModel = 'Consent'

/** @param clock milliseconds */
export function openConsents(store: Store, clock: () => number): Consents {
  const now = (): EpochSeconds => Math.floor(clock() / 1000)
  const key = (userId: string, clientId: string): string => JSON.stringify([userId, clientId])
  const recordOf = (userId: string, clientId: string, allowed: AgreedScopes) => {
    const payload = { accountId: userId, clientId, iat: now(), ...allowed } as unknown as AdapterPayload
    return artifactOf(consentModel, key(userId, clientId), payload, now() + lifetimes.Grant)
  }
  const idOf = (userId: string, clientId: string): string => artifactId(consentModel, key(userId, clientId))
  return {
    async find(userId, clientId) {
      const record = await store.get('artifact', idOf(userId, clientId))
      return record && (decodeContent(record).payload as unknown as AgreedScopes)
    },
    remember: (userId, clientId, allowed) =>
      put(store, 'artifact', idOf(userId, clientId), (old) => {
        const all = old
          ? mergeAgreed(decodeContent(old).payload as unknown as AgreedScopes, allowed)
          : allowed
        return recordOf(userId, clientId, all)
      }),
    forget: (userId, clientId) => store.delete('artifact', idOf(userId, clientId)),
  }
}

/** Puts what was agreed into a grant. */
export function allow(grant: Grant, { openid, resources }: AgreedScopes): void {
  if (openid?.scope) grant.addOIDCScope(openid.scope)
  if (openid?.claims?.length) grant.addOIDCClaims([...openid.claims])
  for (const [id, scopes] of Object.entries(resources ?? {})) grant.addResourceScope(id, scopes)
}

/** Whether an earlier yes counts for this request. */
export function counts(
  client: { readonly clientAuthMethod?: string | undefined; readonly applicationType?: string | undefined },
  redirectUri: unknown,
): boolean {
  if (client.applicationType === 'native') return false
  if (client.clientAuthMethod !== 'none') return true
  return typeof redirectUri === 'string' && redirectUri.startsWith('https:')
}
