// GetAccessKeyLastUsed: noted off the answer's path, at most once a minute and key. Losing a note loses a minute.

export interface KeyUsed {
  /** Epoch seconds. */
  readonly at: number
  readonly service: string
  readonly region: string
}

export interface KeyUseNotes {
  /** Remembers when a key was used; called after the answer is on its way. */
  noteUse(accessKeyId: string, used: KeyUsed): Promise<void>
}

const interval = 60
const limit = 10_000

export class KeyUse {
  readonly #notes: KeyUseNotes
  readonly #last = new Map<string, number>()

  constructor(notes: KeyUseNotes) {
    this.#notes = notes
  }

  note(accessKeyId: string, used: KeyUsed): void {
    const last = this.#last.get(accessKeyId)
    if (last !== undefined && used.at - last < interval) return
    this.#last.delete(accessKeyId)
    if (this.#last.size >= limit) this.#last.delete(this.#last.keys().next().value as string)
    this.#last.set(accessKeyId, used.at)
    // A key deleted in between, a store that is down: neither is the caller's trouble.
    setImmediate(() => void this.#notes.noteUse(accessKeyId, used).catch(() => {}))
  }
}
