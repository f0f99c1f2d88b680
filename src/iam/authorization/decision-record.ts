// Turns an explained decision into what the audit trail keeps of it.
import type { AuditDecision, AuditFailedCondition } from '../../audit/decision-record.ts'
import type { Explanation, FailedCondition } from '../../policy/engine/decide.ts'
import { formatStatementRef } from '../../policy/engine/format-decision.ts'

/** Maximum numbers that are kept of a decision. */
const most = { layers: 16, statements: 8, conditions: 12, values: 8, missing: 16 }

/** Condition keys whose values are never kept: an external id works like a shared secret (the confused deputy problem). */
export const unloggedKeys: ReadonlySet<string> = new Set(['sts:externalid'])

/** @param request the action and resource that were asked about */
export function decisionRecord(
  explanation: Explanation,
  { action, resource }: { readonly action: string; readonly resource: string },
): AuditDecision {
  const { reason, layer, layers, conditions, missing, nearest } = explanation
  return {
    action,
    resource,
    reason,
    layer,
    layers: layers.slice(0, most.layers).map((one) => ({
      layer: one.layer,
      said: one.said,
      statements: one.statements.slice(0, most.statements).map(formatStatementRef),
    })),
    conditions: conditions.slice(0, most.conditions).map(conditionRecord),
    missing: missing.slice(0, most.missing),
    // The sentence may quote values of the request.
    nearest: conditions.some(isUnlogged) ? undefined : nearest?.text,
  }
}

const isUnlogged = ({ key }: FailedCondition): boolean => unloggedKeys.has(key.toLowerCase())

function conditionRecord(failed: FailedCondition): AuditFailedCondition {
  const { operator, key, wanted, seen } = failed
  const statement = formatStatementRef(failed.statement)
  if (isUnlogged(failed)) return { statement, operator, key, wanted: ['[secret]'], seen: '[secret]' }
  return {
    statement,
    operator,
    key,
    wanted: wanted.slice(0, most.values),
    seen: typeof seen === 'string' ? seen : seen?.slice(0, most.values),
  }
}
