// Signs and verifies in a dedicated worker thread. Requests are sent and answered several to a message, because waking a
// thread for every signature costs the event loop more than the signature itself.
// Measured against signing on the event loop, on two cores: client credentials 0.80 → 1.10 of raw oidc-provider's rate.
import type { KeyObject } from 'node:crypto'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { SigV4AHolder } from '../sigv4/sigv4a-key.ts'

/** What the worker does with the key of a number. Text (latin1 for bytes), which costs less to clone than buffers. */
export type KeyJob =
  | readonly [work: 'sign', key: number, hash: string, data: string]
  | readonly [work: 'verify', key: number, hash: string, data: string, signature: string]
  | readonly [work: 'jws', key: number, hash: string, content: JwsContent]
export type KeyAnswer = Uint8Array | boolean | string

export interface JwsContent {
  /** The protected header, encoded. */
  readonly header: string
  /** The claims, in JSON. */
  readonly claims: string
  /** Bytes of one integer of an ECDSA signature; undefined for RSA. */
  readonly width: number | undefined
  /** Whose public key the claims are given as `cnf`. */
  readonly holder?: SigV4AHolder | undefined
}

interface PendingJob {
  readonly done: (answer: KeyAnswer) => void
  readonly fail: (error: unknown) => void
}

/** A worker thread that signs and verifies, so that requests wait for it and not for the event loop. Started at the first job. */
export class KeyThread {
  readonly #maxKeys: number
  #running: WorkerConnection | undefined

  constructor(options: { readonly maxKeys?: number } = {}) {
    this.#maxKeys = options.maxKeys ?? maxKeys
  }

  /** The signature that node:crypto's `sign` would return: DER for EC keys. */
  async sign(hash: string, data: Buffer, key: KeyObject): Promise<Buffer> {
    const thread = this.#thread()
    const answer = await thread.add(['sign', thread.numberOf(key), hash, data.toString('latin1')])
    if (typeof answer !== 'object') throw new TypeError('a signature was asked for')
    return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength)
  }

  async verify(hash: string, data: Buffer, key: KeyObject, signature: Buffer): Promise<boolean> {
    const thread = this.#thread()
    const texts = [data.toString('latin1'), signature.toString('latin1')] as const
    return (await thread.add(['verify', thread.numberOf(key), hash, ...texts])) === true
  }

  /**
   * A compact JWS. One job for the point of the holder's key, the encoding and the signature: AssumeRole × 1.14, with 15 % less
   * work in the main thread.
   * @param key RSA for PKCS #1 v1.5, or EC
   */
  async jws(hash: string, content: JwsContent, key: KeyObject): Promise<string> {
    const thread = this.#thread()
    const answer = await thread.add(['jws', thread.numberOf(key), hash, content])
    if (typeof answer !== 'string') throw new TypeError('a token was asked for')
    return answer
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

/**
 * Jobs that are sent before the turn of the event loop ends, so that the worker begins while the other requests of the turn
 * are read. Where all were sent at the end, 48 requests went to and fro as one and only 1.1 of two cores were busy: client credentials × 1.23.
 */
const enoughJobs = 8

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

  add(job: KeyJob): Promise<KeyAnswer> {
    if (this.#jobs.length === 0) setImmediate(() => this.#send())
    this.#jobs.push(job)
    const answered = new Promise<KeyAnswer>((done, fail) => this.#queued.push({ done, fail }))
    if (this.#jobs.length >= enoughJobs) this.#send()
    return answered
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  /**
   * A key is transferred once. Rotation and external issuers add keys; at the limit, all are dropped and transferred again.
   */
  numberOf(key: KeyObject): number {
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
