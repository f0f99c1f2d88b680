// Does work and writes one audit entry with its outcome.
import { isProblem } from '../problem.ts'
import { decisionOf } from './decision-record.ts'
import type { AuditEvent } from './event.ts'
import { outcomeOf, reasonOf } from './outcome.ts'

/** An entry whose outcome is not known yet. */
export type PendingEntry = Omit<AuditEvent, 'outcome' | 'reason' | 'decision'>

export interface AuditedWork<T> {
  /** Called after the work, which may have identified the caller. */
  readonly entry: () => PendingEntry
  /** Details of a successful result, added to those of the entry. */
  readonly result?: ((result: T) => object) | undefined
  /**
   * Writes the entry; the work is answered once it resolves, and fails with what it rejects with. `error` is what the work
   * threw, undefined when it succeeded.
   */
  readonly write: (entry: AuditEvent, error: unknown) => Promise<void>
}

/** @throws what the work throws, and what `write` rejects with */
export async function withAudit<T>(
  { entry, result, write }: AuditedWork<T>,
  work: () => Promise<T>,
): Promise<T> {
  let value: T
  try {
    value = await work()
  } catch (error) {
    const outcome = { outcome: outcomeOf(error), reason: reasonOf(error), decision: decisionOf(error) }
    const written = write({ ...entry(), ...outcome }, error)
    // Nothing was done because a part is down, as a rule the store that the trail is in too: the entry is written when it can
    // be, and the caller does not wait a second time.
    if (isProblem(error, 'unavailable')) written.catch(() => undefined)
    else await written
    throw error
  }
  const pending = entry()
  const details = result ? { ...pending.details, ...result(value) } : pending.details
  await write({ ...pending, outcome: 'done', details }, undefined)
  return value
}
