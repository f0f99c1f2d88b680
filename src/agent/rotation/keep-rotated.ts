// Rotates an access key again and again while the agent runs.
import { setTimeout as pause } from 'node:timers/promises'
import { isProblem } from '../../problem.ts'
import type { RotationStatus } from './rotate.ts'

export interface KeepRotatedOptions {
  readonly advance: () => Promise<RotationStatus>
  /** Epoch seconds. */
  readonly now: () => number
  readonly stopped: AbortSignal
  readonly onProblem: (message: string) => void
}

/** Seconds between two looks at the least and at the most, and after a failure. */
const shortest = 1
const longest = 3600
const afterFailure = 300

/** Ends when `stopped` is aborted. A failed step is reported and repeated. */
export async function keepRotated({ advance, now, stopped, onProblem }: KeepRotatedOptions): Promise<void> {
  while (!stopped.aborted) {
    let wait = afterFailure
    try {
      const { nextAt } = await advance()
      wait = Math.min(longest, Math.max(shortest, nextAt - now()))
    } catch (error) {
      if (!isProblem(error)) throw error
      onProblem(error.message)
    }
    await pause(wait * 1000, undefined, { signal: stopped }).catch(() => {})
  }
}
