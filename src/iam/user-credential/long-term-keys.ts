// Cache of long-term access keys with their secret and owner, so that verifying a signature does not read the store. A change is
// visible at once in this process and within a second in others.
import type { Secret } from '../../secure/secret.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'
import { ReadThroughCache } from '../record/read-through-cache.ts'

/** A long-term access key with its owner. */
export interface LongTermKey {
  readonly id: string
  readonly accountId: string
  readonly secret: Secret
  readonly active: boolean
  /** Undefined for a key of the account root. */
  readonly user:
    | { readonly id: string; readonly name: string; readonly arn: string; readonly disabled: boolean }
    | undefined
}

export function openLongTermKeys(store: Store) {
  const held = new ReadThroughCache<LongTermKey | undefined>(store, ['user'], ['accessKey'])

  const load = async (id: string): Promise<LongTermKey | undefined> => {
    const key = await store.get('accessKey', id)
    if (key === undefined) return undefined
    const { accountId, secret, userId } = key
    const active = key.status === 'Active'
    if (userId === undefined) return { id, accountId, secret, active, user: undefined }
    const user = await store.get('user', userId)
    if (user === undefined || user.accountId !== accountId) return undefined
    const { name, disabled } = user
    return { id, accountId, secret, active, user: { id: userId, name, arn: userArn(user), disabled } }
  }

  return {
    /** Undefined when there is no such key, or its user was deleted. */
    byId: (accessKeyId: string): Promise<LongTermKey | undefined> =>
      held.get(`accessKey:${accessKeyId}`, () => load(accessKeyId)),

    /** Stores when the key was used last, for GetAccessKeyLastUsed. */
    async recordUse(
      accessKeyId: string,
      lastUsed: { readonly at: EpochSeconds; readonly service: string; readonly region: string },
    ): Promise<void> {
      await store.update('accessKey', accessKeyId, (old) => ({ ...old, lastUsed }))
    },

    close: () => held.close(),
  }
}
