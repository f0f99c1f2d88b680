// bcrypt in worker threads: Node has no bcrypt, and one in JavaScript would hold the event loop for as long as a hash takes.
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

export interface BcryptJob {
  /** bcrypt uses its first 72 bytes in UTF-8. */
  readonly password: string
  /** `$2b$`, the cost in two digits, `$` and 22 characters of salt. */
  readonly salt: string
}

/** Threads that are started when they are needed: as many as hashes run at the same time, which the caller bounds. */
export class BcryptThreads {
  readonly #idle: Worker[] = []

  /** The hash as bcrypt writes it, 60 characters. */
  async hash(job: BcryptJob): Promise<string> {
    const worker = this.#idle.pop() ?? startWorker()
    worker.ref()
    const hash = await answerOf(worker, job)
    // An idle thread keeps no process alive.
    worker.unref()
    this.#idle.push(worker)
    return hash
  }
}

function startWorker(): Worker {
  // `.ts` in a checkout, `.js` in the built package.
  return new Worker(new URL(`bcrypt-worker${extname(import.meta.url)}`, import.meta.url))
}

/** A thread that fails is not used again. */
function answerOf(worker: Worker, job: BcryptJob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const ended = () => reject(new Error('the thread for bcrypt has ended'))
  worker.once('message', resolve).once('error', reject).once('exit', ended)
  worker.postMessage(job)
  return promise.finally(() => {
    worker.off('message', resolve).off('error', reject).off('exit', ended)
  })
}
