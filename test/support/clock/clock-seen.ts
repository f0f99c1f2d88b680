import { readFileSync } from 'node:fs'
import { until } from '../waiting.ts'

/** Resolves when a process with this CLOCK_FILE has the clock that was written there (shifted-clock.ts). */
export const clockIs = (file: string, milliseconds: number): Promise<void> =>
  until(`the clock is off by ${milliseconds} ms`, () => read(`${file}.seen`) === String(milliseconds))

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
