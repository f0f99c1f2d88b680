// Converts the policy engine's explanation into the simulation result of one action and resource.
import type { Explanation, LayerName, StatementRef } from '../../policy/engine/decide.ts'
import type { Position } from '../../policy/language/document.ts'

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
  /** The statements that determine the result; never those of service control policies (API reference: EvaluationResult). */
  readonly matched: readonly MatchedStatement[]
  /** Context keys that are missing in the input, spelled as in the policies. */
  readonly missing: readonly string[]
  /** The decision of each policy type, when a resource or trust policy takes part. */
  readonly details: ReadonlyMap<'IAM Policy' | 'Resource Policy', SimulatedDecision>
  /** Undefined without a boundary; likewise without service control policies. */
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

/** The combined decision of the layers, all of which must allow; undefined when none takes part. */
function decisionOfLayers(
  explanation: Explanation,
  ...layers: readonly LayerName[]
): SimulatedDecision | undefined {
  const ofLayers = explanation.layers
    .filter(({ layer }) => layers.includes(layer))
    .map((one) => decisions[one.said])
  return ofLayers.length === 0
    ? undefined
    : (ofLayers.find((one) => one === 'explicitDeny') ??
        ofLayers.find((one) => one === 'implicitDeny') ??
        'allowed')
}

const lastPart = (document: string): string =>
  document.startsWith('arn:') ? document.slice(document.lastIndexOf('/') + 1) : document

const matchedOf = ({ layer, document, start, end }: StatementRef): MatchedStatement => ({
  policyId: lastPart(document),
  policyType: typeOf(layer),
  start,
  end,
})

/** @param spelled context keys in lower case → as spelled in the policies */
export function toResult(
  asked: { readonly action: string; readonly resource: string },
  explanation: Explanation,
  spelled: ReadonlyMap<string, string>,
): SimulationResult {
  const { reason, layers, missing } = explanation
  const deciding = layers
    .filter(({ said, layer }) => layer !== 'guardrail' && said === (reason === 'allowed' ? 'allow' : reason))
    .flatMap(({ statements }) => statements)
  const granted = decisionOfLayers(explanation, 'resource', 'trust')
  const boundary = decisionOfLayers(explanation, 'boundary')
  const organizations = decisionOfLayers(explanation, 'guardrail')
  return {
    ...asked,
    decision: reason === 'allowed' ? 'allowed' : reason === 'explicit_deny' ? 'explicitDeny' : 'implicitDeny',
    matched: deciding.map(matchedOf),
    missing: missing.map((key) => spelled.get(key.toLowerCase()) ?? key),
    details: new Map(
      granted === undefined
        ? []
        : [
            ['IAM Policy', decisionOfLayers(explanation, 'identity') ?? 'implicitDeny'],
            ['Resource Policy', granted],
          ],
    ),
    allowedByBoundary: boundary === undefined ? undefined : boundary === 'allowed',
    allowedByOrganizations: organizations === undefined ? undefined : organizations === 'allowed',
  }
}
