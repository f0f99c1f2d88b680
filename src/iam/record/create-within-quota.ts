// Creates a record of which an account may have a limited number.
import type { Kind } from '../../store/records.ts'
import type { Lookup, Store } from '../../store/store.ts'
import { type AdjustableQuota, accountQuotas, checkAccountQuota } from '../quotas.ts'
import { withKeyLock } from './key-lock.ts'

interface Limited<K extends Kind> {
  readonly kind: K
  readonly record: { readonly id: string; readonly accountId: string }
  /** The counted lookup whose records are limited. */
  readonly lookup: Pick<Lookup<K>, 'by' | 'value'>
}

/**
 * The limit covers several records, so it is checked before and after `create`. At the limit, of concurrent requests to one process
 * as many succeed as there is room for; of requests to several processes possibly none, and never too many.
 * @param check throws when the account may not have so many
 * @param create stores the record
 * @throws what `check` and `create` throw
 */
export async function createWithin<K extends Kind>(
  store: Store,
  { kind, record, lookup }: Limited<K>,
  check: (count: number) => void,
  create: () => Promise<void>,
): Promise<void> {
  await withKeyLock(`quota:${kind}:${lookup.value}`, async () => {
    check((await store.count(kind, lookup)) + 1)
    await create()
    try {
      check(await store.count(kind, lookup))
    } catch (error) {
      await store.delete(kind, record.id)
      throw error
    }
  })
}

/**
 * `createWithin` for a quota of the account.
 * @throws Problem('limit_exceeded'), and what `create` throws
 */
export async function createWithinQuota<K extends Kind>(
  store: Store,
  { quota, ...limited }: Limited<K> & { readonly quota: AdjustableQuota },
  create: () => Promise<void>,
): Promise<void> {
  const limits = await accountQuotas(store, limited.record.accountId)
  await createWithin(store, limited, (count) => checkAccountQuota(limits, quota, count), create)
}
