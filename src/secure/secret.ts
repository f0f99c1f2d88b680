// secure/ owns every cryptographic line: secrets, password hashes, one-time passwords, the master key and the key ring,
// SigV4 and SigV4A, JWS, DPoP, session tokens, tickets. One primitive a file, options written at the call, nothing
// negotiable; it imports no other room, and knows neither records nor requests. Whoever may do what is decided elsewhere.
// Everything secret passes between rooms as the type below, so `reveal()` is what a reviewer looks for.
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
