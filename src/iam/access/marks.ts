// Marks the edges of a picture that have a part in a decision of the policy engine. Pure.
import { compile, policySet } from '../../policy/engine/compile.ts'
import { type CoveringStatement, coveringStatements } from '../../policy/engine/coverage.ts'
import type { Explanation } from '../../policy/engine/decide.ts'
import type { Request } from '../../policy/request.ts'
import {
  boundaryNode,
  type Drawing,
  guardrailsNode,
  type MarkedEdge,
  policyNode,
  statementNode,
} from './drawing.ts'
import type { BearerFacts, BoundaryFacts, PolicyFacts, RoleFacts } from './facts.ts'

/** Marks the edges of one decision. */
export class Marks {
  readonly #drawing: Drawing
  readonly #request: Request
  readonly #explanation: Explanation
  readonly #bounded: boolean
  readonly #allowed: boolean

  /** @param allowed whether the whole way is, of which this decision is the last step */
  constructor(
    drawing: Drawing,
    request: Request,
    explanation: Explanation,
    bounded: boolean,
    allowed = explanation.effect === 'allow',
  ) {
    this.#drawing = drawing
    this.#request = request
    this.#explanation = explanation
    this.#bounded = bounded
    this.#allowed = allowed
  }

  /** An edge on the way to something that grants what is asked. */
  reached(edge: MarkedEdge | undefined): void {
    if (edge === undefined) return
    if (this.#allowed) edge.onWay = true
    else edge.blocked = true
  }

  /** Whether one of the policies grants what is asked. */
  policies(from: string, bearer: BearerFacts): boolean {
    const granting = bearer.policies.map((policy) => {
      const node = policyNode(bearer, policy)
      const edge = this.#drawing.find(from, node)
      const grants = this.#statements(edge, node, [policy], 'identity')
      if (grants) this.reached(edge)
      return grants
    })
    return granting.includes(true)
  }

  /** The statements of one policy, which is drawn itself. */
  statements(node: string, policy: PolicyFacts): void {
    this.#statements(undefined, node, [policy], 'identity')
  }

  /** Only what denies. */
  denials(from: string, bearer: BearerFacts): void {
    for (const policy of bearer.policies) {
      const node = policyNode(bearer, policy)
      const holder = this.#drawing.find(from, node)
      for (const { edge = holder, one } of this.#covering(node, [policy], 'identity'))
        if (!one.allow && one.holds) this.#deny(edge)
    }
  }

  boundary(from: string, boundary: BoundaryFacts | undefined): void {
    if (boundary === undefined) return
    const { name, document, hidden } = boundary
    const policies = document === undefined ? [] : [{ name, document, hidden }]
    this.#limit(from, boundaryNode(boundary), policies, 'boundary')
  }

  guardrails(from: string, guardrails: readonly PolicyFacts[]): void {
    this.#limit(from, guardrailsNode, guardrails, 'guardrail')
  }

  trust(edge: MarkedEdge | undefined, { trust, arn }: RoleFacts): void {
    if (edge === undefined) return
    const set = policySet([compile(trust, 'trust', arn)])
    const covering = coveringStatements(this.#request, set, 'trust', this.#bounded)
    if (covering.some(({ allow, holds }) => !allow && holds)) this.#deny(edge)
    else if (this.#explanation.effect === 'allow') this.reached(edge)
    else if (this.#explanation.layer === 'trust') edge.unmet = true
  }

  /** What is allowed without a statement: sts:GetCallerIdentity. */
  withoutStatement(from: string): void {
    if (!this.#allowed || this.#explanation.statements.length > 0) return
    this.#drawing.edge(from, this.#drawing.node({ kind: 'free', id: 'free' }), 'allow').onWay = true
  }

  /** Nothing denies sts:GetCallerIdentity. */
  #deny(edge: MarkedEdge | undefined): void {
    if (edge !== undefined && this.#explanation.reason === 'explicit_deny') edge.cut = true
  }

  #limit(
    from: string,
    node: string,
    policies: readonly PolicyFacts[],
    layer: 'boundary' | 'guardrail',
  ): void {
    const edge = this.#drawing.find(from, node)
    if (edge === undefined) return
    if (this.#statements(edge, node, policies, layer)) this.reached(edge)
    const { reason, layer: denied } = this.#explanation
    if (reason === 'implicit_deny' && denied === layer) edge.cut = true
  }

  /** @param holder the edge to the policies, for statements that are not drawn. @returns whether one of them allows what is asked */
  #statements(
    holder: MarkedEdge | undefined,
    node: string,
    policies: readonly PolicyFacts[],
    layer: 'identity' | 'boundary' | 'guardrail',
  ): boolean {
    let grants = false
    for (const { edge = holder, one } of this.#covering(node, policies, layer)) {
      if (one.allow && one.holds) {
        grants = true
        this.reached(edge)
      } else if (edge !== undefined) {
        if (one.holds) this.#deny(edge)
        else edge.unmet = true
      }
    }
    return grants
  }

  /** With the edge of each statement, or that of the document when it is hidden; undefined when neither is drawn. */
  *#covering(
    node: string,
    policies: readonly PolicyFacts[],
    layer: 'identity' | 'boundary' | 'guardrail',
  ): Generator<{ readonly edge: MarkedEdge | undefined; readonly one: CoveringStatement }> {
    for (const [at, { name, document, hidden }] of policies.entries()) {
      const set = policySet([compile(document, layer, name)])
      for (const one of coveringStatements(this.#request, set, layer, this.#bounded)) {
        const to = hidden === undefined ? statementNode(node, at, one.ref.index) : `hidden:${node}:${at}`
        yield { edge: this.#drawing.find(node, to), one }
      }
    }
  }
}
