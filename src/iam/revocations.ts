// Whether a caller's credential was withdrawn: sessions of a role, one session, a source identity, a user. The list is
// short (it holds what can still concern a live session) and kept in memory.
import type { Revocation } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { Caller } from './caller.ts'
import { Fresh } from './fresh.ts'
import { allOf } from './paging.ts'

type Floors = ReadonlyMap<string, readonly Revocation[]>

export class RevocationIndex {
  readonly #store: Store
  readonly #held: Fresh<Floors>

  constructor(store: Store) {
    this.#store = store
    this.#held = new Fresh(store, ['revocation'])
  }

  /** True when the credential was issued before a revocation that concerns it. */
  async revoked(caller: Caller): Promise<boolean> {
    if (caller.kind === 'session') {
      const { accountId, issuedAt } = caller
      return (
        (await this.#before('role', caller.roleId, accountId, issuedAt)) ||
        (await this.#before('session', caller.sessionId, accountId, issuedAt)) ||
        (caller.sourceIdentity !== undefined &&
          (await this.#before('source-identity', caller.sourceIdentity, accountId, issuedAt)))
      )
    }
    // Long-term keys have no moment of issue; disabling the user or the key is what stops them.
    if (caller.kind === 'user' && caller.issuedAt !== undefined)
      return this.#before('user', caller.userId, caller.accountId, caller.issuedAt)
    return false
  }

  close(): void {
    this.#held.close()
  }

  async #before(
    scope: Revocation['scope'],
    value: string,
    accountId: string,
    issuedAt: number,
  ): Promise<boolean> {
    const floors = await this.#held.get('all', () => this.#load())
    const found = floors.get(`${scope}:${value}`)
    return found?.some((r) => r.accountId === accountId && issuedAt < r.before) ?? false
  }

  async #load(): Promise<Floors> {
    const all = await allOf<'revocation'>((page) =>
      this.#store.find('revocation', { by: 'all', value: 'all' }, page),
    )
    return Map.groupBy(all, (r) => `${r.scope}:${r.value}`)
  }
}
