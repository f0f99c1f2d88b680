// Whom we have, as `chancery provider` asks: who an identity is, what an address would come to, which groups there are.
import type { IdentityProvider, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { byName } from '../lookup.ts'
import { identityLookup, type OutsideSubject } from '../sign-in/identity-key.ts'
import { type Address, type AddressVerdict, judgeAddress } from '../sign-in/known-address.ts'
import { newUserName } from '../sign-in/new-user-name.ts'

export function openDirectoryLookup(store: Store, accountId: string) {
  const users = async (by: 'identity' | 'email', value: string): Promise<readonly User[]> =>
    (await store.find('user', { by, value }, { limit: 10 })).records
  return {
    userOf: async (identity: OutsideSubject) => (await users('identity', identityLookup(identity)))[0],
    async judgeAddress(provider: IdentityProvider, address: Address): Promise<AddressVerdict> {
      const { email } = address
      return judgeAddress(
        provider,
        address,
        email === undefined ? [] : await users('email', `${accountId}/${email}`),
      )
    },
    newUserName,
    hasGroup: async (name: string) => (await byName(store, 'group', accountId, name)) !== undefined,
  }
}
