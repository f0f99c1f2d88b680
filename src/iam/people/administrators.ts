// Who administers an account, for messages that everybody who does must get: people with AdministratorAccess, themselves or by a group.
// Whoever has the same rights by other policies is not among them.
import type { User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { administratorAccess } from '../bootstrap.ts'

/** Each person once. */
export async function* administratorsOf(store: Pick<Store, 'each'>, accountId: string): AsyncGenerator<User> {
  const attached = { by: 'attached', value: `${accountId} ${administratorAccess}` } as const
  const seen = new Set<string>()
  const unseen = (user: User): boolean => !seen.has(user.id) && seen.add(user.id) !== undefined
  for await (const user of store.each('user', attached)) if (unseen(user)) yield user
  for await (const group of store.each('group', attached))
    for await (const user of store.each('user', { by: 'group', value: group.id }))
      if (unseen(user)) yield user
}
