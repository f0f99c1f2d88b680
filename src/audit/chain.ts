// The hash chain of one writer: each entry's MAC covers the previous one, so that entries cannot be changed, removed or
// inserted without the key. One HMAC per entry.
import { equals, hmacSha256 } from '../secure/digest.ts'
import type { AuditEntry, EpochSeconds, serverAccount } from '../store/records.ts'

/** The key of a chain, from the key ring: use `audit`. */
export interface AuditKey {
  readonly kid: string
  readonly secret?: Buffer
}

/** A position in a chain that a later opening confirms. */
export interface Head {
  readonly chain: string
  readonly seq: number
  readonly mac: string
}

/** The event of entry 0: names the key of the chain, and links it to earlier chains. */
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
    /** The latest positions of other chains, which must still exist. */
    readonly heads: readonly Head[]
    /** Positions at which this writer lost the store: later entries of those chains were never acknowledged. */
    readonly abandoned: readonly Abandoned[]
  }
}

export interface Abandoned {
  readonly chain: string
  readonly from: number
}

/** MAC of an entry. Length-prefixing the account and ending with the event makes the input unambiguous. */
const macOf = (secret: Buffer, entry: Omit<AuditEntry, 'mac'>, before: string): string =>
  hmacSha256(
    secret,
    `${entry.id}\n${entry.chain}\n${entry.seq}\n${entry.at}\n${entry.accountId.length} ${entry.accountId}\n${before}\n${entry.event}`,
  ).toString('base64url')

export const isMacValid = (secret: Buffer, entry: AuditEntry, before: string): boolean =>
  equals(macOf(secret, entry, before), entry.mac)

/** Writes the entries of one chain in order. */
export class Chain {
  readonly name: string
  readonly key: AuditKey & { readonly secret: Buffer }
  /** The first entry that was not stored; the chain is abandoned from there on. */
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

  /** Creates the next entry. Ids sort by time: milliseconds, then chain, then position. */
  link(at: EpochSeconds, accountId: string, event: string): AuditEntry {
    const seq = this.#next++
    this.#millis = Math.max(this.#millis, Date.now())
    const id = `${this.#millis}-${this.name}-${String(seq).padStart(10, '0')}`
    const entry = { id, accountId, chain: this.name, seq, at, event }
    const mac = macOf(this.key.secret, entry, this.#mac)
    this.#mac = mac
    return { ...entry, mac }
  }

  /** Resolves when the store has answered for this entry and all before it. */
  async settle(seq: number, stored: Promise<void>): Promise<void> {
    try {
      await stored
      // Stores usually answer in order, so this rarely waits.
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
