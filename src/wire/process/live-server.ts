// The server that answers now, which a reload replaces while the listener stays. Requests that had begun are answered by the
// server they began with; it closes when the last of them has ended.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

export interface Replaceable {
  readonly handler: RequestListener
  /** Answers requests that are held open. */
  endHeld(): void
  close(): Promise<void>
}

interface Generation<T> {
  readonly server: T
  /** Requests that have begun and not ended. */
  requests: number
  retired: boolean
}

/** Milliseconds after which a replaced server closes although requests have not ended: longer than a request may take. */
const longestRequest = 40_000

/** Hands each request to the current server, and closes a replaced one after its last request or 40 seconds. */
export class LiveServer<T extends Replaceable> {
  #now: Generation<T>
  readonly #onError: (error: unknown) => void

  /** @param onError called when a replaced server could not be closed */
  constructor(first: T, onError: (error: unknown) => void) {
    this.#now = { server: first, requests: 0, retired: false }
    this.#onError = onError
  }

  get current(): T {
    return this.#now.server
  }

  readonly handler = (req: IncomingMessage, res: ServerResponse): void => {
    const generation = this.#now
    generation.requests += 1
    res.once('close', () => {
      generation.requests -= 1
      if (generation.retired && generation.requests === 0) this.#close(generation)
    })
    generation.server.handler(req, res)
  }

  /** Requests that arrive from now on are answered by `next`. */
  replace(next: T): void {
    const former = this.#now
    this.#now = { server: next, requests: 0, retired: false }
    former.retired = true
    former.server.endHeld()
    if (former.requests === 0) this.#close(former)
    else setTimeout(() => this.#close(former), longestRequest).unref()
  }

  #close(generation: Generation<T>): void {
    if (!generation.retired) return
    generation.retired = false // once
    generation.server.close().catch(this.#onError)
  }
}
