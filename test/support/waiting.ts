// Waiting for something without a limit on the clock: a limit is a number of probes, or another timer of the same event
// loop. Both take longer on a busy machine, as what is waited for does.
import { setTimeout as pause } from 'node:timers/promises'

export interface ProbeOptions {
  /** How often `holds` is asked at most. */
  readonly probes?: number
  /** Milliseconds between two probes. */
  readonly every?: number
}

/** Asks until `holds` is true, by default 5,000 times, 20 ms apart. @throws Error that says `what` did not become true */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  { probes = 5000, every = 20 }: ProbeOptions = {},
): Promise<void> {
  for (let asked = 0; asked < probes; asked++) {
    if (await holds()) return
    await pause(every)
  }
  throw new Error(`${what}: not after ${probes} probes`)
}

/** Asks until there is an answer, as `until` does. @throws Error that says `what` was not found */
export async function found<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  options?: ProbeOptions,
): Promise<T> {
  let answer: T | undefined
  const isThere = async () => {
    answer = await ask()
    return answer !== undefined
  }
  await until(what, isThere, options)
  return answer as T
}

/**
 * The result of `work`, which another process or a server delivers: it must settle before this many calls of `probe` have,
 * one after the other and 20 ms apart.
 */
export async function settlesWithin<T>(
  probes: number,
  work: Promise<T>,
  probe: () => Promise<unknown> = async () => undefined,
): Promise<T> {
  let settled = false
  const note = () => {
    settled = true
  }
  work.then(note, note)
  const isSettled = async () => {
    await probe()
    return settled
  }
  await until('the work has settled', isSettled, { probes })
  return work
}

/**
 * The result of `work`, which must settle before a timer of `ms` milliseconds that starts with it. Only for what timers of
 * this process end: timers of one event loop fire in their order, however late.
 */
export async function settlesBefore<T>(ms: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController()
  const late = pause(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`not settled before a timer of ${ms} ms`)
  })
  late.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}
