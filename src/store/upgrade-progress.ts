// How far an upgrade of the store is, as lines for the operator: large stores take minutes.
import type { Kind } from './records.ts'

/** Milliseconds between two lines. */
const interval = 5_000

/** Called once for each record that an upgrade has written. */
export type UpgradeProgress = (kind: Kind) => void

/**
 * Counts the records of each kind and calls `say` with a line every few seconds.
 * @param now milliseconds
 */
export function upgradeProgress(say: (line: string) => void, now = () => performance.now()): UpgradeProgress {
  let last = now()
  let current: Kind | undefined
  let done = 0
  return (kind) => {
    done = kind === current ? done + 1 : 1
    current = kind
    if (now() - last < interval) return
    last = now()
    say(`upgrading the store: ${done.toLocaleString('en')} ${kind} records are done`)
  }
}
