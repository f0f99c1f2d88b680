// The next entries for a destination: of every chain those that follow what was sent, without gaps, in order of time.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditEntry } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { chainsOpenedSince, entriesFrom, newestChains } from '../chain-reads.ts'
import { newestCheckpoint } from '../checkpoint.ts'
import type { Positions, Progress } from './progress.ts'

export interface Batch {
  readonly entries: readonly AuditEntry[]
  /** What was sent when this batch is acknowledged. */
  readonly positions: Positions
  /** Whether there may be more. */
  readonly more: boolean
}

export interface BatchLimits {
  readonly entries: number
  /** Bytes of events. */
  readonly bytes: number
}

/** Chains that the quick search looks at; `all` searches every chain since the floor. */
const newest = 50

/** Chains that are read at once, for stores that are a network away. */
const atOnce = 16

/**
 * @param all search chains that were opened earlier too; chains of other processes are found late when they are many or their
 *   clock is behind
 */
export async function nextBatch(
  store: Pick<Store, 'find'>,
  { floor, positions }: Pick<Progress, 'floor' | 'positions'>,
  limits: BatchLimits,
  all: boolean,
): Promise<Batch> {
  const known = new Map(Object.entries(positions))
  const found = all
    ? await Array.fromAsync(chainsOpenedSince(store, floor))
    : await newestChains(store, newest)
  for (const { chain, opened } of found)
    if (opened >= floor && !known.has(chain)) known.set(chain, { next: 0, opened })
  // A receiver that was away for longer than the retention goes on with what is left.
  for (const { chain, seq } of all ? ((await newestCheckpoint(store))?.starts ?? []) : []) {
    const at = known.get(chain)
    if (at && at.next < seq) known.set(chain, { ...at, next: seq })
  }
  const pending: AuditEntry[] = []
  let more = false
  const chains = [...known]
  for (let at = 0; at < chains.length; at += atOnce) {
    const reads = chains.slice(at, at + atOnce).map(async ([chain, { next }]) => {
      const run = withoutGap(await entriesFrom(store, chain, next, limits.entries), next)
      pending.push(...run)
      if (run.length === limits.entries) more = true
    })
    await Promise.all(reads)
    await nextTurn()
  }
  pending.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const entries = within(pending, limits)
  for (const { chain, seq } of entries) {
    const at = known.get(chain)
    if (at) known.set(chain, { ...at, next: seq + 1 })
  }
  return { entries, positions: Object.fromEntries(known), more: more || entries.length < pending.length }
}

/**
 * The entries up to the first missing position: an entry before it may not be visible yet. */
function withoutGap(page: readonly AuditEntry[], next: number): readonly AuditEntry[] {
  const end = page.findIndex(({ seq }, at) => seq !== next + at)
  return end < 0 ? page : page.slice(0, end)
}

function within(entries: readonly AuditEntry[], limits: BatchLimits): readonly AuditEntry[] {
  let bytes = 0
  const end = entries.findIndex(({ event }, at) => {
    bytes += event.length
    return at >= limits.entries || (at > 0 && bytes > limits.bytes)
  })
  return end < 0 ? entries : entries.slice(0, end)
}
