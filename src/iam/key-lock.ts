// Work of one process on one thing, one after the other. For limits that span records: each of two racing creators
// would else see the other's and both would give way. Other processes are held by counting after writing.

const tails = new Map<string, Promise<unknown>>()

export async function serially<T>(key: string, work: () => Promise<T>): Promise<T> {
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
