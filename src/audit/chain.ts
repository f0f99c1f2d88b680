// One writer's chain: each entry's MAC covers the one before, so that an entry cannot be changed, taken out or put in
// between without the key. One HMAC per entry.
import { equals, hmacSha256 } from '../secure/digest.ts'
import type { AuditEntry, EpochSeconds, serverAccount } from '../store/records.ts'

/** The key of a chain, from the key ring: use `audit`. */
export interface AuditKey {
  readonly kid: string
  readonly secret?: Buffer
}

/** A place in a chain that a later opening vouches for. */
export interface Head {
  readonly chain: string
  readonly seq: number
  readonly mac: string
}

/** The event of entry 0. It says under which key the chain is, and ties it to the chains before it. */
export interface Opening {
  readonly at: EpochSeconds
  readonly accountId: typeof serverAccount
  readonly action: 'audit:Open'
  readonly who: string
  readonly outcome: 'done'
  readonly requestId: ''
  readonly sourceIp: ''
  readonly details: {
    readonly kid: string
    /** How far other chains had come: they must still reach there. */
    readonly heads: readonly Head[]
    /** Where this writer lost the store: what follows in those chains was never acknowledged. */
    readonly abandoned: readonly Abandoned[]
  }
}

export interface Abandoned {
  readonly chain: string
  readonly from: number
}

/** MAC of an entry. The length before the account and the event at the end make the text readable in one way. */
const macOf = (secret: Buffer, entry: Omit<AuditEntry, 'mac'>, before: string): string =>
  hmacSha256(
    secret,
    `${entry.id}\n${entry.chain}\n${entry.seq}\n${entry.at}\n${entry.accountId.length} ${entry.accountId}\n${before}\n${entry.event}`,
  ).toString('base64url')

export const follows = (secret: Buffer, entry: AuditEntry, before: string): boolean =>
  equals(macOf(secret, entry, before), entry.mac)

/** Writes the entries of one chain in order. */
export class Chain {
  readonly name: string
  readonly key: AuditKey & { readonly secret: Buffer }
  /** The first entry that did not get through; from there on the chain is given up. */
  lostFrom: number | undefined
  #next = 0
  #mac = ''
  #millis = 0
  #settled = -1
  #waiting: (() => void)[] = []

  constructor(name: string, key: AuditKey & { readonly secret: Buffer }) {
    this.name = name
    this.key = key
  }

  /** The next entry. Ids sort by time: milliseconds, then chain, then place. */
  link(at: EpochSeconds, accountId: string, event: string): AuditEntry {
    const seq = this.#next++
    this.#millis = Math.max(this.#millis, Date.now())
    const id = `${this.#millis}-${this.name}-${String(seq).padStart(10, '0')}`
    const entry = { id, accountId, chain: this.name, seq, at, event }
    const mac = macOf(this.key.secret, entry, this.#mac)
    this.#mac = mac
    return { ...entry, mac }
  }

  /** Resolves when this entry and all before it have been answered by the store. */
  async settle(seq: number, stored: Promise<void>): Promise<void> {
    try {
      await stored
      // Engines answer in order as a rule; then nobody waits.
      while (this.#settled < seq - 1 && this.lostFrom === undefined)
        await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } catch (error) {
      this.lostFrom = Math.min(this.lostFrom ?? seq, seq)
      throw error
    } finally {
      this.#settled = Math.max(this.#settled, seq)
      const waiting = this.#waiting
      if (waiting.length > 0) this.#waiting = []
      for (const resolve of waiting) resolve()
    }
  }
}
