// Signs and verifies in a dedicated worker thread. All requests of one turn of the event loop are sent and answered in one
// message each, because waking a thread for every signature costs the event loop more than the signature itself.
// Measured against signing on the event loop, on two cores: client credentials 0.80 → 1.10 of raw oidc-provider's rate.
import type { KeyObject } from 'node:crypto'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

/** Digest, key number, data (latin1) and the signature to verify (latin1); without a signature, sign. */
export type KeyJob = readonly [hash: string, key: number, data: string, signature: string | undefined]
export type KeyAnswer = Uint8Array | boolean

interface PendingJob {
  readonly done: (answer: KeyAnswer) => void
  readonly fail: (error: unknown) => void
}

export class KeyThread {
  readonly #maxKeys: number
  #running: WorkerConnection | undefined

  constructor(options: { readonly maxKeys?: number } = {}) {
    this.#maxKeys = options.maxKeys ?? maxKeys
  }

  /** The signature that node:crypto's `sign` would return: DER for EC keys. */
  async sign(hash: string, data: Buffer, key: KeyObject): Promise<Buffer> {
    const answer = await this.#thread().add(hash, key, data.toString('latin1'), undefined)
    if (typeof answer === 'boolean') throw new TypeError('a signature was asked for')
    return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength)
  }

  async verify(hash: string, data: Buffer, key: KeyObject, signature: Buffer): Promise<boolean> {
    return (
      (await this.#thread().add(hash, key, data.toString('latin1'), signature.toString('latin1'))) === true
    )
  }

  async close(): Promise<void> {
    await this.#running?.end()
  }

  /** Started by the first job, so that an idle server has no additional isolate. A worker that died is replaced. */
  #thread(): WorkerConnection {
    if (!this.#running || this.#running.ended) this.#running = new WorkerConnection(this.#maxKeys)
    return this.#running
  }
}

/**
 * Maximum keys a worker holds: two for each of the external issuers that are cached (federation/workload/issuer-keys.ts).
 */
const maxKeys = 40_000

/** One worker with its pending jobs. */
class WorkerConnection {
  readonly #worker: Worker
  readonly #keys = new Map<KeyObject, number>()
  /** Batches in flight, oldest first: the worker answers in order. */
  readonly #sent: (readonly PendingJob[])[] = []
  #jobs: KeyJob[] = []
  #queued: PendingJob[] = []
  readonly #maxKeys: number
  ended = false

  constructor(most: number) {
    this.#maxKeys = most
    // `.ts` in a checkout, `.js` in the built package.
    const file = `key-worker${extname(import.meta.url)}`
    this.#worker = new Worker(new URL(file, import.meta.url), { name: 'keys' })
    this.#worker.unref()
    this.#worker.on('message', (answers: readonly KeyAnswer[]) => this.#answered(answers))
    this.#worker.on('error', (error) => this.#failed(error))
    this.#worker.on('exit', () => this.#failed(new Error('the key thread has ended')))
  }

  add(hash: string, key: KeyObject, data: string, signature: string | undefined): Promise<KeyAnswer> {
    const number = this.#numberOf(key)
    if (this.#jobs.length === 0) setImmediate(() => this.#send())
    this.#jobs.push([hash, number, data, signature])
    return new Promise((done, fail) => this.#queued.push({ done, fail }))
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  /**
   * A key is transferred once. Rotation and external issuers add keys; at the limit, all are dropped and transferred again.
   */
  #numberOf(key: KeyObject): number {
    const known = this.#keys.get(key)
    if (known !== undefined) return known
    if (this.#keys.size >= this.#maxKeys) this.#resetKeys()
    const number = this.#keys.size
    this.#keys.set(key, number)
    this.#worker.postMessage({ number, key })
    return number
  }

  /** Jobs queued under the old numbers are sent first. */
  #resetKeys(): void {
    this.#send()
    this.#keys.clear()
    this.#worker.postMessage('forget')
  }

  #send(): void {
    const jobs = this.#jobs
    if (jobs.length === 0) return
    this.#sent.push(this.#queued)
    this.#jobs = []
    this.#queued = []
    this.#worker.ref()
    this.#worker.postMessage(jobs)
  }

  #answered(answers: readonly KeyAnswer[]): void {
    const waiting = this.#sent.shift() ?? []
    if (this.#sent.length === 0) this.#worker.unref()
    for (const [at, { done }] of waiting.entries()) done(answers[at] ?? false)
  }

  #failed(error: unknown): void {
    this.ended = true
    const owed = [...this.#sent.splice(0).flat(), ...this.#queued.splice(0)]
    this.#jobs = []
    for (const { fail } of owed) fail(error)
  }
}
