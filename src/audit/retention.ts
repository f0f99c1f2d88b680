// Removes entries that are older than the retention: from the beginning of each chain, after a checkpoint (checkpoint.ts) that says
// so is durable. Interrupted, the next run removes what is left. Run by one process at a time.
import { setTimeout as sleep } from 'node:timers/promises'
import type { AuditEntry } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { Opening } from './chain.ts'
import { chainsOpenedSince, entriesFrom, lastEntry, millisOf } from './chain-reads.ts'
import {
  type ChainStart,
  type Checkpoint,
  type FoundCheckpoint,
  newestCheckpoint,
  type RemovedChain,
} from './checkpoint.ts'

export interface RetentionOptions {
  readonly store: Pick<Store, 'find' | 'delete'>
  /** Writes a checkpoint into the trail; durable when it resolves. */
  readonly record: (checkpoint: Checkpoint) => Promise<void>
  /** Milliseconds since 1970: entries before it are removed. */
  readonly cutoff: number
  /** Milliseconds since 1970: chains that were opened before it have ended (their audit key signs no more). */
  readonly endedBefore: number
  readonly signal?: AbortSignal | undefined
}

/** Deletions at once, and milliseconds between two groups, in which other writes get their turn. */
const atOnce = 200
const breath = 5

/** @returns how many entries were removed */
export async function removeOldEntries(options: RetentionOptions): Promise<number> {
  const { store, record } = options
  const before = await newestCheckpoint(store)
  // Never back: what an earlier checkpoint removed stays removed.
  const cutoff = Math.max(options.cutoff, before?.cutoff ?? 0)
  const chains = new Set(before?.starts.map(({ chain }) => chain))
  const named = new Set<string>()
  for await (const { chain, opened } of chainsOpenedSince(store, 0)) {
    chains.add(chain)
    if (opened >= cutoff) for (const head of await headsOf(store, chain)) named.add(head)
  }
  const plan = await Promise.all([...chains].map((chain) => planOf(options, chain, cutoff, before)))
  const work = plan.filter((one) => one !== undefined)
  const starts = work.flatMap(({ start }) => (start ? [start] : []))
  const gone = [...(before?.gone ?? []), ...work.flatMap(({ removed }) => (removed ? [removed] : []))]
  if (!work.some(({ hasOld }) => hasOld)) return 0
  await record({ cutoff, starts, gone: unique(gone).filter(({ chain }) => named.has(chain)) })
  let count = 0
  for (const one of work) count += await removeBefore(options, one)
  return count
}

interface ChainPlan {
  readonly chain: string
  /** Positions below it are removed. */
  readonly end: number
  readonly start: ChainStart | undefined
  readonly removed: RemovedChain | undefined
  readonly hasOld: boolean
}

/** Undefined for a chain without entries that no checkpoint names. */
async function planOf(
  { store, endedBefore }: RetentionOptions,
  chain: string,
  cutoff: number,
  before: FoundCheckpoint | undefined,
): Promise<ChainPlan | undefined> {
  const [first, last] = [(await entriesFrom(store, chain, 0, 1))[0], await lastEntry(store, chain)]
  const known = before?.starts.find((one) => one.chain === chain)
  if (first === undefined || last === undefined)
    // Somebody removed what retention had kept: verification must go on reporting it.
    return known && { chain, end: 0, start: known, removed: undefined, hasOld: false }
  const hasEnded = millisOf(last.id) < cutoff && millisOf(first.id) < endedBefore
  if (hasEnded)
    return { chain, end: last.seq + 1, start: undefined, removed: { chain, seq: last.seq }, hasOld: true }
  const kept = await firstKept(store, chain, { low: first.seq, high: last.seq, cutoff })
  const end = Math.max(kept, known?.seq ?? 0)
  if (end === 0) return { chain, end, start: undefined, removed: undefined, hasOld: false }
  if (known?.seq === end) return { chain, end, start: known, removed: undefined, hasOld: first.seq < end }
  const [previous] = await entriesFrom(store, chain, end - 1, 1)
  const kid = known?.kid ?? kidOf(first)
  if (previous?.seq !== end - 1 || kid === undefined)
    // The chain is broken here, which verification reports; nothing of it is removed.
    return { chain, end: 0, start: known, removed: undefined, hasOld: false }
  return { chain, end, start: { chain, seq: end, mac: previous.mac, kid }, removed: undefined, hasOld: true }
}

/** The first position whose time is not before the cutoff; the last position when all are before it. Times never decrease. */
async function firstKept(
  store: Pick<Store, 'find'>,
  chain: string,
  { low, high, cutoff }: { readonly low: number; readonly high: number; readonly cutoff: number },
): Promise<number> {
  let [from, to] = [low, high]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const [entry] = await entriesFrom(store, chain, middle, 1)
    if (entry !== undefined && millisOf(entry.id) < cutoff) from = middle + 1
    else to = middle
  }
  return from
}

/** From the newest to the oldest, so that the opening, by which the chain is found, goes last. */
async function removeBefore({ store, signal }: RetentionOptions, { chain, end }: ChainPlan): Promise<number> {
  let count = 0
  for (let high = end; high > 0 && !signal?.aborted; ) {
    const low = Math.max(0, high - atOnce)
    const entries = (await entriesFrom(store, chain, low, high - low)).filter(({ seq }) => seq < high)
    const done = await Promise.all(entries.map(({ id }) => store.delete('auditEntry', id)))
    count += done.filter(Boolean).length
    high = low
    if (entries.length > 0) await sleep(breath)
    else high = Math.min(high, await oldestBefore(store, chain, high))
  }
  return count
}

/** One after the oldest position that is left when everything below `seq` down to it is gone already; 0 when nothing is left. */
async function oldestBefore(store: Pick<Store, 'find'>, chain: string, seq: number): Promise<number> {
  const [first] = await entriesFrom(store, chain, 0, 1)
  return first === undefined || first.seq >= seq ? 0 : seq
}

async function headsOf(store: Pick<Store, 'find'>, chain: string): Promise<readonly string[]> {
  const [first] = await entriesFrom(store, chain, 0, 1)
  const { heads = [] } = (first && detailsOf(first)) ?? {}
  return heads.map((head) => head.chain)
}

const kidOf = (entry: AuditEntry): string | undefined => detailsOf(entry)?.kid

function detailsOf({ event, seq }: AuditEntry): Partial<Opening['details']> | undefined {
  if (seq !== 0) return undefined
  try {
    return (JSON.parse(event) as Opening).details
  } catch {
    return undefined
  }
}

const unique = (removed: readonly RemovedChain[]): readonly RemovedChain[] => [
  ...new Map(removed.map((one) => [one.chain, one])).values(),
]
