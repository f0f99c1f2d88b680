// What holds for a whole account: whether it is closed, and its guardrails, which are the most that anybody in it may do (AWS:
// service control policies). Cached; a change is known at once in this process and within a second in others.
import { compile, type PolicySet, policySet } from '../../policy/engine/compile.ts'
import type { InlinePolicy } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { ReadThroughCache } from '../record/read-through-cache.ts'

export interface AccountFacts {
  readonly closed: boolean
  /** Undefined: the account has none, and nothing is limited. */
  readonly guardrails: readonly InlinePolicy[] | undefined
  /** As a layer of `decide`: one set, so that an action must be allowed by one of the guardrails and denied by none. */
  readonly layer: readonly PolicySet[] | undefined
}

const unlimited: AccountFacts = { closed: false, guardrails: undefined, layer: undefined }

export class AccountFactsCache {
  readonly #store: Store
  readonly #held: ReadThroughCache<AccountFacts>

  constructor(store: Store) {
    this.#store = store
    this.#held = new ReadThroughCache(store, [], ['account'])
  }

  of(accountId: string): Promise<AccountFacts> {
    return this.#held.get(`account:${accountId}`, () => this.#load(accountId))
  }

  close(): void {
    this.#held.close()
  }

  async #load(accountId: string): Promise<AccountFacts> {
    const account = await this.#store.get('account', accountId)
    if (account === undefined) return unlimited
    const { closedAt, guardrails } = account
    return {
      closed: closedAt !== undefined,
      guardrails,
      layer: guardrails && [
        policySet(guardrails.map(({ name, document }) => compile(document, 'guardrail', name))),
      ],
    }
  }
}
