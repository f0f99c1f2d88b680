// Runs what a request of the admin API or of SCIM asks for, with its audit entry.
import type { AuditEvent } from '../audit/event.ts'
import type { Trail } from '../audit/trail.ts'
import { type PendingEntry, withAudit } from '../audit/with-audit.ts'
import { auditedCaller } from '../iam/audit/audited-caller.ts'
import { allowedBy } from '../iam/authorization/allowed-by.ts'
import type { Call } from '../iam/caller.ts'
import { isProblem } from '../problem.ts'
import type { AuditNote } from './operation.ts'

export interface RecordedRequest {
  readonly call: Call
  /** Without the prefix `chancery:`. */
  readonly action: string
  /** Whether it changes something. */
  readonly change: boolean
  /** Read when the entry is written. */
  readonly note: AuditNote
}

/** As for IAM's operations: only the answer of a read that was allowed does not wait until its entry is durable. */
export function recorded<T>(
  trail: Trail,
  { call, action, change, note }: RecordedRequest,
  run: () => Promise<T>,
): Promise<T> {
  const { caller, circumstances } = call
  const entry = (): PendingEntry => ({
    at: circumstances.now,
    action: `chancery:${action}`,
    ...auditedCaller(caller),
    resource: note.resource,
    requestId: circumstances.requestId,
    sourceIp: circumstances.sourceIp,
    userAgent: circumstances.userAgent,
    reasons: allowedBy(circumstances),
    details: note.details,
  })
  const write = async (event: AuditEvent, error: unknown): Promise<void> => {
    const written = trail.record(event)
    if (change || (error !== undefined && !isProblem(error, 'unavailable'))) await written
    else written.catch(() => undefined)
  }
  return withAudit({ entry, write }, run)
}
