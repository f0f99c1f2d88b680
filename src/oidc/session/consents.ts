// Consents of users to clients, one record for each pair. A grant ends with its session; a consent is kept for later sessions
// until it is withdrawn.
//
// Users of native clients, and of public clients whose redirect URI is not https, are asked again although they consented
// before, because another program on the machine can pretend to be such a client (RFC 6749 §10.2, RFC 8252 §8.6). Clients from
// `/register` are treated like configured ones: a consent belongs to their id, which no other client gets, and the consent
// page said that the client is not verified.
import type Provider from 'oidc-provider'
import type { AdapterPayload } from 'oidc-provider'
import { revokedBefore } from '../../iam/authorization/revocation-records.ts'
import { upsert } from '../../store/conditional-writes.ts'
import type { Artifact, EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { type AgreedScopes, mergeAgreed } from '../artifacts/agreed-scopes.ts'
import { artifactId, artifactOf, decodeContent } from '../artifacts/artifact.ts'
import { createdAtOf } from '../clients/stored.ts'
import { lifetimes } from '../lifetimes.ts'

type Grant = InstanceType<Provider['Grant']>

export const consentModel = 'Consent'

const keyOf = (userId: string, clientId: string): string => JSON.stringify([userId, clientId])
const idOf = (userId: string, clientId: string): string => artifactId(consentModel, keyOf(userId, clientId))

export class Consents {
  readonly #store: Store
  readonly #clock: () => number

  /** @param clock milliseconds since 1970 */
  constructor(store: Store, clock: () => number) {
    this.#store = store
    this.#clock = clock
  }

  async find(userId: string, clientId: string): Promise<AgreedScopes | undefined> {
    const record = await this.#store.get('artifact', idOf(userId, clientId))
    return record && agreedIn(record, await createdAtOf(this.#store, clientId))
  }

  /** Adds to an earlier consent; valid for 90 days from now. */
  async remember(userId: string, clientId: string, allowed: AgreedScopes): Promise<void> {
    const createdAt = await createdAtOf(this.#store, clientId)
    await upsert(this.#store, 'artifact', idOf(userId, clientId), (old) => {
      const agreed = agreedIn(old, createdAt)
      return this.#recordOf(userId, clientId, agreed ? mergeAgreed(agreed, allowed) : allowed)
    })
  }

  /** True when there was a consent. */
  forget(userId: string, clientId: string): Promise<boolean> {
    return this.#store.delete('artifact', idOf(userId, clientId))
  }

  #now(): EpochSeconds {
    return Math.floor(this.#clock() / 1000)
  }

  #recordOf(userId: string, clientId: string, allowed: AgreedScopes) {
    const payload = { accountId: userId, clientId, iat: this.#now(), ...allowed } as unknown as AdapterPayload
    return artifactOf(consentModel, keyOf(userId, clientId), payload, this.#now() + lifetimes.Grant)
  }
}

/** A consent counts for the client it was given to, and not for a later one with the same id. */
function agreedIn(
  record: Artifact | undefined,
  createdAt: EpochSeconds | undefined,
): AgreedScopes | undefined {
  const payload = record && decodeContent(record).payload
  if (payload === undefined) return undefined
  // A process that has not yet learned that the earlier client is gone may have saved it after the later one was created.
  if (createdAt !== undefined && (payload.iat ?? 0) < revokedBefore(createdAt)) return undefined
  return payload as unknown as AgreedScopes
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
