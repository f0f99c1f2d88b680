// Calls that never reached a use case (those write their own entries): wrong signatures, unknown keys, malformed input.

import type { Caller, Circumstances } from './caller.ts'
import type { Trail } from './with-audit.ts'

/** How a call on the AWS wire ended. */
interface Outcome {
  readonly service: string
  readonly action: string
  readonly caller: Caller
  readonly circumstances: Circumstances
  readonly fault?: string | undefined
  readonly detail?: string | undefined
  /** A use case was called. */
  readonly reached: boolean
}

/** @param allows a stranger can send as many as they like, so each address has so many entries and no more */
export const refusalsAtTheDoor =
  (trail: Trail, allows: (address: string) => boolean) =>
  async ({ service, action, caller, circumstances, fault, detail, reached }: Outcome): Promise<void> => {
    if (reached || !allows(circumstances.sourceIp)) return
    const known = caller.kind !== 'anonymous'
    await trail.record({
      at: circumstances.now,
      accountId: known ? caller.accountId : '',
      action: `${service}:${action}`,
      who: known ? caller.arn : 'anonymous',
      outcome: 'refused',
      reason: `${fault}: ${detail}`,
      requestId: circumstances.requestId,
      sourceIp: circumstances.sourceIp,
      userAgent: circumstances.userAgent,
    })
  }
