// The revocations of an account as the feed for verifiers tells them.
import type { Revocation } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { allOf } from '../paging.ts'

export interface RevocationList {
  /** All live revocations of an account. */
  list(accountId: string): Promise<readonly Revocation[]>
  /** Calls back after a change, of whatever account, also by another process. Gives the way to stop. */
  watch(changed: () => void): () => void
}

export const revocationList = (store: Store): RevocationList => ({
  async list(accountId) {
    const all = await allOf<'revocation'>((page) =>
      store.find('revocation', { by: 'all', value: 'all' }, page),
    )
    return all.filter((one) => one.accountId === accountId)
  },
  watch: (changed) => store.watch((kinds) => kinds.has('revocation') && changed()),
})
