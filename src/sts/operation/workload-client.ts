// Authenticates an OAuth client by the outside token of the workload that the client's entry names (RFC 7523 section 2.2). The checks
// are in gate/ways.ts; the audit entry is written before the client is authenticated.
import type { Trail } from '../../audit/trail.ts'
import type { TokenDependencies } from '../gate/outside-token.ts'
import { waysIn } from '../gate/ways.ts'
import { type ActingWorkload, WorkloadClientAttempt } from '../gate/workload-client.ts'
import { gate } from '../gate.ts'
import type { Now, SpentTokens } from '../ports.ts'

export type { ActingWorkload } from '../gate/workload-client.ts'

export interface WorkloadRequest {
  readonly clientId: string
  readonly requestId: string
  readonly sourceIp: string
  readonly userAgent: string | undefined
}

export interface WorkloadClientDependencies extends TokenDependencies {
  readonly spentTokens: SpentTokens
  readonly audit: Trail
  readonly now: Now
}

/**
 * Checks the token and writes the audit entry. oidc/ records refusals.
 * @throws Problem('denied') with the claim that differs in `detail` · those of an outside token · Problem('unavailable') when the
 *   audit entry cannot be written
 */
export const workloadAuthenticator =
  (deps: WorkloadClientDependencies, accountId: string) =>
  async (assertion: string, workload: ActingWorkload, by: WorkloadRequest): Promise<void> => {
    const { clientId } = by
    const shown = { assertion, workload, clientId, accountId, now: deps.now() }
    const attempt = new WorkloadClientAttempt(deps, shown)
    const way = 'client-assertion:workload'
    await gate(way, waysIn[way], attempt)
    const { issuer, subject, claims, provider } = attempt.identity
    await deps.audit.record({
      at: deps.now(),
      accountId,
      action: 'oidc:AuthenticateClient',
      who: `${issuer} ${subject}`,
      actor: { kind: 'outside', id: subject },
      resource: `client/${clientId}`,
      outcome: 'done',
      requestId: by.requestId,
      sourceIp: by.sourceIp,
      userAgent: by.userAgent,
      details: { provider, tokenId: claims['jti'] },
    })
  }
