// Whether a caller's credential was withdrawn: sessions of a role, one session, a source identity, a user. The list is
// short (it holds what can still concern a live session) and kept in memory.
import type { Revocation } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { Caller } from '../caller.ts'
import { allOf } from '../paging.ts'
import { Fresh } from '../read-through-cache.ts'

type Floors = ReadonlyMap<string, readonly Revocation[]>

export class RevocationIndex {
  readonly #store: Store
  readonly #held: Fresh<Floors>

  constructor(store: Store) {
    this.#store = store
    this.#held = new Fresh(store, ['revocation'])
    // Ahead of the first who asks: live sessions are believed also when the store goes away before.
    this.#list().catch(() => undefined)
  }

  /**
   * True when the credential was issued before a revocation that concerns it. `accounts` are those whose word counts:
   * the caller's own, and that of the user a session descends from.
   */
  async revoked(caller: Caller, accounts: readonly string[]): Promise<boolean> {
    if (caller.kind !== 'session' && caller.kind !== 'user') return false
    // Long-term keys have no moment of issue; disabling the user or the key is what stops them.
    const { issuedAt } = caller
    if (issuedAt === undefined) return false
    const floors = await this.#list()
    return namesOf(caller).some((name) =>
      floors.get(name)?.some((r) => accounts.includes(r.accountId) && issuedAt < r.before),
    )
  }

  close(): void {
    this.#held.close()
  }

  #list(): Promise<Floors> {
    return this.#held.get('all', () => this.#load())
  }

  async #load(): Promise<Floors> {
    const all = await allOf<'revocation'>((page) =>
      this.#store.find('revocation', { by: 'all', value: 'all' }, page),
    )
    return Map.groupBy(all, (r) => `${r.scope}:${r.value}`)
  }
}

/** What a revocation can name the caller by, as `<scope>:<value>`. */
function namesOf(caller: Extract<Caller, { kind: 'session' | 'user' }>): readonly string[] {
  const named = (scope: Revocation['scope'], value: string | undefined) =>
    value === undefined ? [] : [`${scope}:${value}`]
  if (caller.kind === 'user') return named('user', caller.userId)
  return [
    ...named('role', caller.roleId),
    ...named('session', caller.sessionId),
    ...named('source-identity', caller.sourceIdentity),
    ...named('user', caller.userId),
    ...named('client', caller.clientId),
  ]
}
