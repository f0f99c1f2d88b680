// Limits messages to one person or address, so that nobody can fill a mailbox.
import { upsert } from '../../store/conditional-writes.ts'
import { type EpochSeconds, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** Seconds. */
const hour = 3600

/** Counts one under this id. @returns how many there were in the hour that began with the first of them */
export async function countWithinHour(store: Store, id: string, now: EpochSeconds): Promise<number> {
  let count = 0
  await upsert(store, 'counter', id, (old) => {
    const current = old !== undefined && old.expiresAt > now ? old : undefined
    count = (current?.count ?? 0) + 1
    const since = current?.since ?? now
    return { id, accountId: serverAccount, count, since, expiresAt: since + hour }
  })
  return count
}
