// Why a request was denied, for whoever has its authorization id: the decisions that the audit trail keeps with the refusal. The id is the
// request id without its dashes, so that it has the form of AWS's (IAM Toolbox API, GetRequestAuthorizationDetails).
import type { AuditDecision } from '../../audit/decision-record.ts'
import type { AuditRecord } from '../../audit/event.ts'
import type { Authorizer } from '../authorization/authorize.ts'
import type { Call } from '../caller.ts'
import type { AuditReads } from './audit-reads.ts'

export interface DeniedRequest {
  readonly record: AuditRecord
  readonly decision: AuditDecision
}

/**
 * The denied decisions of one request, as far as the caller's account has its audit entry; empty for an id that is unknown or is of
 * another account.
 * @param action the permission to read them
 * @throws Problem('denied')
 */
export type ReadDeniedRequest = (
  call: Call,
  action: 'iam:GetRequestAuthorizationDetails' | 'sts:DecodeAuthorizationMessage',
  authorizationId: string,
) => Promise<readonly DeniedRequest[]>

export const openDeniedRequests =
  (reads: Pick<AuditReads, 'ofRequest'>, { authorize }: Pick<Authorizer, 'authorize'>): ReadDeniedRequest =>
  async (call, action, authorizationId) => {
    await authorize(call, action, '*')
    const parts = /^([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})$/.exec(authorizationId)
    if (parts === null) return []
    const records = await reads.ofRequest(call, parts.slice(1).join('-'))
    return records.flatMap((record) =>
      record.decision === undefined ? [] : [{ record, decision: record.decision }],
    )
  }
