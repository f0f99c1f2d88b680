// Audit entries as the admin API answers them. Apart from their schemas, so that who forwards them to other systems does not need
// those.
import type { z } from 'zod'
import type { AuditRecord } from '../../audit/event.ts'
import { instant } from '../instant.ts'
import type { AuditEntryAnswer, decision } from './schemas.ts'

export function auditEntryAnswer(record: AuditRecord): AuditEntryAnswer {
  const { at, accountId, requestId, reasons, ...rest } = record
  const { id, action, outcome, who, actor, resource, reason, decision: denied, sourceIp } = rest
  return {
    id,
    time: instant(at),
    account: accountId,
    action,
    outcome,
    who,
    ...(actor && { actor: { ...actor } }),
    ...(resource !== undefined && { resource }),
    ...(reason !== undefined && { reason }),
    ...(reasons && { allowedBy: [...reasons] }),
    ...(denied && { decision: copyOf(denied) }),
    request: requestId,
    sourceIp,
    ...(rest.userAgent !== undefined && { userAgent: rest.userAgent }),
    ...(rest.details !== undefined && { details: rest.details }),
  }
}

/** The same value with arrays that may be changed, as the schema has them. */
function copyOf(given: NonNullable<AuditRecord['decision']>): z.input<typeof decision> {
  const { layer, nearest, layers, conditions, missing, ...rest } = given
  return {
    ...rest,
    ...(layer !== undefined && { layer }),
    layers: layers.map((one) => ({ ...one, statements: [...one.statements] })),
    conditions: conditions.map(({ seen, wanted, ...one }) => ({
      ...one,
      wanted: [...wanted],
      ...(seen !== undefined && { seen: typeof seen === 'string' ? seen : [...seen] }),
    })),
    missing: [...missing],
    ...(nearest !== undefined && { nearest }),
  }
}
