// What a simulation answers per action and resource, from the engine's explanation.
import type { Explanation, LayerName, StatementRef } from '../../policy/decide.ts'
import type { Position } from '../../policy/document.ts'

export type SimulatedDecision = 'allowed' | 'explicitDeny' | 'implicitDeny'

export interface MatchedStatement {
  readonly policyId: string
  readonly policyType: 'IAM Policy' | 'Resource Policy' | 'IAM Permissions Boundary'
  readonly start: Position
  /** Just after the closing brace. */
  readonly end: Position
}

export interface SimulationResult {
  readonly action: string
  readonly resource: string
  readonly decision: SimulatedDecision
  /** That determine the result; never those of service control policies (API reference: EvaluationResult). */
  readonly matched: readonly MatchedStatement[]
  /** As the policies spell them. */
  readonly missing: readonly string[]
  /** What each policy type says, when a resource or trust policy takes part. */
  readonly details: ReadonlyMap<'IAM Policy' | 'Resource Policy', SimulatedDecision>
  /** Undefined when there is no boundary; likewise organisations. */
  readonly allowedByBoundary: boolean | undefined
  readonly allowedByOrganizations: boolean | undefined
}

const typeOf = (layer: LayerName): MatchedStatement['policyType'] =>
  layer === 'resource' || layer === 'trust'
    ? 'Resource Policy'
    : layer === 'boundary'
      ? 'IAM Permissions Boundary'
      : 'IAM Policy'

const decisions = {
  allow: 'allowed',
  explicit_deny: 'explicitDeny',
  implicit_deny: 'implicitDeny',
} as const

/** Every layer's worst word: a boundary or several guardrails must all allow. */
function saidBy(explanation: Explanation, ...layers: readonly LayerName[]): SimulatedDecision | undefined {
  const said = explanation.layers
    .filter(({ layer }) => layers.includes(layer))
    .map((one) => decisions[one.said])
  return said.length === 0
    ? undefined
    : (said.find((one) => one === 'explicitDeny') ?? said.find((one) => one === 'implicitDeny') ?? 'allowed')
}

const lastPart = (document: string): string =>
  document.startsWith('arn:') ? document.slice(document.lastIndexOf('/') + 1) : document

const matchedOf = ({ layer, document, start, end }: StatementRef): MatchedStatement => ({
  policyId: lastPart(document),
  policyType: typeOf(layer),
  start,
  end,
})

/** @param spelled keys in lower case → as the policies write them */
export function resultOf(
  asked: { readonly action: string; readonly resource: string },
  explanation: Explanation,
  spelled: ReadonlyMap<string, string>,
): SimulationResult {
  const { reason, layers, missing } = explanation
  const deciding = layers
    .filter(({ said, layer }) => layer !== 'guardrail' && said === (reason === 'allowed' ? 'allow' : reason))
    .flatMap(({ statements }) => statements)
  const granted = saidBy(explanation, 'resource', 'trust')
  const boundary = saidBy(explanation, 'boundary')
  const organizations = saidBy(explanation, 'guardrail')
  return {
    ...asked,
    decision: reason === 'allowed' ? 'allowed' : reason === 'explicit_deny' ? 'explicitDeny' : 'implicitDeny',
    matched: deciding.map(matchedOf),
    missing: missing.map((key) => spelled.get(key.toLowerCase()) ?? key),
    details: new Map(
      granted === undefined
        ? []
        : [
            ['IAM Policy', saidBy(explanation, 'identity') ?? 'implicitDeny'],
            ['Resource Policy', granted],
          ],
    ),
    allowedByBoundary: boundary === undefined ? undefined : boundary === 'allowed',
    allowedByOrganizations: organizations === undefined ? undefined : organizations === 'allowed',
  }
}
