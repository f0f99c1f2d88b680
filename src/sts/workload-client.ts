// Whether an outside token belongs to the workload that a client's entry names (RFC 7523 section 2.2), with the checks of
// gate/ways.ts. The audit entry is written before the client counts as authenticated.
import { gate } from './gate/gate.ts'
import type { TokenParts } from './gate/outside-token.ts'
import { waysIn } from './gate/ways.ts'
import { type ActingWorkload, WorkloadClientAttempt } from './gate/workload-client.ts'
import type { Audit, Now, SpentTokens } from './ports.ts'

export type { ActingWorkload } from './gate/workload-client.ts'

export interface WorkloadRequest {
  readonly clientId: string
  readonly requestId: string
  readonly sourceIp: string
  readonly userAgent: string | undefined
}

export interface WorkloadClientParts extends TokenParts {
  readonly spentTokens: SpentTokens
  readonly audit: Audit
  readonly now: Now
}

/**
 * Checks the token and records who authenticated; a refusal is recorded by oidc/, within its bounds.
 * @throws Problem('denied') naming what differs · those of an outside token · Problem('unavailable') when the trail cannot
 *   be written
 */
export const workloadAuthenticator =
  (parts: WorkloadClientParts, accountId: string) =>
  async (assertion: string, workload: ActingWorkload, by: WorkloadRequest): Promise<void> => {
    const { clientId } = by
    const shown = { assertion, workload, clientId, accountId, now: parts.now() }
    const attempt = new WorkloadClientAttempt(parts, shown)
    const way = 'client-assertion:workload'
    await gate(way, waysIn[way], attempt)
    const { issuer, subject, claims, provider } = attempt.identity
    await parts.audit.record({
      at: parts.now(),
      accountId,
      action: 'oidc:AuthenticateClient',
      who: `${issuer} ${subject}`,
      actor: { kind: 'outside', id: subject },
      resource: `client/${clientId}`,
      outcome: 'done',
      requestId: by.requestId,
      sourceIp: by.sourceIp,
      userAgent: by.userAgent,
      details: { provider, jti: claims['jti'] },
    })
  }
