// Compiles the session policies of a role chain. Managed policies are read in their current version, so that a change narrows
// existing sessions at once; a deleted policy allows nothing.
import { compile, type PolicySet, policySet } from '../../policy/engine/compile.ts'
import { isPolicyArn } from '../../secure/session/session-claims.ts'
import type { Store } from '../../store/store.ts'
import { managedDocument } from '../lookup.ts'
import { ReadThroughCache } from '../record/read-through-cache.ts'

/** Policy texts and ARNs of managed policies: one list for each AssumeRole call of the chain. */
export type SessionPolicyChain = readonly (readonly string[])[]

export class SessionPolicyCache {
  readonly #store: Store
  readonly #managed: ReadThroughCache<string | undefined>

  constructor(store: Store) {
    this.#store = store
    this.#managed = new ReadThroughCache(store, ['policy'])
  }

  /** One set for each call that passed session policies; all sets must allow a request. */
  setsOf(links: SessionPolicyChain): Promise<readonly PolicySet[]> {
    const narrowing = links.filter((entries) => entries.length > 0)
    return Promise.all(narrowing.map((entries) => this.#setOf(entries)))
  }

  close(): void {
    this.#managed.close()
  }

  async #setOf(entries: readonly string[]): Promise<PolicySet> {
    const documents = []
    for (const [at, entry] of entries.entries()) {
      const text = isPolicyArn(entry) ? await this.#textOf(entry) : entry
      const name = isPolicyArn(entry) ? entry : `session policy ${at + 1}`
      if (text !== undefined) documents.push(compile(text, 'session', name))
    }
    return policySet(documents)
  }

  /** Looks the policy up in the account of its ARN: an earlier call of the chain may be of another account than the session. */
  #textOf(arn: string): Promise<string | undefined> {
    const accountId = arn.split(':')[4] ?? ''
    return this.#managed.get(arn, async () => (await managedDocument(this.#store, accountId, arn))?.document)
  }
}
