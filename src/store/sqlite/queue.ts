// The main thread's end of the writer thread: collects the writes of one turn of the event loop, sends them as one batch, and
// settles each when the batch is durable. One batch is in flight at a time and later writes form the next, so batches grow with
// load. Only while the writer waits for another process's lock are further batches sent: they join its transaction.
import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Problem } from '../../problem.ts'
import type { Change } from '../store.ts'
import { layouts, type Value } from './layout.ts'
import {
  type Answer,
  type Batch,
  largestBatch,
  type Outcome,
  op,
  type WriterData,
  type WriterOptions,
} from './messages.ts'

interface Waiting {
  readonly resolve: (result: Value) => void
  readonly reject: (error: Problem) => void
  readonly change: Change | undefined
}

/** Called before the writes of the batch resolve, so that caches are invalidated before a caller sees its write acknowledged. */
export type Committed = (
  revisions: readonly (readonly [string, number])[],
  changes: readonly Change[],
) => void

export class WriteQueue {
  readonly #worker: Worker
  readonly #clock: () => number
  readonly #committed: Committed
  #values: Value[] = []
  #waiting: Waiting[] = []
  /** Ends of operations within `#values`, to cut batches. */
  #ends: number[] = []
  /** Batches without an answer, oldest first. */
  #underWay: (readonly Waiting[])[] = []
  readonly #waitingForLock: WriterData['waiting']
  #scheduled = false
  #stopped: Problem | undefined

  private constructor(
    worker: Worker,
    waitingForLock: WriterData['waiting'],
    clock: () => number,
    committed: Committed,
  ) {
    this.#worker = worker
    this.#waitingForLock = waitingForLock
    this.#clock = clock
    this.#committed = committed
    worker.on('message', (answer: Answer) => this.#settle(answer))
    worker.on('error', (cause) => this.#stop(new Problem('unavailable', 'the store has stopped', { cause })))
    worker.on('exit', () => this.#stop(new Problem('unavailable', 'the store is closed')))
    worker.unref()
  }

  static async open(place: WriterOptions, clock: () => number, committed: Committed): Promise<WriteQueue> {
    // `.ts` in a clone, `.js` in the built package.
    const file = `writer${extname(import.meta.url)}`
    const waiting = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const workerData: WriterData = { ...place, layouts, waiting }
    const worker = new Worker(new URL(file, import.meta.url), { name: 'store', workerData })
    await ready(worker, place.path)
    return new WriteQueue(worker, waiting, clock, committed)
  }

  /** Whether the writer waits for another process's lock. */
  get waitsForLock(): boolean {
    return Atomics.load(this.#waitingForLock, 0) === 1
  }

  /**
   * Resolves with the result when the operation is durable.
   * @param operation in the form of messages.ts
   * @param change what listeners are notified of when the operation has changed something
   * @throws Problem('unavailable') when the store is closed, the disk is full or the file cannot be written
   */
  add(operation: readonly Value[], change?: Change): Promise<Value> {
    if (this.#stopped) return Promise.reject(this.#stopped)
    for (const value of operation) this.#values.push(value)
    this.#ends.push(this.#values.length)
    const settled = new Promise<Value>((resolve, reject) => this.#waiting.push({ resolve, reject, change }))
    this.#schedule()
    return settled
  }

  /** Waits for all added operations, then ends the thread. */
  async close(): Promise<void> {
    if (this.#stopped) return
    while (this.#underWay.length > 0 || this.#waiting.length > 0)
      await this.add([op.ping]).catch(() => undefined)
    this.#stopped = new Problem('unavailable', 'the store is closed')
    const exited = new Promise((resolve) => this.#worker.once('exit', resolve))
    this.#worker.ref()
    this.#worker.postMessage('close')
    await exited
  }

  /** Sends after the I/O callbacks of this turn of the event loop, so that requests which arrived together share a batch. */
  #schedule(): void {
    if (this.#scheduled || this.#mustWait()) return
    this.#scheduled = true
    setImmediate(() => this.#send())
  }

  #mustWait(): boolean {
    return this.#underWay.length > 0 && !this.waitsForLock
  }

  #send(): void {
    this.#scheduled = false
    if (this.#stopped || this.#waiting.length === 0 || this.#mustWait()) return
    const operations = Math.min(largestBatch, this.#waiting.length)
    const batch: Batch = { now: this.#clock(), operations, values: this.#cut(operations) }
    this.#worker.ref() // the process must not exit before the answer
    this.#worker.postMessage(batch)
  }

  /** Moves so many operations from waiting to under way. */
  #cut(count: number): readonly Value[] {
    const end = this.#ends[count - 1] ?? 0
    const values = this.#values
    if (count === this.#waiting.length) {
      this.#underWay.push(this.#waiting)
      this.#waiting = []
      this.#ends = []
      this.#values = []
      return values
    }
    this.#underWay.push(this.#waiting.slice(0, count))
    this.#waiting = this.#waiting.slice(count)
    this.#ends = this.#ends.slice(count).map((at) => at - end)
    this.#values = values.slice(end)
    return values.slice(0, end)
  }

  #settle(answer: Answer): void {
    const settled = this.#underWay.splice(0, answer.batches).flat()
    if (this.#underWay.length === 0) this.#worker.unref()
    if ('failed' in answer) this.#failAll(settled, answer.failed)
    else this.#succeed(settled, answer)
    if (this.#waiting.length > 0) this.#schedule()
  }

  #succeed(settled: readonly Waiting[], { results, revisions }: Exclude<Outcome, { failed: string }>): void {
    if (revisions.length > 0) {
      const changed = new Set(revisions.map(([kind]) => kind))
      const did = (at: number) => typeof results[at] === 'string' || results[at] === 1
      const changes = settled.flatMap(({ change }, at) =>
        change && changed.has(change.kind) && did(at) ? [change] : [],
      )
      this.#committed(revisions, changes)
    }
    for (let at = 0; at < settled.length; at++) settled[at]?.resolve(results[at] ?? null)
  }

  #failAll(settled: readonly Waiting[], detail: string): void {
    const problem = new Problem('unavailable', 'the store cannot be written now; try again', {
      detail,
      retryAfter: 1,
    })
    for (const { reject } of settled) reject(problem)
  }

  #stop(problem: Problem): void {
    this.#stopped ??= problem
    const all = [...this.#underWay.flat(), ...this.#waiting]
    this.#underWay = []
    this.#waiting = []
    for (const { reject } of all) reject(this.#stopped)
  }
}

async function ready(worker: Worker, path: string): Promise<void> {
  try {
    await once(worker, 'message') // rejects on `error`
  } catch (cause) {
    throw new Problem('unavailable', `the store \`${path}\` cannot be written`, { cause })
  }
}
