// The unique ids of an account's users or roles, for who searches among them (decision/authzen-search.ts).
import type { Store } from '../../store/store.ts'
import { allOf } from '../paging.ts'

/** In the store's order of path and name. */
export const principalIds =
  (store: Store) =>
  async (accountId: string, kind: 'user' | 'role'): Promise<readonly string[]> => {
    const by = { by: 'account', value: accountId } as const
    const all =
      kind === 'user'
        ? await allOf<'user'>((page) => store.find('user', by, page))
        : await allOf<'role'>((page) => store.find('role', by, page))
    return all.map(({ id }) => id)
  }
