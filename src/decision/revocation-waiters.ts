// Requests for the revocation feed that are held until there is news. They are woken a few at a time, so that answering a
// thousand of them leaves the event loop free for everybody else.
import type { Context } from 'koa'

/** Answered in one turn of the event loop: some 10 ms of work. */
const batch = 20
/** Milliseconds between two turns, in which other requests are answered. */
const rest = 5

export class Waiters {
  readonly #waiting = new Set<() => void>()
  #woken: (() => void)[] = []

  get size(): number {
    return this.#waiting.size
  }

  /** Resolves when there is news, the time is over, the client has gone or the server ends. @param patience milliseconds */
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
