// What the audit trail and the log keep of forward authentication. A page causes many requests, so a denial is recorded once a minute
// for a caller, action and resource, and allowed requests as the decision log samples them. Requests without a session are neither.
import type { Context } from 'koa'
import { LRUCache } from 'lru-cache'
import { auditedCaller } from '../../iam/audit/audited-caller.ts'
import type { Trail } from '../../iam/audit/with-audit.ts'
import { allowedBy } from '../../iam/authorization/allowed-by.ts'
import type { Call } from '../../iam/caller.ts'
import { atMost } from '../../iam/record/at-most.ts'
import type { Problem } from '../../problem.ts'
import { requestIdOf } from '../../web/request/request-id.ts'
import type { DecisionLog } from '../decision-log.ts'

export interface RecordPorts {
  readonly trail: Trail
  readonly decisions: DecisionLog | undefined
  /** The decision of the engine behind a refusal. */
  readonly decisionOf: (problem: Problem) => Parameters<Trail['record']>[0]['decision']
  /** Writes a line to the log, at a limited rate per address. */
  readonly logRefusal: (refusal: ForwardAuthRefusal) => void
}

export interface ForwardAuthRefusal {
  /** ARN of the caller; undefined before it is known. */
  readonly who: string | undefined
  readonly host: string | undefined
  readonly reason: string
  readonly sourceIp: string
  readonly requestId: string
}

/** Milliseconds in which equal denials are one entry. */
const repeatAfter = 60_000

export interface ForwardedCall {
  readonly call: Call
  /** `web:<Method>` */
  readonly action: string
  readonly resource: string
}

export class ForwardAuthRecord {
  readonly #ports: RecordPorts
  /** The request id of the entry, by caller, action, resource and reason. */
  readonly #denied = new LRUCache<string, string>({ ...atMost(10_000), ttl: repeatAfter })

  constructor(ports: RecordPorts) {
    this.#ports = ports
  }

  /** @returns a promise to wait for while the decision log has no room */
  allowed(asked: ForwardedCall): Promise<void> | undefined {
    return this.#ports.decisions?.(true, () => ({
      ...entryOf(asked),
      outcome: 'done',
      reasons: allowedBy(asked.call.circumstances),
    }))
  }

  /** @returns the request id under which the denial is on record */
  async denied(asked: ForwardedCall, problem: Problem): Promise<string> {
    const { who } = auditedCaller(asked.call.caller)
    const { requestId } = asked.call.circumstances
    const key = JSON.stringify([who, asked.action, asked.resource, problem.message])
    const recorded = this.#denied.get(key)
    if (recorded !== undefined) return recorded
    this.#denied.set(key, requestId)
    await this.#ports.decisions?.(false, () => ({
      ...entryOf(asked),
      outcome: 'denied',
      reason: problem.message,
      decision: this.#ports.decisionOf(problem),
    }))
    return requestId
  }

  /** A sign-in to a host. @throws Problem('unavailable') when it cannot be recorded */
  signedIn({ call, resource }: Omit<ForwardedCall, 'action'>): Promise<void> {
    const entry = { ...entryOf({ call, action: 'signin:OpenHost', resource }), outcome: 'done' } as const
    return this.#ports.trail.record(entry)
  }

  refused(ctx: Context, { who, host, reason }: Pick<ForwardAuthRefusal, 'who' | 'host' | 'reason'>): void {
    this.#ports.logRefusal({ who, host, reason, sourceIp: ctx.ip, requestId: requestIdOf(ctx) })
  }
}

function entryOf({ call, action, resource }: ForwardedCall) {
  const { now: at, requestId, sourceIp, userAgent } = call.circumstances
  return {
    at,
    action,
    ...auditedCaller(call.caller),
    resource: resource.slice(0, 2048),
    requestId,
    sourceIp,
    userAgent,
  }
}
