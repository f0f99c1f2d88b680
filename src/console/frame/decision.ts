// A decision of the policy engine as pages show it: one step for each layer of policies, the deciding one marked.
import type { DecisionView, LayerView } from '../../../views/console/frame/decision.ts'
import { t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import type { AuditDecision } from '../../audit/decision-record.ts'
import type { Explanation, LayerName } from '../../policy/engine/decide.ts'
import { formatStatementRef } from '../../policy/engine/format-decision.ts'
import { formatFailedCondition } from '../../policy/engine/report.ts'
import type { Request } from '../../policy/request.ts'

type RecordedDecision = Pick<AuditDecision, 'action' | 'resource' | 'reason' | 'layers'> &
  Partial<Pick<AuditDecision, 'layer' | 'missing' | 'nearest' | 'conditions'>>

const layerNames: Readonly<Record<LayerName, Words>> = {
  guardrail: t('The account’s guardrail'),
  resource: t('The resource policy'),
  trust: t('The role’s trust policy'),
  identity: t('The caller’s identity policies'),
  boundary: t('The permissions boundary'),
  session: t('The session policy'),
  root: t('The account root’s implicit permission'),
}
const describe = new Map<string, Words>(Object.entries(layerNames))

/** Of a decision as the audit trail keeps it. */
export function viewOfDecision(decision: RecordedDecision): DecisionView {
  const { action, resource, reason, layer, layers, conditions = [], missing = [], nearest } = decision
  return {
    allowed: reason === 'allowed',
    action,
    resource,
    layers: layers.map(
      ({ layer: name, said, statements }): LayerView => ({
        layer: describe.get(name) ?? html`${name}`,
        said,
        decides: name === layer && said !== 'allow',
        statements,
      }),
    ),
    conditions: conditions.map(
      ({ statement, operator, key, wanted, seen }) =>
        `${statement}: ${operator} of \`${key}\` with ${quoted(wanted)}; ${seen === undefined ? 'the request does not have it' : `it is ${quoted([seen].flat())}`}`,
    ),
    missing: [...missing],
    nearest,
  }
}

const quoted = (texts: readonly string[]): string =>
  texts.map((text) => `\`${text}\``).join(' or ') || 'no value'

/** Of a decision that was just made. */
export function viewOfExplanation(request: Request, explanation: Explanation): DecisionView {
  const { reason, layer, layers, conditions, missing, nearest, effect } = explanation
  const allows = (name: LayerName) => effect === 'allow' && layers.some((one) => one.layer === name)
  return {
    allowed: effect === 'allow',
    action: request.action,
    resource: request.resource,
    layers: layers.map((one) => ({
      layer: layerNames[one.layer],
      said: one.said,
      decides:
        effect === 'allow'
          ? allows(one.layer) && one.said === 'allow'
          : one.layer === layer && one.said === reason,
      statements: one.statements.map(formatStatementRef),
    })),
    conditions: conditions.map(
      (one) => `${formatStatementRef(one.statement)}: ${formatFailedCondition(one)}`,
    ),
    missing: [...missing],
    nearest: nearest?.text,
  }
}
