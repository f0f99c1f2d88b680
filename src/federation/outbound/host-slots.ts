// Limits how many requests to one host run and wait at a time, so that a slow provider delays only its own callers.
import { Problem } from '../../problem.ts'

const maxRunning = 8
const maxWaiting = 64

interface Slots {
  running: number
  readonly waiting: (() => void)[]
}

export class HostSlots {
  readonly #hosts = new Map<string, Slots>()

  /** @throws Problem('idp_communication_error') when too many requests are waiting for this host */
  async run<T>(host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const slots = this.#hosts.get(host) ?? { running: 0, waiting: [] }
    this.#hosts.set(host, slots)
    await enter(slots, signal)
    try {
      return await work()
    } finally {
      slots.running--
      slots.waiting.shift()?.()
      if (slots.running === 0) this.#hosts.delete(host)
    }
  }
}

function enter(slots: Slots, signal: AbortSignal): Promise<void> {
  if (slots.running < maxRunning) {
    slots.running++
    return Promise.resolve()
  }
  if (slots.waiting.length >= maxWaiting) throw busy('too many requests wait for this host')
  return new Promise((done, fail) => {
    const start = () => {
      signal.removeEventListener('abort', leave)
      slots.running++
      done()
    }
    const leave = () => {
      slots.waiting.splice(slots.waiting.indexOf(start), 1)
      fail(busy('timed out while waiting for this host'))
    }
    signal.addEventListener('abort', leave, { once: true })
    slots.waiting.push(start)
  })
}

const busy = (detail: string): Problem =>
  new Problem('idp_communication_error', 'An error occurred while calling the identity provider', { detail })
