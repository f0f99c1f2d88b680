// Turns an explained decision into what the audit trail keeps of it.
import type { AuditDecision, AuditFailedCondition, DecisionSide } from '../../audit/decision-record.ts'
import type { Explanation, FailedCondition, LayerName } from '../../policy/engine/decide.ts'
import { formatStatementRef } from '../../policy/engine/format-decision.ts'

/** Maximum numbers that are kept of a decision. */
const most = { layers: 16, statements: 8, conditions: 12, values: 8, missing: 16 }

/** Condition keys whose values are never kept: an external id works like a shared secret (the confused deputy problem). */
export const unloggedKeys: ReadonlySet<string> = new Set(['sts:externalid'])

/** The layers that are policies of the resource; all others are the caller's, or of the caller's account. */
const ofResource: ReadonlySet<LayerName> = new Set(['trust', 'resource'])

/**
 * @param request the action and resource that were asked about
 * @param side which account's policies are described, where the caller is of another account than the resource
 */
export function decisionRecord(
  explanation: Explanation,
  request: { readonly action: string; readonly resource: string },
  side?: DecisionSide,
): AuditDecision {
  if (side === undefined) return recordOf(explanation, request)
  const isShown = (layer: LayerName) => ofResource.has(layer) === (side === 'resource')
  const { reason, layer, layers, conditions, missing, nearest } = explanation
  const shown = conditions.filter(({ statement }) => isShown(statement.layer))
  const keys = new Set(shown.map(({ key }) => key.toLowerCase()))
  const isOwn = layer !== undefined && isShown(layer)
  const { change } = nearest ?? {}
  const changed = change?.kind === 'add' ? change.layer : change?.statement.layer
  return recordOf(
    {
      ...explanation,
      reason: isOwn ? reason : 'implicit_deny',
      layer: isOwn ? layer : undefined,
      layers: layers.filter((one) => isShown(one.layer)),
      conditions: shown,
      missing: missing.filter((key) => keys.has(key.toLowerCase())),
      nearest: changed !== undefined && isShown(changed) ? nearest : undefined,
    },
    request,
  )
}

function recordOf(
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
