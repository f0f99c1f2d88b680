// An async mutex per key, for this process only. Quotas that cover several records are checked by counting after the write;
// without the lock two concurrent requests could each see the other's record and both give up.

const tails = new Map<string, Promise<unknown>>()

/** Runs `work` after all earlier work with the same key has settled. */
export async function withKeyLock<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = tails.get(key)
  const mine = (before ?? Promise.resolve()).then(work, work)
  const tail = mine.catch(() => undefined)
  tails.set(key, tail)
  try {
    return await mine
  } finally {
    if (tails.get(key) === tail) tails.delete(key)
  }
}
