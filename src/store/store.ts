// The store port: everything that is persisted, through a few operations over kinds of record (records.ts, kinds.ts). Engines
// contain no rules. There are no transactions over several records: records are designed so that atomic changes to a single
// record are enough.
import type { LookupName } from './kinds.ts'
import type { EpochSeconds, Kind, Records } from './records.ts'

export interface Page {
  /** 1…1000 records. */
  readonly limit: number
  /** `RecordPage.next` of the previous page. Opaque; surfaces that show it to callers authenticate it (attacks.md 16). */
  readonly after?: string | undefined
  /** Descending order. A cursor must be used with the order of its page. */
  readonly descending?: boolean | undefined
}

export interface RecordPage<R> {
  readonly records: readonly R[]
  /** Cursor of the next page; undefined for the last page. */
  readonly next: string | undefined
}

export interface Lookup<K extends Kind> {
  readonly by: LookupName<K>
  readonly value: string
  /** Only records whose sort key starts with this. */
  readonly prefix?: string | undefined
  /** For lookups of one value each without a sort key, as `by` then is, too. */
  readonly also?: FurtherLookups<K> | undefined
}

/**
 * Only records that have these values as well. What has not costs an index entry and is never read itself, so that an engine can
 * look at many. A page may then be short or empty and still have a `next`.
 */
export interface FurtherLookups<K extends Kind> {
  readonly values: readonly { readonly by: LookupName<K>; readonly value: string }[]
  /** Records of the first value that are looked at for one page, at least 1. */
  readonly examined: number
}

export interface EachOptions {
  /** Records read at a time, 1 to 1000. Default 100. */
  readonly page?: number
}

/** One record that was created, changed or deleted. */
export interface Change {
  readonly kind: Kind
  readonly id: string
}

/**
 * Called with the kinds whose cached records may be stale. `changes` lists the records when they are known, as for writes of
 * this process; without it every record of those kinds may have changed.
 */
export type RevisionListener = (kinds: ReadonlySet<Kind>, changes?: readonly Change[]) => void

export interface Store {
  /** @throws Problem('conflict') when the id or a unique field is taken. */
  create<K extends Kind>(kind: K, record: Records[K]): Promise<void>
  /** Undefined when there is no such record or it has expired. */
  get<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined>
  /** By a unique field declared in kinds.ts. */
  getBy<K extends Kind>(kind: K, unique: string, value: string): Promise<Records[K] | undefined>
  /** Records of one declared lookup value, in the order of the lookup's sort key, then id. */
  find<K extends Kind>(kind: K, lookup: Lookup<K>, page: Page): Promise<RecordPage<Records[K]>>
  /**
   * How many records a lookup value has, at a cost that does not grow with them. Of lookups that kinds.ts declares
   * `counted`; other processes' changes count as soon as they are durable.
   * @throws TypeError when the lookup is not counted
   */
  count<K extends Kind>(kind: K, lookup: Pick<Lookup<K>, 'by' | 'value'>): Promise<number>
  /**
   * Every record under a lookup, in the order of `find`. Between two pages other work of this process gets its turn.
   * What is created or deleted meanwhile may or may not be among them.
   */
  each<K extends Kind>(kind: K, lookup: Lookup<K>, options?: EachOptions): AsyncIterable<Records[K]>
  /**
   * Compare-and-swap. `change` must be pure: it may run more than once. If it throws, its error is thrown and nothing changes.
   * @throws Problem('not_found') when there is no such record · Problem('conflict') when a unique field is taken
   */
  update<K extends Kind>(kind: K, id: string, change: (old: Records[K]) => Records[K]): Promise<Records[K]>
  /** False when there was no such record. */
  delete(kind: Kind, id: string): Promise<boolean>
  /** Atomically gets and deletes: of concurrent callers in all processes, exactly one gets the record. */
  take<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined>
  /** Deletes at most `limit` records that expired before `now` (epoch seconds); returns how many. */
  sweep(now: EpochSeconds, limit?: number): Promise<number>
  /** Calls `listener` within a second after another process changed records of a watched kind, and at once for this process. */
  watch(listener: RevisionListener): () => void
  /** @throws Problem('unavailable') */
  ping(): Promise<void>
  close(): Promise<void>
}
