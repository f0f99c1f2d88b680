// When expired records leave the disk: they are invisible at once, so there is no hurry, and there may be many. Any number
// of processes may do it at once.
import { setTimeout as sleep } from 'node:timers/promises'
import type { EpochSeconds } from './records.ts'
import type { Store } from './store.ts'

/**
 * Seconds a record stays after its end. A process whose clock is ahead must not throw away what others still go by: a
 * spent `jti`, a revocation.
 */
const grace = 900
const every = 60_000
/** Records in one go, and milliseconds after it in which others have the store to themselves. */
const atOnce = 5_000
const breath = 50

/** Sweeps from now on, until what it gives is called. */
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

/** Until there is nothing left to sweep. */
export async function sweepAll(
  store: Pick<Store, 'sweep'>,
  clock: () => EpochSeconds,
  signal?: AbortSignal,
): Promise<void> {
  while (!signal?.aborted && (await store.sweep(clock() - grace, atOnce)) >= atOnce) await sleep(breath)
}
