// Every request to become something is on record before it is answered, refused or not (design §4).
import type { Circumstances } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import type { Audit, StsEvent } from './ports.ts'

/** What is known of a request before and after its work. */
export interface Recorded<T> {
  readonly action: string
  readonly circumstances: Circumstances
  /** Read after the work: it may have learned who asks. */
  readonly asked: () => Pick<StsEvent, 'accountId' | 'who' | 'details'>
  readonly came: (result: T) => StsEvent['details']
}

/**
 * Does the work and records how it ended, one entry each. An answer that could not be recorded is not given.
 * @throws what the work throws; Problem('unavailable') when the trail cannot be written
 */
export async function recorded<T>(audit: Audit, what: Recorded<T>, work: () => Promise<T>): Promise<T> {
  const { circumstances, action } = what
  const record = (outcome: StsEvent['outcome'], reason: string | undefined, came: StsEvent['details']) => {
    const { details, ...asked } = what.asked()
    return audit.record({
      ...asked,
      action,
      outcome,
      reason,
      requestId: circumstances.requestId,
      sourceIp: circumstances.sourceIp,
      at: circumstances.now,
      details: { ...details, ...came },
    })
  }
  let result: T
  try {
    result = await work()
  } catch (error) {
    if (error instanceof Problem) await record('refused', reasonOf(error), {})
    throw error
  }
  await record('done', undefined, what.came(result))
  return result
}

const reasonOf = ({ code, message, detail }: Problem): string =>
  detail === undefined ? `${code}: ${message}` : `${code}: ${message} (${detail})`
