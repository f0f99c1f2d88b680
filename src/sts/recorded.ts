// Audit entries of requests for credentials: each request is recorded before it is answered, whatever its outcome.
import { type DecisionSide, decisionOf } from '../audit/decision-record.ts'
import type { AuditEvent } from '../audit/event.ts'
import { reasonForOthers } from '../audit/outcome.ts'
import type { Trail } from '../audit/trail.ts'
import { type PendingEntry, withAudit } from '../audit/with-audit.ts'
import type { Circumstances } from '../iam/caller.ts'
import { checkThatRefused } from './gate.ts'
import type { Roles } from './ports.ts'
import { type Refusals, unlimitedRefusals } from './refusals.ts'
import { accountOfRole } from './role-arn.ts'

export interface AuditDependencies {
  readonly audit: Trail
  /** Which refusals are recorded and logged. Default: all are recorded, none is logged. */
  readonly refusals?: Refusals | undefined
  /** Whether there is such an account. Default: there is. */
  readonly isAccount?: ((accountId: string) => Promise<boolean>) | undefined
}

/** What the audit entry of a request needs. */
export interface AuditedRequest<T> {
  readonly action: string
  /** Whether each address has a limited number of refusals in the trail: set for callers who are not authenticated. */
  readonly throttled?: boolean
  readonly circumstances: Circumstances
  /** Called after the work, which may have identified the caller. */
  readonly request: () => Pick<PendingEntry, 'accountId' | 'who' | 'actor' | 'resource' | 'details'>
  /**
   * Called after the work: the role, when it is of another account than the caller. Each account then has an entry, the caller's and,
   * when there is such a role, the role's; and each describes the policies of its own account only.
   */
  readonly foreignRole?: (() => ForeignRole | undefined) | undefined
  /** Details of a successful result. */
  readonly result: (result: T) => object
}

export interface ForeignRole {
  readonly accountId: string
  readonly exists: () => Promise<boolean>
}

/** The role of a request, when an authenticated caller of another account named it. */
export function foreignRole(
  roles: Pick<Roles, 'byArn'>,
  callerAccount: string | undefined,
  roleArn: string | undefined,
): ForeignRole | undefined {
  const accountId = accountOfRole(roleArn ?? '')
  if (roleArn === undefined || accountId === undefined || !callerAccount || accountId === callerAccount)
    return undefined
  return { accountId, exists: async () => (await roles.byArn(roleArn)) !== undefined }
}

/** The entry as one of the two accounts may read it. */
const partOf = (event: AuditEvent, error: unknown, side: DecisionSide): AuditEvent =>
  error === undefined
    ? event
    : { ...event, reason: reasonForOthers(error), decision: decisionOf(error, side) }

/**
 * Does the work and writes one audit entry with its outcome, before it resolves or rejects. An entry never contains a
 * token, code or secret.
 * @throws what the work throws; Problem('unavailable') when the trail cannot be written
 */
export function withRequestAudit<T>(
  { audit, refusals = unlimitedRefusals, isAccount = async () => true }: AuditDependencies,
  { action, circumstances, throttled = false, request, foreignRole: foreign, result }: AuditedRequest<T>,
  work: () => Promise<T>,
): Promise<T> {
  const { now: at, requestId, sourceIp, userAgent, region } = circumstances
  const entry = (): PendingEntry => ({ ...request(), action, requestId, sourceIp, userAgent, region, at })
  const write = async (event: AuditEvent, error: unknown): Promise<void> => {
    if (error === undefined) return record(event, undefined)
    if (error instanceof Error) audited.add(error)
    const admitted = throttled ? refusals.admit(sourceIp) : { leftOut: 0 }
    if (!admitted) return
    const { leftOut } = admitted
    const check = checkThatRefused(error)
    const { who, resource, actor, reason = '' } = event
    const clientId = actor?.kind === 'client' ? actor.id : undefined
    refusals.log({ action, check, who, clientId, resource, reason, sourceIp, requestId })
    const details = { ...event.details, check, ...(leftOut > 0 ? { leftOut } : {}) }
    // Callers without credentials can name any account. An entry of an account that does not exist belongs to the server.
    const isOfNoAccount = throttled && event.accountId !== '' && !(await isAccount(event.accountId))
    await record({ ...event, details, ...(isOfNoAccount && { accountId: '' }) }, error)
  }
  const record = async (event: AuditEvent, error: unknown): Promise<void> => {
    const role = foreign?.()
    if (role === undefined) return audit.record(event)
    // At the same time, so that both are in one commit: the time until the answer does not tell whether the role exists.
    const entries = [partOf(event, error, 'caller')]
    if (await role.exists()) entries.push({ ...partOf(event, error, 'resource'), accountId: role.accountId })
    await Promise.all(entries.map((entry) => audit.record(entry)))
  }
  return withAudit({ entry, result, write }, work)
}

const audited = new WeakSet<object>()

/** Whether withRequestAudit has handled a refusal: recorded it, or left it out because its address had too many. */
export const isAudited = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && audited.has(error)
