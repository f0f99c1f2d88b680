// Messages between the main thread and the writer thread. A batch is one flat list of strings and numbers, because structured
// clone is several times cheaper for that than for a list of objects.
import type { Value } from './layout.ts'

/** What the writing thread is told when it is started. */
export interface WriterPlace {
  readonly path: string
  /** Milliseconds to wait for the lock that another process holds. */
  readonly patience: number
}

/** The first value of each operation; what follows stands beside it. */
export const op = {
  /** table, id, version, columns…, sides */
  insert: 0,
  /** table, id, expected version, columns…, sides (or -1: as they were) */
  update: 1,
  /** table, id */
  remove: 2,
  /** table, before (seconds), limit */
  sweep: 3,
  /** nothing: a commit that proves the disk takes one */
  ping: 4,
} as const
// Sides, for tables that have some: for each, a count and so many pairs of value and sort key.

export interface Batch {
  /** Seconds: what expired by then makes room. */
  readonly now: number
  readonly values: readonly Value[]
}

export type Answer =
  | {
      /** One for each operation, in order. */
      readonly results: readonly Value[]
      /** Watched kinds that changed, and their revision after it. */
      readonly revisions: readonly (readonly [string, number])[]
    }
  | { readonly failed: string }
