// Messages between the main thread and the writer thread. A batch is one flat list of strings and numbers, because structured
// clone is several times cheaper for that than for a list of objects.
import type { Layout, Value } from './layout.ts'

/** The start parameters of the writer thread. */
export interface WriterOptions {
  readonly path: string
  /** Milliseconds to wait for another process's lock. */
  readonly patience: number
}

export interface WriterData extends WriterOptions {
  /** Of every kind. The thread does not load the rules they are made from: 3 % of the processor time of a start, and 1 MB. */
  readonly layouts: readonly Layout[]
  /** One shared number: 1 while the writer waits for another process's lock, else 0. */
  readonly waiting: Int32Array<SharedArrayBuffer>
}

/** Operations after which no further batch joins a transaction, which limits how long other processes wait for the lock. */
export const largestBatch = 2000

/** The first value of each operation; the comments list the values that follow. */
export const op = {
  /** table, id, version, columns…, sides */
  insert: 0,
  /** table, id, expected version, columns…, sides (or -1: unchanged) */
  update: 1,
  /** table, id */
  remove: 2,
  /** table, before (seconds), limit */
  sweep: 3,
  /** none: a commit that proves that the disk can be written */
  ping: 4,
} as const
// Sides, for tables with side tables: for each side table a count, then as many pairs of value and sort key.

export interface Batch {
  /** Epoch seconds. Records that expired until then do not conflict with new ones. */
  readonly now: number
  /** Number of operations. */
  readonly operations: number
  readonly values: readonly Value[]
}

/** To the oldest batches without an answer, as many as `batches` says, which were one transaction. */
export type Answer = { readonly batches: number } & Outcome

export type Outcome =
  | {
      /** One for each operation, in order. */
      readonly results: readonly Value[]
      /** Watched kinds that changed, with their new revisions. */
      readonly revisions: readonly (readonly [string, number])[]
    }
  | { readonly failed: string }
