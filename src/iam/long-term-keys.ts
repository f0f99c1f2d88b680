// What checking a signature needs of a long-term key: its secret and whose it is. Kept in memory, so that a signed call
// reads no store; a change is known here at once and in other processes within a second.
import type { Secret } from '../secure/secret.ts'
import type { EpochSeconds } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { userArn } from './arn.ts'
import { Fresh } from './read-through-cache.ts'

/** A long-term key and whose it is. */
export interface LongTermKey {
  readonly id: string
  readonly accountId: string
  readonly secret: Secret
  readonly active: boolean
  /** Undefined: the account root's. */
  readonly user:
    | { readonly id: string; readonly name: string; readonly arn: string; readonly disabled: boolean }
    | undefined
}

export function openLongTermKeys(store: Store) {
  const held = new Fresh<LongTermKey | undefined>(store, ['user'], ['accessKey'])

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
    /** Undefined also when its user is gone. */
    byId: (accessKeyId: string): Promise<LongTermKey | undefined> =>
      held.get(`accessKey:${accessKeyId}`, () => load(accessKeyId)),

    /** For GetAccessKeyLastUsed. */
    async noteUse(
      accessKeyId: string,
      lastUsed: { readonly at: EpochSeconds; readonly service: string; readonly region: string },
    ): Promise<void> {
      await store.update('accessKey', accessKeyId, (old) => ({ ...old, lastUsed }))
    },

    close: () => held.close(),
  }
}
