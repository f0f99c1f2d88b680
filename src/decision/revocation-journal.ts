// The changes of one account's revocations in the order in which this process saw them, so that a service is sent exactly
// what is new since its last response, and all requests with the same cursor share a response.
import type { RevocationEntry } from './ports.ts'

/** Changes kept; a service that missed more gets everything since its date. */
const maxChanges = 20_000
/** Seconds by which the clocks of our processes may differ, so an entry dated slightly before the cursor is sent again. */
const overlap = 60

/** `<latest date>.<count>.<sum of instants>`, optionally followed by `.<process>.<position>` of the issuing process. */
export const cursorForm = /^\d{1,12}\.\d{1,12}\.\d{1,16}(?:\.[\w-]{1,32}\.\d{1,16})?$/

export class RevocationJournal {
  readonly #process: string
  #entries: readonly RevocationEntry[] | undefined
  #byName = new Map<string, RevocationEntry>()
  #changes: RevocationEntry[] = []
  /** Position of the last change. */
  #position = 0
  /** Equal in every process for the same entries: a cursor of another process with the same text is up to date. */
  #state = '0.0.0'

  /** @param process identifies this process, to recognise cursors of other processes */
  constructor(process: string) {
    this.#process = process
  }

  get cursor(): string {
    return `${this.#state}.${this.#process}.${this.#position}`
  }

  /** Updates to the revocations now in force. Does nothing for the same array. @returns whether something changed */
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

  /** The entries that a service whose last response had this cursor has not seen. */
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

  /** Whether a request with this cursor may be held: its service has all current entries. */
  isCurrent(cursor: string | undefined): boolean {
    return cursor !== undefined && this.since(cursor).length === 0
  }

  #append(changed: readonly RevocationEntry[]): void {
    this.#changes.push(...changed)
    this.#position += changed.length
    if (this.#changes.length > 2 * maxChanges) this.#changes = this.#changes.slice(-maxChanges)
  }
}

const nameOf = ({ scope, value }: RevocationEntry): string => `${scope}:${value}`

const sameAs = (one: RevocationEntry, other: RevocationEntry | undefined): boolean =>
  one.before === other?.before && one.lifted === other.lifted && one.expiresAt === other.expiresAt

/** Latest date, count and sum of instants: adding, lifting or raising any entry changes one of them. */
function stateOf(entries: readonly RevocationEntry[]): string {
  let latest = 0
  let sum = 0
  for (const { at, before, lifted = 0 } of entries) {
    latest = Math.max(latest, at)
    sum = (sum + before + 2 * lifted) % Number.MAX_SAFE_INTEGER
  }
  return `${latest}.${entries.length}.${sum}`
}
