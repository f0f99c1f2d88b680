// What benches of a large store beside a small one share: a directory for both, and the comparison of their times.
import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Filled } from './big-store-fill.ts'
import { median, type Spread } from './load.ts'

/** Gigabytes: they go however the bench ends, and those of one that was killed with the next. */
export function workplace(): string {
  const prefix = 'chancery-big-store-'
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
  const dir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    process.once(signal, () => process.exit(code))
  return dir
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/**
 * Interleaved, so that the machine's drift hits both, after one round that warms up: the median of what the rounds
 * compare, because a small store's rounds differ by half with how its threads happen to lie on the processors.
 */
export async function compare(
  name: string,
  small: () => Promise<Spread>,
  large: () => Promise<Spread>,
): Promise<void> {
  const rounds: (readonly [Spread, Spread])[] = []
  for (let round = 0; round <= 7; round++) {
    const pair = [await small(), await large()] as const
    if (round > 0) rounds.push(pair)
  }
  const said = (which: 0 | 1, what: keyof Spread) =>
    (1000 * median(rounds.map((pair) => pair[which][what]))).toFixed(1).padStart(7)
  const times = median(rounds.map(([one, other]) => other.p50 / one.p50)).toFixed(2)
  console.log(
    `${name.padEnd(34)} ${said(0, 'p50')} µs small ${said(1, 'p50')} µs large  × ${times}   p99 ${said(0, 'p99')} and ${said(1, 'p99')} µs`,
  )
}

/**
 * Reads the whole file, so that the machine holds it: what is not used for a while it may give up (a virtual one a tenth
 * of 2 GB within half a minute), and the speed of a disk is not what is compared here.
 */
export async function hold({ path }: Filled): Promise<void> {
  for await (const _ of createReadStream(path, { highWaterMark: 2 ** 20 }));
}
