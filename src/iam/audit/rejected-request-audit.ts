// Audit entries of requests that were rejected before a use case was called: wrong signatures, unknown keys, malformed input.
// Use cases write their own entries (with-audit.ts).

import { outcomeOf } from '../../audit/outcome.ts'
import type { Caller, Circumstances } from '../caller.ts'
import { auditedCaller } from './audited-caller.ts'
import type { Trail } from './with-audit.ts'

/** How a call on the AWS wire ended. */
interface EndedCall {
  readonly service: string
  readonly action: string
  readonly caller: Caller
  readonly circumstances: Circumstances
  readonly fault?: string | undefined
  readonly detail?: string | undefined
  readonly error?: unknown
  /** True when a use case was called. */
  readonly useCaseRan: boolean
}

/** @param allows limits the entries per client address, because anybody can send any number of such requests */
export const auditRejectedRequests =
  (trail: Trail, allows: (address: string) => boolean) =>
  async ({
    service,
    action,
    caller,
    circumstances,
    fault,
    detail,
    error,
    useCaseRan,
  }: EndedCall): Promise<void> => {
    if (useCaseRan || !allows(circumstances.sourceIp)) return
    await trail.record({
      at: circumstances.now,
      ...auditedCaller(caller),
      action: `${service}:${action}`,
      outcome: outcomeOf(error),
      reason: `${fault}: ${detail}`,
      requestId: circumstances.requestId,
      sourceIp: circumstances.sourceIp,
      userAgent: circumstances.userAgent,
    })
  }
