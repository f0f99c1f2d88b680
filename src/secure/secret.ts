// secure/ contains all cryptographic code: secrets, password hashes, one-time passwords, the master key and the key ring,
// SigV4 and SigV4A, JWS, DPoP, session tokens, tickets. One primitive per file, with fixed options; it imports no other
// folder and makes no authorization decisions. Secrets pass between folders as the type below, so a reviewer can search for
// `reveal()`.
import { createHash, timingSafeEqual } from 'node:crypto'
import { inspect } from 'node:util'

/** A value that must not reach a log, a template or JSON by accident; only `reveal()` returns it. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  /**
   * Compares in constant time; hashing first gives equal lengths, so that the timing depends on neither content nor length.
   */
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
