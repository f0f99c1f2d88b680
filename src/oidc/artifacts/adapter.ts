// oidc-provider's adapter over the store. Three things here are stronger than what oidc-provider asks for: `consume` is a
// compare-and-set of which one of many callers in any process wins (attacks.md 5), ending an interaction is one too, and
// a session, grant or interaction that was destroyed stays destroyed, also when a slower request saves it again. More that
// holds of sessions is in session-adapter.ts.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import { created, whenThere } from '../../store/conditional-writes.ts'
import type { Artifact, EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { FindPerson } from '../claims.ts'
import { lifetimes } from '../lifetimes.ts'
import { type Allowed, united } from './agreed-scopes.ts'
import { artifactId, artifactOf, keptIn, type Redemption, sealable, userCodeHash } from './artifact.ts'
import { Crowd } from './concurrent-redemptions.ts'
import { checkKeptParameters } from './kept-parameters.ts'
import { judge, judgeCode, type Presenter, type Verdict } from './refresh-retry.ts'
import { SessionAdapter, type SessionParts } from './session-adapter.ts'
import { noteRedeeming, presenterOf, type Redeeming, redeeming } from './token-request.ts'
import { ended, guarded, isEnded, marked } from './tombstones.ts'

export interface Shelf {
  /** What oidc-provider calls; one adapter per model. */
  readonly adapter: (model: string) => Adapter
  /** The answer to this redemption is ready: from now on who asks again is no racer. False: its grant ended meanwhile. */
  answered(model: string, id: string): Promise<boolean>
  /** Undoes a redemption that was never answered, and removes the token that would have taken its place. */
  takeBack(redeemed: Redeeming): Promise<void>
  /**
   * Changes a live artifact as one step; `change` must be pure.
   * @throws Problem('not_found') when it is not there or has ended, and what `change` throws
   */
  change(model: string, id: string, change: (payload: AdapterPayload) => AdapterPayload): Promise<void>
  /** A session goes on under another id: this one names it no more. */
  leaveSessionId(id: string): Promise<void>
  /** A session that rests on a password rests on this one from now on (LoginProfile.changedAt). */
  restSession(uid: string, password: EpochSeconds): Promise<void>
  /** Ends a grant and every token under it. */
  revokeGrant(grantId: string): Promise<void>
  /** Live artifacts of one model that speak for a user. */
  ofUser(model: string, userId: string): Promise<readonly AdapterPayload[]>
}

export interface ShelfOptions {
  readonly store: Store
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly findPerson: FindPerson
  /** Called when a refresh token was reused and its family ended. */
  readonly onReuse?:
    | ((event: {
        readonly grantId: string
        readonly clientId: string
        readonly userId: string | undefined
      }) => void)
    | undefined
  readonly onSessionEnd?: SessionParts['onSessionEnd']
  /** Before a registered client is removed. */
  readonly onClientEnd?: ((clientId: string) => Promise<void>) | undefined
}

/** Models that are saved over and over; the others are made once and so tried as new first. */
const resaved = new Set(['Grant', 'Client'])
/** Models that are exchanged for tokens, once. */
const redeemable = new Set(['RefreshToken', 'AuthorizationCode', 'DeviceCode'])
const pollEvery = 50
const gatherFor = 25
const crowd = new Crowd()

export function artifactShelf(options: ShelfOptions): Shelf {
  const { store } = options
  const sessions = new SessionAdapter({ ...options, now: () => Math.floor(options.clock() / 1000) })
  return {
    adapter: (model) => (model === 'Session' ? sessions : new StoreAdapter(model, options)),
    leaveSessionId: (id) => sessions.leave(id),
    restSession: (uid, password) => sessions.restOn(uid, password),
    async answered(model, id) {
      const answeredAt = options.clock()
      return whenThere(
        store.update('artifact', artifactId(model, id), (old) => {
          const kept = keptIn(old)
          if (!kept.redemption || kept.redemption.answeredAt !== undefined) return old
          return { ...old, payload: sealable({ ...kept, redemption: { ...kept.redemption, answeredAt } }) }
        }),
      )
    },
    async takeBack({ model, id, successor, again }) {
      if (again) return
      await whenThere(
        store.update('artifact', artifactId(model, id), (old) => {
          const kept = keptIn(old)
          const ours = kept.redemption?.successor === successor && kept.redemption.answeredAt === undefined
          if (!ours || isEnded(old)) return old
          return { ...old, payload: sealable({ ...kept, redemption: undefined }), consumedAt: undefined }
        }),
      )
      if (model === 'RefreshToken') await store.delete('artifact', artifactId(model, successor))
    },
    async change(model, id, change) {
      const key = model === 'Session' ? await sessions.keyOf(id) : artifactId(model, id)
      await store.update('artifact', key, (old) => {
        if (isEnded(old)) throw new Problem('not_found', `this ${model} has ended`)
        const kept = keptIn(old)
        const payload = change(kept.payload)
        return payload === kept.payload ? old : { ...old, payload: sealable({ ...kept, payload }) }
      })
    },
    revokeGrant: (grantId) => revokeFamily(options, grantId),
    async ofUser(model, userId) {
      const payloads: AdapterPayload[] = []
      for await (const record of store.each('artifact', { by: 'subject', value: `${model} ${userId}` }))
        payloads.push(keptIn(record).payload)
      return payloads
    },
  }
}

/** The grant goes first: from then on nothing under it is honoured, whatever is being written meanwhile. */
async function revokeFamily(options: ShelfOptions, grantId: string): Promise<void> {
  await new StoreAdapter('Grant', options).destroy(grantId)
  await revokeTokens(options.store, grantId)
}

async function revokeTokens(store: Store, grantId: string, model?: string): Promise<void> {
  const ids: string[] = []
  for await (const record of store.each('artifact', { by: 'grant', value: grantId }))
    if (model === undefined || record.model === model) ids.push(record.id)
  await Promise.all(ids.map((id) => store.delete('artifact', id)))
}

class StoreAdapter implements Adapter {
  readonly #model: string
  readonly #options: ShelfOptions
  readonly #store: Store

  constructor(model: string, options: ShelfOptions) {
    this.#model = model
    this.#options = options
    this.#store = options.store
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    checkKeptParameters(this.#model, payload)
    const expiresAt = expiresIn === undefined ? undefined : this.#now() + expiresIn
    const record = artifactOf(this.#model, id, payload, expiresAt)
    return guarded(async () => {
      if (redeeming()?.again && this.#model === 'RefreshToken') return this.#keepFirst(record)
      if (resaved.has(this.#model) && (await this.#rewrite(record))) return
      if ((await created(this.#store.create('artifact', record))) || (await this.#rewrite(record))) return
      throw new Problem('conflict', 'the code is taken by another device')
    })
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return guarded(async () => {
      const record = await this.#store.get('artifact', artifactId(this.#model, id))
      if (record?.consumedAt !== undefined && redeemable.has(this.#model))
        return this.#presentedAgain(id, record)
      return record && payloadOf(record)
    })
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('uid', `${this.#model} ${uid}`)
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('userCode', userCodeHash(userCode))
  }

  /** @throws errors.InvalidGrant for all callers but one; errors.InvalidRequestUri for a pushed request */
  async consume(id: string): Promise<void> {
    const now = redeeming()
    if (now?.again && now.id === id) return
    const successor = randomToken()
    const key = artifactId(this.#model, id)
    const there = await guarded(() =>
      whenThere(this.#store.update('artifact', key, (old) => this.#consumed(old, successor))),
    )
    if (!there) throw this.#spent()
    if (redeemable.has(this.#model)) noteRedeeming({ model: this.#model, id, successor, again: false })
  }

  #consumed(old: Artifact, successor: string): Artifact {
    if (old.consumedAt !== undefined) throw this.#spent()
    const consumed = { ...old, consumedAt: this.#now() }
    if (!redeemable.has(this.#model)) return consumed
    const redemption: Redemption = { successor, at: this.#options.clock(), answeredAt: undefined }
    return { ...consumed, payload: sealable({ ...keptIn(old), redemption }) }
  }

  #spent(): errors.OIDCProviderError {
    if (this.#model === 'PushedAuthorizationRequest')
      return new errors.InvalidRequestUri('request_uri was already used')
    return new errors.InvalidGrant('grant was already redeemed')
  }

  /** @throws errors.SessionNotFound for all callers but one, of an interaction: who ends it goes on with its answer */
  destroy(id: string): Promise<void> {
    const key = artifactId(this.#model, id)
    return guarded(async () => {
      if (this.#model === 'Client') await this.#options.onClientEnd?.(id)
      if (!marked.has(this.#model)) return void (await this.#store.delete('artifact', key))
      const once = this.#model === 'Interaction'
      const there = await whenThere(
        this.#store.update('artifact', key, (old) => {
          if (once && isEnded(old)) throw interactionOver()
          return ended(old, this.#now())
        }),
      )
      if (once && !there) throw interactionOver()
    })
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return guarded(() => revokeTokens(this.#store, grantId, this.#model))
  }

  #now(): EpochSeconds {
    return Math.floor(this.#options.clock() / 1000)
  }

  #findBy(unique: 'uid' | 'userCode', value: string): Promise<AdapterPayload | undefined> {
    return guarded(async () => {
      const record = await this.#store.getBy('artifact', unique, value)
      return record?.model === this.#model ? payloadOf(record) : undefined
    })
  }

  /** True when the record was there. What was consumed stays consumed; what was destroyed stays destroyed. */
  #rewrite(record: Artifact): Promise<boolean> {
    return whenThere(
      this.#store.update('artifact', record.id, (old) => {
        if (isEnded(old)) return old
        const kept = keptIn(old)
        const payload = this.#over(kept.payload, keptIn(record).payload)
        return { ...record, payload: sealable({ ...kept, payload }), consumedAt: old.consumedAt }
      }),
    )
  }

  /** The same successor again: if it was made the first time it stands, else it is made now. */
  async #keepFirst(record: Artifact): Promise<void> {
    await created(this.#store.create('artifact', record))
  }

  /** What is saved in the place of what is kept, which may be newer than what the request began with. */
  #over(kept: AdapterPayload, saved: AdapterPayload): AdapterPayload {
    if (this.#model === 'Grant') return { ...saved, ...united(kept as Allowed, saved as Allowed) }
    if (this.#model !== 'DeviceCode') return saved
    const answered = kept.accountId !== undefined || kept.error !== undefined
    const answers = saved.accountId !== undefined || saved.error !== undefined
    // One person types a code and answers, once: of two at the same moment one does, and nobody after (attacks.md 5).
    if (answered || (kept.inFlight && !answers))
      throw new errors.InvalidRequest('this code was used by another request')
    return saved
  }

  #presentedAgain(id: string, first: Artifact): Promise<AdapterPayload | undefined> {
    const presenter = presenterOf(this.#options.clock())
    if (!presenter) return Promise.resolve(payloadOf(first))
    return crowd.within(first.id, async () => {
      // So long that the rest of a crowd, if this is one, has come in too.
      await sleep(gatherFor)
      for (
        let record: Artifact | undefined = first;
        record;
        record = await this.#store.get('artifact', first.id)
      ) {
        const verdict = await this.#judge(record, presenter)
        if (verdict === 'again') return this.#letAgain(id, record)
        if (verdict === 'raced') throw new errors.InvalidGrant('grant is being redeemed by another request')
        if (verdict === 'reused') return this.#reused(record)
        await sleep(pollEvery)
      }
      return undefined
    })
  }

  async #judge(record: Artifact, presenter: Presenter): Promise<Verdict> {
    const { payload, redemption } = keptIn(record)
    if (!redemption) return 'reused'
    if (this.#model !== 'RefreshToken') {
      return judgeCode(redemption, presenter, {
        crowded: crowd.isCrowded(record.id),
        now: this.#options.clock(),
      })
    }
    const successor = await this.#store.get('artifact', artifactId(this.#model, redemption.successor))
    return judge(payload, redemption, presenter, {
      successorUsed: successor?.consumedAt !== undefined,
      crowded: crowd.isCrowded(record.id),
      now: this.#options.clock(),
    })
  }

  #letAgain(id: string, record: Artifact): AdapterPayload {
    const { payload, redemption } = keptIn(record)
    if (redemption) noteRedeeming({ model: this.#model, id, successor: redemption.successor, again: true })
    return payload
  }

  async #reused(record: Artifact): Promise<AdapterPayload | undefined> {
    // For codes oidc-provider does as much itself.
    if (this.#model !== 'RefreshToken') return payloadOf(record)
    const { grantId, clientId = '', accountId: userId } = keptIn(record).payload
    if (grantId !== undefined) {
      await revokeFamily(this.#options, grantId)
      this.#options.onReuse?.({ grantId, clientId, userId })
    }
    throw new errors.InvalidGrant('refresh token was already used')
  }
}

/** Seconds a refresh token may still live by the age of its family. */
export const refreshLifetime = (familyAge: number): number =>
  Math.max(1, Math.min(lifetimes.RefreshToken, lifetimes.RefreshFamily - familyAge))

function payloadOf(record: Artifact): AdapterPayload | undefined {
  if (isEnded(record)) return undefined
  const { payload } = keptIn(record)
  return record.consumedAt === undefined ? payload : { ...payload, consumed: record.consumedAt }
}

const interactionOver = (): Error => new errors.SessionNotFound('interaction session not found')
