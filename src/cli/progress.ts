// How far a long command is: one line redrawn on a terminal, else a line every few seconds. Always on standard error,
// because standard output may be the answer.
import type { Screen } from './context.ts'

/** Milliseconds between two reports. */
const onTerminal = 100
const elsewhere = 5_000

/** Called with how much is done; `total` where it is known. Cheap enough to be called for every record. */
export type Progress = (done: number, total?: number) => void

/** Runs `work` and reports its progress as `<done> <what>` until it ends. Nothing is printed for work that ends at once. */
export async function withProgress<T>(
  screen: Pick<Screen, 'err' | 'isTerminal'>,
  what: string,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const interval = screen.isTerminal ? onTerminal : elsewhere
  let last = performance.now()
  let drawn = false
  const report: Progress = (done, total) => {
    const now = performance.now()
    if (now - last < interval) return
    last = now
    drawn = true
    const line = progressLine(done, total, what)
    screen.err(screen.isTerminal ? `\r\u001b[K${line}` : `${line}\n`)
  }
  try {
    return await work(report)
  } finally {
    if (drawn && screen.isTerminal) screen.err('\r\u001b[K')
  }
}

const barWidth = 30

/** `[=====     ] 1,000 of 2,000 records`, or without the bar where the total is not known. */
export function progressLine(done: number, total: number | undefined, what: string): string {
  const count = (value: number) => value.toLocaleString('en')
  if (total === undefined || total === 0) return `${count(done)} ${what}`
  const filled = Math.min(barWidth, Math.floor((done / total) * barWidth))
  return `[${'='.repeat(filled).padEnd(barWidth)}] ${count(done)} of ${count(total)} ${what}`
}
