import type { User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { isAccountOpen } from './open-account.ts'

/** Undefined when the user was deleted or is disabled, or the account is closed. */
export async function findEnabledUser(store: Pick<Store, 'get'>, userId: string): Promise<User | undefined> {
  const user = await store.get('user', userId)
  if (user === undefined || user.disabled) return undefined
  return (await isAccountOpen(store, user.accountId)) ? user : undefined
}
