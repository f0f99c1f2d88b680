// Notifies processes of each other's changes. Each watched kind has one document with a revision number that every change increments, and
// a list of the changes in progress. A change is announced there before it is made; before it is acknowledged, the announcement is
// removed and the number incremented, so that a process that sees the new number reads what was written. When a process dies in between,
// the announcement stays, and other processes drop their caches of that kind until the change is certainly over. So no crash at any
// moment leaves a cache stale.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Kind } from '../records.ts'
import type { Change, RevisionListener } from '../store.ts'

export interface Revision {
  readonly kind: Kind
  readonly number: number
  /** Ids of changes in progress. */
  readonly open: readonly string[]
}

/** The stored revision documents. */
export interface Revisions {
  read(): Promise<readonly Revision[]>
  open(kind: Kind, change: string): Promise<void>
  /** Removes the announcement. @returns the revision number, incremented when `done` */
  close(kind: Kind, change: string, done: boolean): Promise<number>
}

export interface WatchingOptions {
  /** Milliseconds between polls. */
  readonly pollEvery: number
  /** Milliseconds after which the next poll does not wait for one that has no response. Default 800. */
  readonly pollTimeout?: number
  /** Milliseconds after which a change in progress may be of a process that died: from then on every poll reports it as a change. */
  readonly suspectAfter?: number
  /** Milliseconds after which such a change is certainly over, and its announcement is removed. */
  readonly removeAfter?: number
}

/** Milliseconds between polls while a change stream is open. */
const pollWithStream = 800

export class Watching {
  readonly #revisions: Revisions
  readonly #listeners = new Set<RevisionListener>()
  readonly #notified: Map<Kind, number>
  readonly #pollTimeout: number
  readonly #suspectAfter: number
  readonly #removeAfter: number
  readonly #timer: NodeJS.Timeout
  /** Changes in progress of other processes, with when they were first seen (`performance.now()`). */
  readonly #seen = new Map<string, number>()
  readonly #mine = new Set<string>()
  /** Per kind, the number of own changes whose revision number has not been received yet. */
  readonly #closing = new Map<Kind, number>()
  #polling = false
  #pollAgain = false
  #polledAt = 0
  #stopped = false
  /** Whether a change stream reports every change, so that polling is only a safety net. */
  woken: () => boolean = () => false

  private constructor(revisions: Revisions, first: readonly Revision[], options: WatchingOptions) {
    this.#revisions = revisions
    this.#notified = new Map(first.map(({ kind, number }) => [kind, number]))
    this.#pollTimeout = options.pollTimeout ?? pollWithStream
    this.#suspectAfter = options.suspectAfter ?? 5000
    this.#removeAfter = options.removeAfter ?? 60_000
    this.#timer = setInterval(() => this.#tick(), options.pollEvery).unref()
  }

  static async start(revisions: Revisions, options: WatchingOptions): Promise<Watching> {
    return new Watching(revisions, await revisions.read(), options)
  }

  add(listener: RevisionListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Makes a change of a watched kind. `did` returns whether the result means that something changed. */
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
      // It is not known whether the change happened.
      this.#notify(new Set([kind]), undefined)
      void this.#settle(kind, name)
      throw error
    }
  }

  /** Polls now, or once more after the running poll. */
  async look(): Promise<void> {
    if (this.#polling) {
      this.#pollAgain = true
      return
    }
    this.#polling = true
    do {
      this.#pollAgain = false
      // The next poll reports what this one did not, and requests fail by themselves.
      const looked = this.#pollOnce().catch(() => undefined)
      await Promise.race([looked, wait(this.#pollTimeout, undefined, { ref: false })])
    } while (this.#pollAgain && !this.#stopped)
    this.#polling = false
  }

  stop(): void {
    this.#stopped = true
    clearInterval(this.#timer)
  }

  #tick(): void {
    if (this.woken() && performance.now() - this.#polledAt < pollWithStream) return
    void this.look()
  }

  async #pollOnce(): Promise<void> {
    const revisions = await this.#revisions.read()
    this.#polledAt = performance.now()
    const changed = new Set<Kind>()
    for (const { kind, number } of revisions) {
      // The new number may be of an own change in progress, whose response decides about changes of others before it.
      if ((this.#closing.get(kind) ?? 0) > 0 || number <= (this.#notified.get(kind) ?? 0)) continue
      this.#notified.set(kind, number)
      changed.add(kind)
    }
    for (const kind of await this.#kindsOfDeadProcesses(revisions)) changed.add(kind)
    if (changed.size > 0) this.#notify(changed, undefined)
  }

  /** Kinds with a change in progress whose process may have died. */
  async #kindsOfDeadProcesses(revisions: readonly Revision[]): Promise<ReadonlySet<Kind>> {
    const now = performance.now()
    const kinds = new Set<Kind>()
    const open = new Set<string>()
    for (const revision of revisions)
      for (const name of revision.open) {
        open.add(name)
        if (this.#mine.has(name)) continue
        const since = this.#seen.get(name) ?? now
        this.#seen.set(name, since)
        if (now - since >= this.#suspectAfter) kinds.add(revision.kind)
        if (now - since >= this.#removeAfter) await this.#revisions.close(revision.kind, name, true)
      }
    for (const name of this.#seen.keys()) if (!open.has(name)) this.#seen.delete(name)
    return kinds
  }

  /** After an own change. When others made changes in between, the changed records are not known. */
  #closed(change: Change, number: number, done: boolean): void {
    const notified = this.#notified.get(change.kind) ?? 0
    if (number > notified) this.#notified.set(change.kind, number)
    const others = number > notified + (done ? 1 : 0)
    if (done || others) this.#notify(new Set([change.kind]), others ? undefined : [change])
  }

  async #close(change: Change, name: string, done: boolean): Promise<void> {
    const { kind } = change
    this.#closing.set(kind, (this.#closing.get(kind) ?? 0) + 1)
    try {
      this.#closed(change, await this.#revisions.close(kind, name, done), done)
    } finally {
      this.#closing.set(kind, (this.#closing.get(kind) ?? 0) - 1)
    }
  }

  /** Removes the announcement of a failed change as soon as the store is available again. */
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

  #notify(kinds: ReadonlySet<Kind>, changes: readonly Change[] | undefined): void {
    for (const listener of this.#listeners) listener(kinds, changes)
  }
}
