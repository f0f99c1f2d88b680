// Audits requests for credentials: each is in the audit trail before it is answered, whether it succeeded or was refused.
import type { Caller, Circumstances } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import { checkThatRefused } from './gate/gate.ts'
import type { Audit, StsEvent } from './ports.ts'
import { everyRefusal, type Refusals } from './refusals.ts'

export interface RecordingParts {
  readonly audit: Audit
  /** Which refusals are recorded and logged. Default: all are recorded, none is logged. */
  readonly refusals?: Refusals | undefined
}

/** What the audit entry of a request needs. */
export interface AuditedRequest<T> {
  readonly action: string
  /** Whether each address has a limited number of refusals in the trail: set for callers who are not authenticated. */
  readonly throttled?: boolean
  readonly circumstances: Circumstances
  /** Called after the work, which may have identified the caller. */
  readonly request: () => Pick<StsEvent, 'accountId' | 'who' | 'actor' | 'resource' | 'details'>
  /** Details of a successful result. */
  readonly result: (result: T) => object
}

/**
 * Does the work and writes one audit entry with its outcome, before it resolves or rejects.
 * @throws what the work throws; Problem('unavailable') when the trail cannot be written
 */
export async function withAudit<T>(
  parts: RecordingParts,
  what: AuditedRequest<T>,
  work: () => Promise<T>,
): Promise<T> {
  let result: T
  try {
    result = await work()
  } catch (error) {
    await recordRefusal(parts, what, error)
    throw error
  }
  await parts.audit.record(entryOf(what, 'done', undefined, what.result(result)))
  return result
}

const audited = new WeakSet<object>()

/** Whether withAudit has handled a refusal: recorded it, or left it out because its address had too many. */
export const isAudited = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && audited.has(error)

async function recordRefusal<T>(
  { audit, refusals = everyRefusal }: RecordingParts,
  what: AuditedRequest<T>,
  error: unknown,
): Promise<void> {
  const { action, circumstances, throttled = false } = what
  const { sourceIp, requestId } = circumstances
  if (error instanceof Error) audited.add(error)
  const admitted = throttled ? refusals.admit(sourceIp) : { leftOut: 0 }
  if (!admitted) return
  const check = checkThatRefused(error)
  const reason = error instanceof Problem ? reasonOf(error) : 'internal error'
  const { leftOut } = admitted
  const entry = entryOf(what, 'refused', reason, { check, ...(leftOut > 0 ? { leftOut } : {}) })
  const { who, resource, actor } = entry
  const clientId = actor?.kind === 'client' ? actor.id : undefined
  refusals.log({ action, check, who, clientId, resource, reason, sourceIp, requestId })
  await audit.record(entry)
}

function entryOf<T>(
  { action, circumstances, request }: AuditedRequest<T>,
  outcome: StsEvent['outcome'],
  reason: string | undefined,
  result: object,
): StsEvent {
  const { details, ...known } = request()
  return {
    ...known,
    action,
    outcome,
    reason,
    requestId: circumstances.requestId,
    sourceIp: circumstances.sourceIp,
    userAgent: circumstances.userAgent,
    at: circumstances.now,
    details: { ...details, ...result },
  }
}

/** A caller in an audit entry, by ids that do not change when names do. */
export function actorOf(caller: Caller): NonNullable<StsEvent['actor']> {
  switch (caller.kind) {
    case 'anonymous':
      return { kind: 'anonymous' }
    case 'root':
      return { kind: 'root', id: caller.accountId, accessKeyId: caller.accessKeyId }
    case 'user':
      return { kind: 'user', id: caller.userId, accessKeyId: caller.accessKeyId }
    case 'session': {
      const { roleId: id, accessKeyId, sessionId: session, sourceIdentity } = caller
      return { kind: 'session', id, accessKeyId, session, sourceIdentity }
    }
  }
}

export const whoIs = (caller: Caller): string => (caller.kind === 'anonymous' ? 'anonymous' : caller.arn)

const reasonOf = ({ code, message, detail }: Problem): string =>
  detail === undefined ? `${code}: ${message}` : `${code}: ${message} (${detail})`
