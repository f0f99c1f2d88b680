// Lookups of users and groups for `chancery provider`: by federated identity, by email address, by group name.
import type { IdentityProvider, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { byName } from '../lookup.ts'
import { type FederatedSubject, identityLookup } from '../sign-in/identity-key.ts'
import { type EmailMatch, matchByEmail, type ProviderAddress } from '../sign-in/known-address.ts'
import { newUserName } from '../sign-in/new-user-name.ts'

export function openDirectoryLookup(store: Store, accountId: string) {
  const users = async (by: 'identity' | 'email', value: string): Promise<readonly User[]> =>
    (await store.find('user', { by, value }, { limit: 10 })).records
  return {
    userOf: async (identity: FederatedSubject) => (await users('identity', identityLookup(identity)))[0],
    async matchByEmail(provider: IdentityProvider, address: ProviderAddress): Promise<EmailMatch> {
      const { email } = address
      return matchByEmail(
        provider,
        address,
        email === undefined ? [] : await users('email', `${accountId}/${email}`),
      )
    },
    newUserName,
    hasGroup: async (name: string) => (await byName(store, 'group', accountId, name)) !== undefined,
  }
}
