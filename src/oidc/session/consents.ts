// Consents of users to clients, one record for each pair. A grant ends with its session; a consent is kept for later sessions
// until it is withdrawn.
//
// Users of native clients, and of public clients whose redirect URI is not https, are asked again although they consented
// before, because another program on the machine can pretend to be such a client (RFC 6749 §10.2, RFC 8252 §8.6). Clients from
// `/register` are treated like configured ones: a consent belongs to their id, which no other client gets, and the consent
// page said that the client is not verified.
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
  /** Adds to an earlier consent; valid for 90 days from now. */
  remember(userId: string, clientId: string, allowed: AgreedScopes): Promise<void>
  /** True when there was a consent. */
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

/** Adds the scopes, claims and resources of a consent to a grant. */
export function addToGrant(grant: Grant, { openid, resources }: AgreedScopes): void {
  if (openid?.scope) grant.addOIDCScope(openid.scope)
  if (openid?.claims?.length) grant.addOIDCClaims([...openid.claims])
  for (const [id, scopes] of Object.entries(resources ?? {})) grant.addResourceScope(id, scopes)
}

/** Whether an earlier consent is enough for a request with this redirect URI. */
export function isConsentReusable(
  client: { readonly clientAuthMethod?: string | undefined; readonly applicationType?: string | undefined },
  redirectUri: unknown,
): boolean {
  if (client.applicationType === 'native') return false
  if (client.clientAuthMethod !== 'none') return true
  return typeof redirectUri === 'string' && redirectUri.startsWith('https:')
}
