// The changes of one account's revocations in the order this process learned of them, so that a service that was
// answered before is sent exactly what is new, and everyone who waits at one cursor gets one answer.
import type { RevocationEntry } from './ports.ts'

/** Changes kept; a service that missed more gets everything since its date. */
const mostKept = 20_000
/** Seconds: clocks of our processes differ by less, so an entry dated a little before the cursor is sent again. */
const overlap = 60

/** `<latest date>.<count>.<sum of instants>`, then `.<process>.<position>` for the process that gave it. */
export const cursorForm = /^\d{1,12}\.\d{1,12}\.\d{1,16}(?:\.[\w-]{1,32}\.\d{1,16})?$/

export class RevocationJournal {
  readonly #process: string
  #entries: readonly RevocationEntry[] | undefined
  #byName = new Map<string, RevocationEntry>()
  #changes: RevocationEntry[] = []
  /** Position of the last change. */
  #position = 0
  /** What every process says of the same entries: a cursor of another process with the same text has no news. */
  #state = '0.0.0'

  /** @param process names this process, so that a cursor of another one is recognized */
  constructor(process: string) {
    this.#process = process
  }

  get cursor(): string {
    return `${this.#state}.${this.#process}.${this.#position}`
  }

  /** Takes what is in force now. Does nothing for the same array. @returns whether something changed */
  advance(entries: readonly RevocationEntry[]): boolean {
    if (entries === this.#entries) return false
    const first = this.#entries === undefined
    this.#entries = entries
    const byName = new Map(entries.map((entry) => [nameOf(entry), entry]))
    const changed = entries.filter((entry) => !sameAs(entry, this.#byName.get(nameOf(entry))))
    const state = stateOf(entries)
    const moved = first || state !== this.#state
    this.#byName = byName
    this.#state = state
    if (!first) this.#append(changed)
    return moved
  }

  /** What a service that was last answered with `cursor` has not seen. */
  since(cursor: string | undefined): readonly RevocationEntry[] {
    const entries = this.#entries ?? []
    if (cursor === undefined) return entries
    const [date, count, sum, process, position] = cursor.split('.')
    const missed = this.#position - Number(position)
    if (process === this.#process && missed >= 0 && missed <= this.#changes.length)
      return missed === 0 ? [] : this.#changes.slice(-missed)
    if (`${date}.${count}.${sum}` === this.#state) return []
    return entries.filter((entry) => entry.at >= Number(date) - overlap)
  }

  /** Whether a request with this cursor may be held: it knows what is in force. */
  isCurrent(cursor: string | undefined): boolean {
    return cursor !== undefined && this.since(cursor).length === 0
  }

  #append(changed: readonly RevocationEntry[]): void {
    this.#changes.push(...changed)
    this.#position += changed.length
    if (this.#changes.length > 2 * mostKept) this.#changes = this.#changes.slice(-mostKept)
  }
}

const nameOf = ({ scope, value }: RevocationEntry): string => `${scope}:${value}`

const sameAs = (one: RevocationEntry, other: RevocationEntry | undefined): boolean =>
  one.before === other?.before && one.lifted === other.lifted && one.expiresAt === other.expiresAt

/** Latest date, how many, and the sum of their instants: any entry that is added, lifted or raised changes one of them. */
function stateOf(entries: readonly RevocationEntry[]): string {
  let latest = 0
  let sum = 0
  for (const { at, before, lifted = 0 } of entries) {
    latest = Math.max(latest, at)
    sum = (sum + before + 2 * lifted) % Number.MAX_SAFE_INTEGER
  }
  return `${latest}.${entries.length}.${sum}`
}
