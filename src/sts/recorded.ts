// Every request to become something is on record before it is answered, refused or not (design §4).
import type { Caller, Circumstances } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import type { Audit, StsEvent } from './ports.ts'

/** What is known of a request before and after its work. */
export interface Recorded<T> {
  readonly action: string
  readonly circumstances: Circumstances
  /** Read after the work: it may have learned who asks. */
  readonly asked: () => Pick<StsEvent, 'accountId' | 'who' | 'actor' | 'resource' | 'details'>
  readonly came: (result: T) => object
}

/**
 * Does the work and records how it ended, one entry each. An answer that could not be recorded is not given.
 * @throws what the work throws; Problem('unavailable') when the trail cannot be written
 */
export async function recorded<T>(audit: Audit, what: Recorded<T>, work: () => Promise<T>): Promise<T> {
  const { circumstances, action } = what
  const record = (outcome: StsEvent['outcome'], reason: string | undefined, came: object) => {
    const { details, ...asked } = what.asked()
    return audit.record({
      ...asked,
      action,
      outcome,
      reason,
      requestId: circumstances.requestId,
      sourceIp: circumstances.sourceIp,
      userAgent: circumstances.userAgent,
      at: circumstances.now,
      details: { ...details, ...came },
    })
  }
  let result: T
  try {
    result = await work()
  } catch (error) {
    await record('refused', error instanceof Problem ? reasonOf(error) : 'internal error', {})
    throw error
  }
  await record('done', undefined, what.came(result))
  return result
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
