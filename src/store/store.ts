// The store port: all we keep, behind a few verbs over kinds of record (records.ts, kinds.ts). Engines hold no rules.
// There is no transaction over several records: records are designed so that one record's atomicity is enough.
import type { LookupName } from './kinds.ts'
import type { EpochSeconds, Kind, Records } from './records.ts'

export interface Page {
  /** 1…1000 records. */
  readonly limit: number
  /** `Found.next` of the page before. Opaque; edges that show it to a caller authenticate it (attacks.md 16). */
  readonly after?: string | undefined
  /** From the last to the first. A cursor goes on in the direction it came from. */
  readonly descending?: boolean | undefined
}

export interface Found<R> {
  readonly records: readonly R[]
  /** Present when there is more. */
  readonly next: string | undefined
}

export interface Lookup<K extends Kind> {
  readonly by: LookupName<K>
  readonly value: string
  /** Only records whose sort key starts with this. */
  readonly prefix?: string | undefined
}

export interface EachOptions {
  /** Records read at a time, 1 to 1000. Default 100. */
  readonly page?: number
}

/** One record that is not what it was. */
export interface Change {
  readonly kind: Kind
  readonly id: string
}

/**
 * Kinds whose cached records may be stale. `changes` names the records when they are known, which they are for
 * our own writes; without it every record of those kinds may have changed.
 */
export type RevisionListener = (kinds: ReadonlySet<Kind>, changes?: readonly Change[]) => void

export interface Store {
  /** @throws Problem('conflict') when the id or a unique field is taken. */
  create<K extends Kind>(kind: K, record: Records[K]): Promise<void>
  /** An expired record is not found, whether or not it was swept. */
  get<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined>
  /** By a unique field declared in kinds.ts. */
  getBy<K extends Kind>(kind: K, unique: string, value: string): Promise<Records[K] | undefined>
  /** Records of one declared lookup value, in the order of the lookup's sort key, then id. */
  find<K extends Kind>(kind: K, lookup: Lookup<K>, page: Page): Promise<Found<Records[K]>>
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
   * Compare-and-swap. `change` must be pure: it may run more than once. What it throws is passed on, nothing changed.
   * @throws Problem('not_found') when the record is not there, Problem('conflict') when a unique field is taken.
   */
  update<K extends Kind>(kind: K, id: string, change: (old: Records[K]) => Records[K]): Promise<Records[K]>
  /** True when it was there. */
  delete(kind: Kind, id: string): Promise<boolean>
  /** Get and delete as one step: of racing callers in any process, exactly one gets the record. */
  take<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined>
  /** Drop at most `limit` records that expired before `now`; says how many. */
  sweep(now: EpochSeconds, limit?: number): Promise<number>
  /** Called within a second when another process changed records of a watched kind, and at once for our own changes. */
  watch(listener: RevisionListener): () => void
  /** @throws Problem('unavailable') */
  ping(): Promise<void>
  close(): Promise<void>
}
