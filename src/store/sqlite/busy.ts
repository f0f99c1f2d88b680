// Waiting for the lock that another process has. Needs nothing else, because the writer's thread loads it.

/** Milliseconds to wait for another process's commit. */
export const busyTimeout = 10_000
/** The primary result code (https://sqlite.org/rescode.html). */
export const resultCode = (error: unknown): number => ((error as { errcode?: number }).errcode ?? 0) % 256
/** Another connection holds the lock. */
export const isBusy = (error: unknown): boolean => resultCode(error) === 5

/**
 * Milliseconds between two attempts to get a lock. SQLite's busy handler waits up to 100 ms between attempts, so that under load one of
 * two processes rarely gets the lock (two workers, AssumeRole, 48 connections: 2,300/s and p99 136 ms with the busy handler, 6,000/s
 * and 26 ms with this).
 */
const retryEvery = 0.2
const neverWoken = new Int32Array(new SharedArrayBuffer(4))

/**
 * Runs `run` again until no other process has the lock. Blocks its thread meanwhile.
 * @param longest milliseconds
 * @throws the error of `run` after `longest`
 */
export function retryWhileBusy(run: () => unknown, longest = busyTimeout): void {
  const until = performance.now() + longest
  for (;;) {
    try {
      run()
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error
      Atomics.wait(neverWoken, 0, 0, retryEvery)
    }
  }
}
