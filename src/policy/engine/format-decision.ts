// Formats a decision as one sentence: lower case, no full stop.
import type { Decision, Explanation, LayerName, StatementRef } from './decision.ts'

export const layerDescriptions: Readonly<Record<LayerName, string>> = {
  guardrail: "the account's guardrail",
  resource: 'the resource policy',
  trust: "the role's trust policy",
  identity: "the caller's identity policies",
  boundary: 'the permissions boundary',
  session: 'the session policy',
  root: "the account root's implicit permission",
}

/** Formats a decision. For an Explanation, the sentence includes the smallest change that would allow the request. */
export function formatDecision(decision: Decision | Explanation): string {
  const nearest = 'nearest' in decision ? decision.nearest : undefined
  return nearest === undefined ? verdict(decision) : `${verdict(decision)}; ${nearest.text}`
}

function verdict({ reason, layer, statements }: Decision): string {
  const where = layerDescriptions[layer ?? 'root']
  if (reason === 'implicit_deny') return `denied because ${where} ${does(layer)} not allow it`
  const by = statements.map(formatStatementRef).join(' and ')
  if (reason === 'explicit_deny') return `denied by ${by} of ${where}`
  return by === ''
    ? 'allowed without a statement, as the account root or an action that needs no permission'
    : `allowed by ${by}`
}

const does = (layer: LayerName | undefined): string => (layer === 'identity' ? 'do' : 'does')

/** `statement \`ReadOnly\` of \`team-policy\` (line 4)` */
export function formatStatementRef({ sid, index, document, start }: StatementRef): string {
  const name = sid ? `statement \`${sid}\`` : `statement ${index + 1}`
  return `${name} of \`${document}\` (line ${start.line})`
}
