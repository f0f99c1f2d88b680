// The audit trail: every sign-in, exchange, change and refusal, tamper-evident. This file writes entries; verify.ts checks
// the chains, read.ts reads entries, event.ts defines their content, chain.ts links them. The folders that do the work
// decide what to record. Known limits: someone with both store and key can write anything; someone with only the store can
// remove at most the newest entries of a chain, until the next opening confirms them.
import { randomToken } from '../secure/random.ts'
import { noteAuditContent } from '../store/audit-lookups.ts'
import { type AuditEntry, type EpochSeconds, serverAccount } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { type Abandoned, type AuditKey, Chain, type Head, type Opening } from './chain.ts'
import { type Checkpoint, checkpointAction } from './checkpoint.ts'
import { type AuditEvent, writeEvent } from './event.ts'
import { limitRefusal } from './refused-event.ts'

export interface TrailOptions {
  readonly store: Pick<Store, 'create' | 'find'>
  /** The current audit key; when it changes, a new chain begins. */
  readonly key: () => AuditKey
  /** Returns epoch seconds. */
  readonly clock: () => EpochSeconds
}

export interface Trail {
  /** Durable when it resolves. @throws Problem('unavailable'), in which case the request must not succeed */
  record(event: AuditEvent): Promise<void>
}

export interface ReadyTrail extends Trail {
  /** Resolves when entries can be written; after a store failure a new chain is begun. @throws Problem('unavailable') */
  ready(): Promise<void>
  /** Writes what retention is about to remove; it is neither shortened nor redacted. @throws Problem('unavailable') */
  recordCheckpoint(checkpoint: Checkpoint): Promise<void>
}

/** Maximum number of chains whose heads a new chain confirms. */
const maxHeads = 16

/** Begins a chain for this process. @throws Problem('unavailable') when it cannot be written */
export async function openTrail(options: TrailOptions): Promise<ReadyTrail> {
  const writer = new Writer(options)
  await writer.open(await newestHeads(options.store))
  return writer
}

class Writer implements ReadyTrail {
  readonly #options: TrailOptions
  #chain: Chain
  /** Not yet named in a durable opening. */
  #abandoned: readonly Abandoned[] = []

  constructor(options: TrailOptions) {
    this.#options = options
    this.#chain = this.#newChain()
  }

  /** Begins a chain with its opening; entries recorded meanwhile are linked to it and wait for it. */
  async open(heads: readonly Head[]): Promise<void> {
    const chain = this.#newChain()
    this.#chain = chain
    const abandoned = this.#abandoned
    const at = this.#options.clock()
    const opening: Opening = {
      at,
      accountId: serverAccount,
      action: 'audit:Open',
      who: `process ${process.pid}`,
      outcome: 'done',
      requestId: '',
      sourceIp: '',
      details: { kid: chain.key.kid, heads, abandoned },
    }
    await this.#write(chain, chain.link(at, serverAccount, JSON.stringify(opening)))
    this.#abandoned = this.#abandoned.filter((one) => !abandoned.includes(one))
  }

  async record(event: AuditEvent): Promise<void> {
    // An unauthenticated request belongs to no account; its entry goes to the server's own.
    const owned = event.accountId === '' ? { ...event, accountId: serverAccount } : event
    const { text, content } = writeEvent(limitRefusal(owned))
    await this.#append(owned, text, content)
  }

  async recordCheckpoint(details: Checkpoint): Promise<void> {
    const at = this.#options.clock()
    const event = {
      at,
      accountId: serverAccount,
      action: checkpointAction,
      who: `process ${process.pid}`,
      outcome: 'done',
      requestId: '',
      sourceIp: '',
      details,
    }
    await this.#append(event, JSON.stringify(event), event)
  }

  /** @param content what the text says */
  async #append(
    owned: Pick<AuditEvent, 'at' | 'accountId'>,
    text: string,
    content: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    for (;;) {
      const chain = this.#current()
      const entry = chain.link(owned.at, owned.accountId, text)
      noteAuditContent(entry, content)
      await this.#write(chain, entry)
      // The chain was abandoned before this entry, which nothing confirms, so it is written again to the new chain.
      if (chain.lostFrom === undefined || chain.lostFrom > entry.seq) return
    }
  }

  async ready(): Promise<void> {
    if (this.#chain.lostFrom !== undefined) await this.open([])
  }

  /** The current chain; a new one when the key has changed or the store had failed. */
  #current(): Chain {
    const { lostFrom, key } = this.#chain
    if (lostFrom === undefined && this.#options.key().kid === key.kid) return this.#chain
    // The next writer waits for the opening through the chain, and sees its failure.
    this.open([]).catch(() => undefined)
    return this.#chain
  }

  async #write(chain: Chain, entry: AuditEntry): Promise<void> {
    const lostBefore = chain.lostFrom
    try {
      await chain.settle(entry.seq, this.#options.store.create('auditEntry', entry))
    } catch (error) {
      if (lostBefore === undefined && chain.lostFrom === entry.seq)
        this.#abandoned = [...this.#abandoned, { chain: chain.name, from: entry.seq }]
      throw error
    }
  }

  #newChain(): Chain {
    const { kid, secret } = this.#options.key()
    if (!secret) throw new TypeError('the audit key has no secret')
    return new Chain(randomToken(9), { kid, secret })
  }
}

/** The last entries of the newest chains. */
async function newestHeads(store: Pick<Store, 'find'>): Promise<Head[]> {
  const openings = await store.find(
    'auditEntry',
    { by: 'opening', value: 'all' },
    { limit: maxHeads, descending: true },
  )
  const heads = openings.records.map(async ({ chain }): Promise<Head[]> => {
    const last = await store.find('auditEntry', { by: 'chain', value: chain }, { limit: 1, descending: true })
    return last.records.map(({ seq, mac }) => ({ chain, seq, mac }))
  })
  return (await Promise.all(heads)).flat()
}
