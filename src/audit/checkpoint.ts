// A checkpoint says which entries retention removed. It is an entry of the chain of the process that removed them, so its MAC covers
// it: without the audit key nobody can make one, and `audit verify` accepts no other gap at the beginning of the trail.
import { auditLookupValue } from '../store/audit-lookups.ts'
import { type AuditEntry, serverAccount } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { millisOf } from './chain-reads.ts'

export const checkpointAction = 'audit:Checkpoint'

/** The first entry of a chain that is kept, and what its MAC continues. */
export interface ChainStart {
  readonly chain: string
  /** Position of the first entry that is kept; at least 1. */
  readonly seq: number
  /** MAC of the entry before. */
  readonly mac: string
  /** Key of the chain, which its opening named. */
  readonly kid: string
}

/** A chain that was removed as a whole. */
export interface RemovedChain {
  readonly chain: string
  /** Its last position. */
  readonly seq: number
}

export interface Checkpoint {
  /** Milliseconds since 1970: entries whose id has an earlier time were removed, except the last of a chain that may go on. */
  readonly cutoff: number
  /** Every chain of which a part was removed. */
  readonly starts: readonly ChainStart[]
  /** Removed chains that openings which are kept still name. */
  readonly gone: readonly RemovedChain[]
}

export interface FoundCheckpoint extends Checkpoint {
  readonly entry: AuditEntry
}

/** The newest checkpoint; its place in an intact chain is not verified here. */
export async function newestCheckpoint(store: Pick<Store, 'find'>): Promise<FoundCheckpoint | undefined> {
  const value = auditLookupValue('action', serverAccount, checkpointAction)
  const page = await store.find('auditEntry', { by: 'action', value }, { limit: 20, descending: true })
  for (const entry of page.records) {
    const found = checkpointOf(entry)
    if (found) return { ...found, entry }
  }
  return undefined
}

/** Undefined when the entry is no checkpoint, or one that claims to have removed itself. */
export function checkpointOf(entry: AuditEntry): Checkpoint | undefined {
  try {
    const { action, details } = JSON.parse(entry.event) as { action: unknown; details: Checkpoint }
    const { cutoff, starts, gone } = details
    const isOne =
      action === checkpointAction &&
      entry.accountId === serverAccount &&
      Number.isSafeInteger(cutoff) &&
      cutoff <= millisOf(entry.id) &&
      Array.isArray(starts) &&
      Array.isArray(gone)
    return isOne ? { cutoff, starts, gone } : undefined
  } catch {
    return undefined
  }
}
