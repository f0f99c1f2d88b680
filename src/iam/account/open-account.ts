// Whether an account is open, for what does not decide by policies: sign-in, profiles, roles to assume.
import type { Store } from '../../store/store.ts'

/** False for a closed account, whose people and roles are refused. True also when there is no record of the account. */
export const isAccountOpen = async (store: Pick<Store, 'get'>, accountId: string): Promise<boolean> =>
  (await store.get('account', accountId))?.closedAt === undefined
