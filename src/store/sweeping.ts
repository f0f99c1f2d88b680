// Deletes expired records. They are invisible as soon as they expire, so deletion need not be prompt. Any number of processes may
// sweep at once.
import { setTimeout as sleep } from 'node:timers/promises'
import type { EpochSeconds } from './records.ts'
import type { Store } from './store.ts'

/**
 * Seconds for which an expired record is kept. A process whose clock is ahead must not delete records that others still rely
 * on, such as a spent `jti` or a revocation.
 */
const grace = 900
const every = 60_000
/** Records per batch, and milliseconds between two batches, in which other processes can write. */
const atOnce = 5_000
const breath = 50

/** Sweeps periodically; the returned function stops it. */
export function keepSwept(
  store: Pick<Store, 'sweep'>,
  clock: () => EpochSeconds,
  onError: (error: unknown) => void,
): () => void {
  const stopped = new AbortController()
  const { signal } = stopped
  const run = async () => {
    while (!signal.aborted) {
      await sleep(every, undefined, { ref: false, signal })
      await sweepAll(store, clock, signal).catch(onError)
    }
  }
  run().catch(() => undefined) // Stopped.
  return () => stopped.abort()
}

/** Sweeps until no expired record is left. */
export async function sweepAll(
  store: Pick<Store, 'sweep'>,
  clock: () => EpochSeconds,
  signal?: AbortSignal,
): Promise<void> {
  while (!signal?.aborted && (await store.sweep(clock() - grace, atOnce)) >= atOnce) await sleep(breath)
}
