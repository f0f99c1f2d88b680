// What the product reads and changes of oidc-provider's artifacts besides the adapter (adapter.ts): sessions, grants and redemptions.
import type { Adapter, AdapterPayload } from 'oidc-provider'
import { Problem } from '../../problem.ts'
import { updateIfPresent } from '../../store/conditional-writes.ts'
import type { EpochSeconds } from '../../store/records.ts'
import { type ArtifactStoreOptions, ClientAdapter, revokeFamily, StoreAdapter } from './adapter.ts'
import { artifactId, decodeContent, encodeContent } from './artifact.ts'
import { SessionAdapter } from './session-adapter.ts'
import type { CurrentRedemption } from './token-request.ts'
import { isEnded } from './tombstones.ts'

export class ArtifactStore {
  readonly #options: ArtifactStoreOptions
  readonly #sessions: SessionAdapter

  constructor(options: ArtifactStoreOptions) {
    this.#options = options
    this.#sessions = new SessionAdapter({ ...options, now: () => Math.floor(options.clock() / 1000) })
  }

  /** The adapter of one model, as oidc-provider calls it. */
  adapter(model: string): Adapter {
    if (model === 'Session') return this.#sessions
    return model === 'Client' ? new ClientAdapter(this.#options) : new StoreAdapter(model, this.#options)
  }

  /** The session has another id from now on; this one no longer resolves. */
  retireSessionId(id: string): Promise<void> {
    return this.#sessions.retireId(id)
  }

  /** Sets the password a session depends on, by its `LoginProfile.changedAt`; a session without one stays as it is. */
  setSessionPassword(uid: string, password: EpochSeconds): Promise<void> {
    return this.#sessions.keepAfterPasswordChange(uid, password)
  }

  /**
   * Records that the response to a redemption is ready: requests that arrive from now on are retries, not concurrent ones.
   * @returns false when the grant has ended meanwhile, so the response must not be sent
   */
  async answered(model: string, id: string): Promise<boolean> {
    const answeredAt = this.#options.clock()
    return updateIfPresent(
      this.#options.store.update('artifact', artifactId(model, id), (old) => {
        const kept = decodeContent(old)
        if (!kept.redemption || kept.redemption.answeredAt !== undefined) return old
        return {
          ...old,
          payload: encodeContent({ ...kept, redemption: { ...kept.redemption, answeredAt } }),
        }
      }),
    )
  }

  /** Undoes a redemption whose response was never sent, and removes the successor token. */
  async undoRedemption(redeemed: CurrentRedemption): Promise<void> {
    const { model, id, successor, isRetry } = redeemed
    const { store } = this.#options
    if (isRetry) return
    await updateIfPresent(
      store.update('artifact', artifactId(model, id), (old) => {
        const kept = decodeContent(old)
        const ours = kept.redemption?.successor === successor && kept.redemption.answeredAt === undefined
        if (!ours || isEnded(old)) return old
        return { ...old, payload: encodeContent({ ...kept, redemption: undefined }), consumedAt: undefined }
      }),
    )
    if (model === 'RefreshToken') await store.delete('artifact', artifactId(model, successor))
  }

  /**
   * Changes a live artifact atomically; `change` must be pure, it may run more than once.
   * @throws Problem('not_found') when it does not exist or has ended, and whatever `change` throws
   */
  async change(
    model: string,
    id: string,
    change: (payload: AdapterPayload) => AdapterPayload,
  ): Promise<void> {
    const key = model === 'Session' ? await this.#sessions.keyOf(id) : artifactId(model, id)
    await this.#options.store.update('artifact', key, (old) => {
      if (isEnded(old)) throw new Problem('not_found', `this ${model} has ended`)
      const kept = decodeContent(old)
      const payload = change(kept.payload)
      return payload === kept.payload ? old : { ...old, payload: encodeContent({ ...kept, payload }) }
    })
  }

  /** Ends a grant and every token under it. */
  revokeGrant(grantId: string): Promise<void> {
    return revokeFamily(this.#options, grantId)
  }

  /** Live artifacts of one model whose subject is the user. */
  async ofUser(model: string, userId: string): Promise<readonly AdapterPayload[]> {
    const payloads: AdapterPayload[] = []
    for await (const record of this.#options.store.each('artifact', {
      by: 'subject',
      value: `${model} ${userId}`,
    }))
      payloads.push(decodeContent(record).payload)
    return payloads
  }
}
