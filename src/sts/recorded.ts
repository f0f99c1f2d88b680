// Every request to become something is on record before it is answered, whether it was refused or not (design §4).
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

/** What is known of a request before and after its work. */
export interface Recorded<T> {
  readonly action: string
  /** Whether refusals are bounded per address: set for callers who have not proven who they are. */
  readonly throttled?: boolean
  readonly circumstances: Circumstances
  /** Read after the work: it may have found out who asks. */
  readonly asked: () => Pick<StsEvent, 'accountId' | 'who' | 'actor' | 'resource' | 'details'>
  readonly came: (result: T) => object
}

/**
 * Does the work and records how it ended, one entry each. An answer that could not be recorded is not given.
 * @throws what the work throws; Problem('unavailable') when the trail cannot be written
 */
export async function recorded<T>(
  parts: RecordingParts,
  what: Recorded<T>,
  work: () => Promise<T>,
): Promise<T> {
  let result: T
  try {
    result = await work()
  } catch (error) {
    await recordRefusal(parts, what, error)
    throw error
  }
  await parts.audit.record(entryOf(what, 'done', undefined, what.came(result)))
  return result
}

const onRecord = new WeakSet<object>()

/** Whether a refusal was recorded here, or left out because its address had many. */
export const isAudited = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && onRecord.has(error)

async function recordRefusal<T>(
  { audit, refusals = everyRefusal }: RecordingParts,
  what: Recorded<T>,
  error: unknown,
): Promise<void> {
  const { action, circumstances, throttled = false } = what
  const { sourceIp, requestId } = circumstances
  if (error instanceof Error) onRecord.add(error)
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
  { action, circumstances, asked }: Recorded<T>,
  outcome: StsEvent['outcome'],
  reason: string | undefined,
  came: object,
): StsEvent {
  const { details, ...known } = asked()
  return {
    ...known,
    action,
    outcome,
    reason,
    requestId: circumstances.requestId,
    sourceIp: circumstances.sourceIp,
    userAgent: circumstances.userAgent,
    at: circumstances.now,
    details: { ...details, ...came },
  }
}

/** A caller as the record names it: ids that stay when names change. */
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
