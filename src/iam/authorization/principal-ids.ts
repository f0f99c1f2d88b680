// Pages through the unique ids of an account's users or roles, for searches (decision/authzen-search.ts).
import type { Page, RecordPage, Store } from '../../store/store.ts'
import type { SegmentPage } from '../record/segmented-list.ts'

/** One page, ordered by path and name. */
export const principalIds =
  (store: Pick<Store, 'find'>) =>
  async (
    accountId: string,
    kind: 'user' | 'role',
    page: Pick<Page, 'limit' | 'after'>,
  ): Promise<SegmentPage<string>> => {
    const found: RecordPage<{ readonly id: string }> = await store.find(
      kind,
      { by: 'account', value: accountId },
      page,
    )
    return { items: found.records.map(({ id }) => id), next: found.next }
  }
