// Creates a record of which an account may have a limited number.
import type { Kind } from '../../store/records.ts'
import type { Lookup, Store } from '../../store/store.ts'
import { type AdjustableQuota, accountQuotas, checkAccountQuota } from '../quotas.ts'
import { withKeyLock } from './key-lock.ts'

interface LimitedRecord<K extends Kind> {
  readonly kind: K
  readonly record: { readonly id: string; readonly accountId: string }
  readonly quota: AdjustableQuota
  /** The counted lookup whose records the quota limits. */
  readonly lookup: Pick<Lookup<K>, 'by' | 'value'>
}

/**
 * The quota covers several records, so it is checked before and after `create`. At the limit, of concurrent requests to one process
 * as many succeed as there is room for; of requests to several processes possibly none, and never too many.
 * @param create stores the record
 * @throws Problem('limit_exceeded'), and what `create` throws
 */
export async function createWithinQuota<K extends Kind>(
  store: Store,
  { kind, record, quota, lookup }: LimitedRecord<K>,
  create: () => Promise<void>,
): Promise<void> {
  await withKeyLock(`quota:${kind}:${lookup.value}`, async () => {
    const limits = await accountQuotas(store, record.accountId)
    checkAccountQuota(limits, quota, (await store.count(kind, lookup)) + 1)
    await create()
    try {
      checkAccountQuota(limits, quota, await store.count(kind, lookup))
    } catch (error) {
      await store.delete(kind, record.id)
      throw error
    }
  })
}
