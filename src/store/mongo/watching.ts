// How processes learn of each other's changes. Each watched kind has one document with a revision number that every change
// increments, and a list of the changes in progress. A change is announced there before it is made, and removed, with the number
// incremented, before it is acknowledged: whoever sees the new number reads what was written. If the process dies in between, the
// announcement stays, and other processes drop their caches of that kind until the change is certainly over. No crash at any
// moment leaves a cache stale.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Kind } from '../records.ts'
import type { Change, RevisionListener } from '../store.ts'

export interface Revision {
  readonly kind: Kind
  readonly number: number
  /** Changes under way. */
  readonly open: readonly string[]
}

/** The documents, as the engine keeps them. */
export interface Revisions {
  read(): Promise<readonly Revision[]>
  open(kind: Kind, change: string): Promise<void>
  /** Strikes the change out; gives the number, moved on if it is `done`. */
  close(kind: Kind, change: string, done: boolean): Promise<number>
}

export interface WatchingOptions {
  /** Milliseconds between looks. */
  readonly pollEvery: number
  /** Milliseconds after which a look without an answer, on a line that lost it, holds up no other. Default 800. */
  readonly lookFor?: number
  /** Milliseconds after which a change under way may belong to a process that died: it is as if it happened at every look. */
  readonly doubtAfter?: number
  /** Milliseconds after which it is surely over. */
  readonly strikeAfter?: number
}

/** Milliseconds between looks while the server tells us when to look. */
const lookAnyway = 800

export class Watching {
  readonly #revisions: Revisions
  readonly #listeners = new Set<RevisionListener>()
  readonly #told: Map<Kind, number>
  readonly #lookFor: number
  readonly #doubtAfter: number
  readonly #strikeAfter: number
  readonly #timer: NodeJS.Timeout
  /** Changes of others under way, and since when we know (`performance.now()`). */
  readonly #seen = new Map<string, number>()
  readonly #mine = new Set<string>()
  /** Per kind: numbers of ours that have not come yet. */
  readonly #asked = new Map<Kind, number>()
  #looking = false
  #lookAgain = false
  #lookedAt = 0
  #stopped = false
  /** Whether the server tells of every change, so that looking is a safety net. */
  woken: () => boolean = () => false

  private constructor(revisions: Revisions, first: readonly Revision[], options: WatchingOptions) {
    this.#revisions = revisions
    this.#told = new Map(first.map(({ kind, number }) => [kind, number]))
    this.#lookFor = options.lookFor ?? lookAnyway
    this.#doubtAfter = options.doubtAfter ?? 5000
    this.#strikeAfter = options.strikeAfter ?? 60_000
    this.#timer = setInterval(() => this.#tick(), options.pollEvery).unref()
  }

  static async start(revisions: Revisions, options: WatchingOptions): Promise<Watching> {
    return new Watching(revisions, await revisions.read(), options)
  }

  add(listener: RevisionListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Makes a change of a watched kind. `did` says whether its result means that something changed. */
  async change<T>(change: Change, make: () => Promise<T>, did: (result: T) => boolean): Promise<T> {
    const name = randomUUID()
    const { kind } = change
    this.#mine.add(name)
    try {
      await this.#revisions.open(kind, name)
      const result = await make()
      const done = did(result)
      await this.#close(change, name, done)
      this.#mine.delete(name)
      return result
    } catch (error) {
      // Nobody knows whether it happened.
      this.#tell(new Set([kind]), undefined)
      void this.#settle(kind, name)
      throw error
    }
  }

  /** Looks now, or once more if it is looking. */
  async look(): Promise<void> {
    if (this.#looking) {
      this.#lookAgain = true
      return
    }
    this.#looking = true
    do {
      this.#lookAgain = false
      // The next look will tell what this one did not; requests meet the failure by themselves.
      const looked = this.#lookOnce().catch(() => undefined)
      await Promise.race([looked, wait(this.#lookFor, undefined, { ref: false })])
    } while (this.#lookAgain && !this.#stopped)
    this.#looking = false
  }

  stop(): void {
    this.#stopped = true
    clearInterval(this.#timer)
  }

  #tick(): void {
    if (this.woken() && performance.now() - this.#lookedAt < lookAnyway) return
    void this.look()
  }

  async #lookOnce(): Promise<void> {
    const revisions = await this.#revisions.read()
    this.#lookedAt = performance.now()
    const changed = new Set<Kind>()
    for (const { kind, number } of revisions) {
      // A number of our own may be among these: its answer will say what others did before it.
      if ((this.#asked.get(kind) ?? 0) > 0 || number <= (this.#told.get(kind) ?? 0)) continue
      this.#told.set(kind, number)
      changed.add(kind)
    }
    for (const kind of await this.#doubtful(revisions)) changed.add(kind)
    if (changed.size > 0) this.#tell(changed, undefined)
  }

  /** Kinds with a change under way whose process may have died. */
  async #doubtful(revisions: readonly Revision[]): Promise<ReadonlySet<Kind>> {
    const now = performance.now()
    const kinds = new Set<Kind>()
    const open = new Set<string>()
    for (const revision of revisions)
      for (const name of revision.open) {
        open.add(name)
        if (this.#mine.has(name)) continue
        const since = this.#seen.get(name) ?? now
        this.#seen.set(name, since)
        if (now - since >= this.#doubtAfter) kinds.add(revision.kind)
        if (now - since >= this.#strikeAfter) await this.#revisions.close(revision.kind, name, true)
      }
    for (const name of this.#seen.keys()) if (!open.has(name)) this.#seen.delete(name)
    return kinds
  }

  /** Our own change, or what came to nothing. When others made some in between, which records changed is not known. */
  #closed(change: Change, number: number, done: boolean): void {
    const told = this.#told.get(change.kind) ?? 0
    if (number > told) this.#told.set(change.kind, number)
    const others = number > told + (done ? 1 : 0)
    if (done || others) this.#tell(new Set([change.kind]), others ? undefined : [change])
  }

  async #close(change: Change, name: string, done: boolean): Promise<void> {
    const { kind } = change
    this.#asked.set(kind, (this.#asked.get(kind) ?? 0) + 1)
    try {
      this.#closed(change, await this.#revisions.close(kind, name, done), done)
    } finally {
      this.#asked.set(kind, (this.#asked.get(kind) ?? 0) - 1)
    }
  }

  /** Strikes out what failed half-way, as soon as the store is there again. */
  async #settle(kind: Kind, name: string): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#revisions.close(kind, name, true)
        break
      } catch {
        await wait(1000, undefined, { ref: false })
      }
    }
    this.#mine.delete(name)
  }

  #tell(kinds: ReadonlySet<Kind>, changes: readonly Change[] | undefined): void {
    for (const listener of this.#listeners) listener(kinds, changes)
  }
}
