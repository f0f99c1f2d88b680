// GetAccessKeyLastUsed: the use of a key is stored after the response, at most once a minute for each key.

export interface KeyUsed {
  /** Epoch seconds. */
  readonly at: number
  readonly service: string
  readonly region: string
}

export interface KeyUseNotes {
  /** Stores when a key was used. */
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
    // The request does not fail when the key was deleted meanwhile or the store is down.
    setImmediate(() => void this.#notes.noteUse(accessKeyId, used).catch(() => {}))
  }
}
