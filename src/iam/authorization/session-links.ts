// The session policies of a chain as policy sets. Managed policies are read now, so that a session goes no further than
// they say at this request; one that was deleted allows nothing.
import { compile, type PolicySet, policySet } from '../../policy/compile.ts'
import { isPolicyArn } from '../../secure/session-claims.ts'
import type { Store } from '../../store/store.ts'
import { defaultDocument, policyByArn } from '../lookup.ts'
import { Fresh } from '../read-through-cache.ts'

/** Policy texts and ARNs of managed policies; one list for each call of the chain. */
export type SessionLinks = readonly (readonly string[])[]

export class SessionLinkCache {
  readonly #store: Store
  readonly #managed: Fresh<string | undefined>

  constructor(store: Store) {
    this.#store = store
    this.#managed = new Fresh(store, ['policy'])
  }

  /** One set for each link; a link that passed no policy narrows nothing. */
  setsOf(links: SessionLinks): Promise<readonly PolicySet[]> {
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

  /** The account is the one the ARN names: an earlier link of a chain may be of another account than the session. */
  #textOf(arn: string): Promise<string | undefined> {
    return this.#managed.get(arn, async () => {
      const policy = await policyByArn(this.#store, arn.split(':')[4] ?? '', arn)
      return policy && defaultDocument(policy)
    })
  }
}
