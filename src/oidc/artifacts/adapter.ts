// oidc-provider's adapter over the store. It is stricter than oidc-provider requires in three ways: `consume` is a
// compare-and-set that exactly one of many callers in all processes wins (docs/attacks.md 5); so is ending an interaction;
// and a destroyed session, grant or interaction stays destroyed when a slower request saves it again (tombstones.ts).
// Sessions have an adapter of their own (session-adapter.ts).
import { setTimeout as sleep } from 'node:timers/promises'
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import { createIfAbsent, updateIfPresent } from '../../store/conditional-writes.ts'
import type { Artifact, EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { FindPerson } from '../claims.ts'
import { lifetimes } from '../lifetimes.ts'
import { type AgreedScopes, mergeAgreed } from './agreed-scopes.ts'
import {
  artifactId,
  artifactOf,
  decodeContent,
  encodeContent,
  type Redemption,
  userCodeHash,
} from './artifact.ts'
import { ConcurrentRedemptions } from './concurrent-redemptions.ts'
import { checkKeptParameters } from './kept-parameters.ts'
import { judgeCode, judgeRefreshToken, type PresentingClient, type Verdict } from './refresh-retry.ts'
import type { SessionAdapterOptions } from './session-adapter.ts'
import { currentRedemption, presentingClient, setRedemption } from './token-request.ts'
import { isEnded, modelsWithTombstone, tombstoneOf, withOAuthErrors } from './tombstones.ts'

export interface ArtifactStoreOptions {
  readonly store: Store
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly findPerson: FindPerson
  /** Called when a refresh token was reused and all tokens of its family were ended. */
  readonly onReuse?:
    | ((event: {
        readonly grantId: string
        readonly clientId: string
        readonly userId: string | undefined
      }) => void)
    | undefined
  /** Clients that are managed at run time, and whether a registered one is disabled (clients/stored.ts). */
  readonly managedClients?: ManagedClients | undefined
  /** Clients that the store does not have and that their id leads to (clients/client-documents.ts). */
  readonly clientDocuments?: { find(clientId: string): Promise<AdapterPayload | undefined> } | undefined
  readonly limits?: SessionAdapterOptions['limits']
  readonly onSessionEnd?: SessionAdapterOptions['onSessionEnd']
  /** Called before a registered client is removed. */
  readonly onClientEnd?: ((clientId: string) => Promise<void>) | undefined
}

/** Clients that an administrator manages at run time. */
export interface ManagedClients {
  /** Undefined when nothing is set; without `metadata` it is a client of `/register`. */
  find(
    clientId: string,
  ): Promise<{ readonly disabled: boolean; readonly metadata?: AdapterPayload | undefined } | undefined>
  /** When a client of the store was created; undefined for other clients. */
  createdAt(clientId: string): Promise<EpochSeconds | undefined>
  /** A registered client is gone. */
  removed(clientId: string): Promise<void>
}

/** Models that are usually updated; the others are usually new, so creating them is tried first. */
const resaved = new Set(['Grant', 'Client'])
/** Models that are exchanged for tokens, once each. */
const redeemable = new Set(['RefreshToken', 'AuthorizationCode', 'DeviceCode'])
/** Milliseconds between two looks at a redemption that has no response yet. */
const pollEvery = 50
/** Milliseconds to wait for other requests with the same token: several at once are concurrent, one alone is a retry. */
const concurrencyWindow = 25
const redemptions = new ConcurrentRedemptions()

/** Ends the grant first: from then on no token under it is accepted, also one that is being written at this moment. */
export async function revokeFamily(options: ArtifactStoreOptions, grantId: string): Promise<void> {
  await new StoreAdapter('Grant', options).destroy(grantId)
  await revokeTokens(options.store, grantId)
}

async function revokeTokens(store: Store, grantId: string, model?: string): Promise<void> {
  const ids: string[] = []
  for await (const record of store.each('artifact', { by: 'grant', value: grantId }))
    if (model === undefined || record.model === model) ids.push(record.id)
  await Promise.all(ids.map((id) => store.delete('artifact', id)))
}

export class StoreAdapter implements Adapter {
  readonly #model: string
  readonly #options: ArtifactStoreOptions
  readonly #store: Store

  constructor(model: string, options: ArtifactStoreOptions) {
    this.#model = model
    this.#options = options
    this.#store = options.store
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    checkKeptParameters(this.#model, payload)
    const expiresAt = expiresIn === undefined ? undefined : this.#now() + expiresIn
    const record = artifactOf(this.#model, id, payload, expiresAt)
    return withOAuthErrors(async () => {
      if (currentRedemption()?.isRetry && this.#model === 'RefreshToken') return this.#keepFirst(record)
      if (resaved.has(this.#model) && (await this.#rewrite(record))) return
      if ((await createIfAbsent(this.#store.create('artifact', record))) || (await this.#rewrite(record)))
        return
      throw new Problem('conflict', 'another device has this user code')
    })
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return withOAuthErrors(async () => {
      const record = await this.#store.get('artifact', artifactId(this.#model, id))
      if (record?.consumedAt !== undefined && redeemable.has(this.#model))
        return this.#presentedAgain(id, record)
      const payload = record && payloadOf(record)
      return payload && (await this.#isOfEarlierClient(payload)) ? undefined : payload
    })
  }

  /** Whether this is a grant to a deleted client whose id another client has now; without it, tokens and codes under it end. */
  async #isOfEarlierClient({ clientId, iat }: AdapterPayload): Promise<boolean> {
    if (this.#model !== 'Grant' || clientId === undefined) return false
    const createdAt = await this.#options.managedClients?.createdAt(clientId)
    return createdAt !== undefined && (iat ?? 0) < createdAt
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('uid', `${this.#model} ${uid}`)
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('userCode', userCodeHash(userCode))
  }

  /** @throws errors.InvalidGrant for all callers but the first; errors.InvalidRequestUri for a pushed request */
  async consume(id: string): Promise<void> {
    const current = currentRedemption()
    if (current?.isRetry && current.id === id) return
    const successor = randomToken()
    const key = artifactId(this.#model, id)
    const there = await withOAuthErrors(() =>
      updateIfPresent(this.#store.update('artifact', key, (old) => this.#consumed(old, successor))),
    )
    if (!there) throw this.#spent()
    if (redeemable.has(this.#model)) setRedemption({ model: this.#model, id, successor, isRetry: false })
  }

  #consumed(old: Artifact, successor: string): Artifact {
    if (old.consumedAt !== undefined) throw this.#spent()
    const consumed = { ...old, consumedAt: this.#now() }
    if (!redeemable.has(this.#model)) return consumed
    const redemption: Redemption = { successor, at: this.#options.clock(), answeredAt: undefined }
    return { ...consumed, payload: encodeContent({ ...decodeContent(old), redemption }) }
  }

  #spent(): errors.OIDCProviderError {
    if (this.#model === 'PushedAuthorizationRequest')
      return new errors.InvalidRequestUri('request_uri was already used')
    return new errors.InvalidGrant('grant was already redeemed')
  }

  /** @throws errors.SessionNotFound for an interaction that another request has ended: only one may use its result */
  destroy(id: string): Promise<void> {
    const key = artifactId(this.#model, id)
    return withOAuthErrors(async () => {
      if (this.#model === 'Client') await this.#options.onClientEnd?.(id)
      if (!modelsWithTombstone.has(this.#model)) return void (await this.#store.delete('artifact', key))
      const once = this.#model === 'Interaction'
      const there = await updateIfPresent(
        this.#store.update('artifact', key, (old) => {
          if (once && isEnded(old)) throw interactionOver()
          return tombstoneOf(old, this.#now())
        }),
      )
      if (once && !there) throw interactionOver()
    })
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return withOAuthErrors(() => revokeTokens(this.#store, grantId, this.#model))
  }

  #now(): EpochSeconds {
    return Math.floor(this.#options.clock() / 1000)
  }

  #findBy(unique: 'uid' | 'userCode', value: string): Promise<AdapterPayload | undefined> {
    return withOAuthErrors(async () => {
      const record = await this.#store.getBy('artifact', unique, value)
      return record?.model === this.#model ? payloadOf(record) : undefined
    })
  }

  /** True when the record exists. A consumed artifact stays consumed, a destroyed one stays destroyed. */
  #rewrite(record: Artifact): Promise<boolean> {
    return updateIfPresent(
      this.#store.update('artifact', record.id, (old) => {
        if (isEnded(old)) return old
        const kept = decodeContent(old)
        const payload = this.#merge(kept.payload, decodeContent(record).payload)
        return { ...record, payload: encodeContent({ ...kept, payload }), consumedAt: old.consumedAt }
      }),
    )
  }

  /** Creates the successor of a retried redemption, unless the first attempt created it. */
  async #keepFirst(record: Artifact): Promise<void> {
    await createIfAbsent(this.#store.create('artifact', record))
  }

  /** The payload to store over the stored one, which may be newer than the one this request read. */
  #merge(kept: AdapterPayload, saved: AdapterPayload): AdapterPayload {
    if (this.#model === 'Grant')
      return { ...saved, ...mergeAgreed(kept as AgreedScopes, saved as AgreedScopes) }
    if (this.#model !== 'DeviceCode') return saved
    const answered = kept.accountId !== undefined || kept.error !== undefined
    const answers = saved.accountId !== undefined || saved.error !== undefined
    // A user code is answered once: of two concurrent answers one is stored, later ones are refused (docs/attacks.md 5).
    if (answered || (kept.inFlight && !answers))
      throw new errors.InvalidRequest('this code was used by another request')
    return saved
  }

  #presentedAgain(id: string, first: Artifact): Promise<AdapterPayload | undefined> {
    const presenter = presentingClient(this.#options.clock())
    if (!presenter) return Promise.resolve(payloadOf(first))
    return redemptions.within(first.id, async () => {
      await sleep(concurrencyWindow)
      for (
        let record: Artifact | undefined = first;
        record;
        record = await this.#store.get('artifact', first.id)
      ) {
        const verdict = await this.#judge(record, presenter)
        if (verdict === 'retry') return this.#retry(id, record)
        if (verdict === 'concurrent')
          throw new errors.InvalidGrant('grant is being redeemed by another request')
        if (verdict === 'reused') return this.#reused(record)
        await sleep(pollEvery)
      }
      return undefined
    })
  }

  async #judge(record: Artifact, presenter: PresentingClient): Promise<Verdict> {
    const { payload, redemption } = decodeContent(record)
    if (!redemption) return 'reused'
    if (this.#model !== 'RefreshToken') {
      return judgeCode(redemption, presenter, {
        concurrent: redemptions.isConcurrent(record.id),
        now: this.#options.clock(),
      })
    }
    const successor = await this.#store.get('artifact', artifactId(this.#model, redemption.successor))
    return judgeRefreshToken(payload, redemption, presenter, {
      successorUsed: successor?.consumedAt !== undefined,
      concurrent: redemptions.isConcurrent(record.id),
      now: this.#options.clock(),
    })
  }

  #retry(id: string, record: Artifact): AdapterPayload {
    const { payload, redemption } = decodeContent(record)
    if (redemption) setRedemption({ model: this.#model, id, successor: redemption.successor, isRetry: true })
    return payload
  }

  async #reused(record: Artifact): Promise<AdapterPayload | undefined> {
    // For codes oidc-provider revokes the grant itself.
    if (this.#model !== 'RefreshToken') return payloadOf(record)
    const { grantId, clientId = '', accountId: userId } = decodeContent(record).payload
    if (grantId !== undefined) {
      await revokeFamily(this.#options, grantId)
      this.#options.onReuse?.({ grantId, clientId, userId })
    }
    throw new errors.InvalidGrant('refresh token was already used')
  }
}

/** Clients of the store: those of `/register`, and those that are managed at run time. */
export class ClientAdapter extends StoreAdapter {
  readonly #managed: ManagedClients | undefined
  readonly #documents: ArtifactStoreOptions['clientDocuments']

  constructor(options: ArtifactStoreOptions) {
    super('Client', options)
    this.#managed = options.managedClients
    this.#documents = options.clientDocuments
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const managed = await withOAuthErrors(async () => this.#managed?.find(id))
    if (managed?.disabled) return undefined
    return managed?.metadata ?? (await super.find(id)) ?? this.#documents?.find(id)
  }

  override async destroy(id: string): Promise<void> {
    await super.destroy(id)
    await withOAuthErrors(async () => this.#managed?.removed(id))
  }
}

/** Lifetime of a new refresh token in seconds; `familyAge` is the age of the first token of its family, in seconds. */
export const refreshLifetime = (familyAge: number): number =>
  Math.max(1, Math.min(lifetimes.RefreshToken, lifetimes.RefreshFamily - familyAge))

function payloadOf(record: Artifact): AdapterPayload | undefined {
  if (isEnded(record)) return undefined
  const { payload } = decodeContent(record)
  return record.consumedAt === undefined ? payload : { ...payload, consumed: record.consumedAt }
}

const interactionOver = (): Error => new errors.SessionNotFound('interaction session not found')
