import { createHash, timingSafeEqual } from 'node:crypto'
import { inspect } from 'node:util'

/** A value that must not reach a log, a template or JSON by accident. `reveal()` is what a reviewer greps for. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  /** Constant time: hashing first gives equal lengths, so neither content nor length shows. */
  equals(other: string): boolean {
    const digest = (text: string) => createHash('sha256').update(text).digest()
    return timingSafeEqual(digest(this.#value), digest(other))
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
