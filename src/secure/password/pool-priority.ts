// Hashes run in libuv's thread pool. With the priority of the thread that answers requests, two of them keep two cores, and during a
// flood of sign-ins every other request waits for its turn behind them. Linux gives a thread a priority of its own, so there the
// threads of the pool get a lower one: p99 of token requests in a flood 1.4 times that without one, instead of 3.3 times
// (test/bench/under-load.ts, two cores).
import { readdirSync, readFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

const tasks = '/proc/self/task'

/** To be called while the pool has work: its threads begin with the first. Where threads have no priority it does nothing. */
export function lowerPoolPriority(): void {
  try {
    for (const thread of readdirSync(tasks))
      if (readFileSync(`${tasks}/${thread}/comm`, 'utf8').trim() === 'libuv-worker')
        setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Not Linux, or not allowed: requests wait as they did.
  }
}
