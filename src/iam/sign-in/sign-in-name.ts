// The name with which a person signs in.
import type { User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { isAccountOpen } from '../account/open-account.ts'
import { byName } from '../lookup.ts'

/** Characters; longer input is no name and is not looked up. */
const longestName = 64

/**
 * The user of a sign-in name: a name in the account `first`, or `account/name` with the id or alias of another. Undefined also
 * when that account is closed.
 */
export async function userOfSignInName(
  store: Pick<Store, 'get' | 'getBy'>,
  first: string,
  signInName: string,
): Promise<User | undefined> {
  const [, account, name = ''] = /^(?:([^/]*)\/)?([^/]*)$/.exec(signInName) ?? []
  if (name === '' || name.length > longestName) return undefined
  const accountId = account === undefined ? first : await accountNamed(store, account)
  if (accountId === undefined || !(await isAccountOpen(store, accountId))) return undefined
  return byName(store, 'user', accountId, name)
}

/** By id or alias. */
async function accountNamed(store: Pick<Store, 'getBy'>, account: string): Promise<string | undefined> {
  if (/^\d{12}$/.test(account)) return account
  return account === '' ? undefined : (await store.getBy('account', 'alias', account))?.id
}
