// Held requests for the revocation feed. They are answered in small batches, so that answering a thousand of them does not
// block the event loop.
import type { Context } from 'koa'

/** Requests answered per turn of the event loop: about 10 ms of work. */
const batch = 20
/** Milliseconds between two batches, for other requests. */
const rest = 5

export class HeldRequests {
  readonly #waiting = new Set<() => void>()
  #woken: (() => void)[] = []

  get size(): number {
    return this.#waiting.size
  }

  /**
   * Resolves on a change, at the timeout, when the client disconnects, or when the server stops. @param patience
   * milliseconds
   */
  wait(ctx: Context, patience: number, ending: AbortSignal | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const wake = () => resolve()
    const timer = setTimeout(wake, Math.max(0, patience))
    this.#waiting.add(wake)
    ctx.res.once('close', wake)
    ending?.addEventListener('abort', wake)
    if (ending?.aborted) wake()
    return promise.finally(() => {
      clearTimeout(timer)
      this.#waiting.delete(wake)
      ctx.res.off('close', wake)
      ending?.removeEventListener('abort', wake)
    })
  }

  wakeAll(): void {
    const idle = this.#woken.length === 0
    this.#woken.push(...this.#waiting)
    this.#waiting.clear()
    if (idle) this.#wakeSome()
  }

  #wakeSome(): void {
    for (const wake of this.#woken.splice(0, batch)) wake()
    if (this.#woken.length > 0) setTimeout(() => this.#wakeSome(), rest)
  }
}
