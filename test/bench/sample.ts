// One window of load on a server: its rate, and what each request cost the server's process in processor time, which other
// processes of the machine change much less than the rate. A server is warm once that cost is flat: its code is compiled.
import { processorTimeOfThreads } from '../support/processor-time.ts'

export interface Sample {
  readonly perSecond: number
  /** Microseconds of processor time for each request, all threads of the process. */
  readonly cost: number
  /** The same by thread. */
  readonly threads: ReadonlyMap<string, number>
}

/** The compiler and garbage collector of V8 have several threads, which count as one here. */
const threadNames: Readonly<Record<string, string>> = {
  MainThread: 'main',
  V8Worker: 'v8',
  DelayedTaskSche: 'v8',
  'libuv-worker': 'pool',
}

/** @param run does `count` requests and returns their rate */
export function measure(pid: number | undefined, count: number, run: () => Promise<number>): Promise<Sample> {
  if (pid === undefined) throw new TypeError('the server has no process')
  return measureAll([pid], count, run)
}

/** As `measure`, of several processes together. */
export async function measureAll(
  pids: readonly number[],
  count: number,
  run: () => Promise<number>,
): Promise<Sample> {
  const before = pids.map(processorTimeOfThreads)
  const perSecond = await run()
  const threads = new Map<string, number>()
  for (const [at, pid] of pids.entries())
    for (const [id, { name, time }] of processorTimeOfThreads(pid)) {
      const spent = ((time - (before[at]?.get(id)?.time ?? 0)) * 1000) / count
      const known = threadNames[name] ?? name
      threads.set(known, (threads.get(known) ?? 0) + spent)
    }
  return { perSecond, cost: threads.values().reduce((sum, one) => sum + one, 0), threads }
}

/** A server is warm when so many windows in a row gained less than the least gain on the cheapest before them. */
const flat = { windows: 3, leastGain: 0.03 } as const
/** Windows after which a server counts as warm although its cost still falls. */
const mostWindows = 25

/** Whether the newest costs are flat, given the cost of every window so far. */
export function isFlat(costs: readonly number[]): boolean {
  const earlier = costs.slice(0, -flat.windows)
  if (earlier.length === 0) return false
  return Math.min(...costs.slice(-flat.windows)) > Math.min(...earlier) * (1 - flat.leastGain)
}

/** Runs windows until their cost is flat; gives the last. */
export async function warmUp(window: () => Promise<Sample>): Promise<Sample> {
  const costs: number[] = []
  for (;;) {
    const sample = await window()
    costs.push(sample.cost)
    if (isFlat(costs) || costs.length >= mostWindows) return sample
  }
}

/** `main 161, keys 55, store 19`: microseconds, the dearest thread first, without those that took less than one. */
export const threadText = (threads: ReadonlyMap<string, number>): string =>
  [...threads]
    .filter(([, cost]) => cost >= 1)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, cost]) => `${name} ${cost.toFixed(0)}`)
    .join(', ')

/** The median of each thread over several samples. */
export function medianThreads(
  samples: readonly Sample[],
  median: (all: readonly number[]) => number,
): ReadonlyMap<string, number> {
  const names = new Set(samples.flatMap(({ threads }) => [...threads.keys()]))
  return new Map(
    [...names].map((name) => [name, median(samples.map(({ threads }) => threads.get(name) ?? 0))]),
  )
}
