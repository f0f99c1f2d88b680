// The picture of a person's access as nodes and edges: person → groups → roles → policies → statements, and what limits them. With
// a question, each way there is decided by the policy engine; the edges of a way that is allowed are lit, and what cuts a way is
// marked. Pure: read-access.ts reads the facts.
import { compile, policySet } from '../../policy/engine/compile.ts'
import { type CoveringStatement, coveringStatements } from '../../policy/engine/coverage.ts'
import { type Explanation, explain, type Layers } from '../../policy/engine/decide.ts'
import { type DocumentKind, parseDocument } from '../../policy/language/document.ts'
import { conditionsInWords, inWords, subjectInWords } from '../../policy/language/in-words.ts'
import type { Request } from '../../policy/request.ts'
import {
  type AccessFacts,
  type AccessQuestion,
  assumeRequest,
  type BearerFacts,
  type BoundaryFacts,
  layersOfPerson,
  layersOfRole,
  type OutsideKind,
  type PolicyFacts,
  type RoleFacts,
  requestOfPerson,
  requestOfRole,
} from './facts.ts'

export type AccessNode =
  | {
      readonly kind: 'person' | 'group' | 'role'
      readonly id: string
      readonly name: string
      readonly arn: string
    }
  | {
      readonly kind: 'policy' | 'boundary'
      readonly id: string
      /** The name of an inline policy or the ARN of a managed policy. */
      readonly name: string
    }
  | { readonly kind: 'guardrails'; readonly id: string }
  /** A principal of a trust policy that is no person or role of the account. */
  | { readonly kind: 'outside'; readonly id: string; readonly what: OutsideKind; readonly name: string }
  | {
      readonly kind: 'statement'
      readonly id: string
      readonly effect: 'Allow' | 'Deny'
      readonly sid: string | undefined
      /** Actions and resources in words, with text of the document in backticks. */
      readonly actions: string
      readonly resources: string
      /** The whole statement as a sentence. */
      readonly sentence: string
    }
  /** What the reader may not see, with the permission that is missing. */
  | { readonly kind: 'hidden'; readonly id: string; readonly what: HiddenPart; readonly permission: string }
  /** An action that needs no permission. */
  | { readonly kind: 'free'; readonly id: string }

export type HiddenPart = 'roles' | 'policies' | 'document' | 'who'

export interface AccessEdge {
  readonly from: string
  readonly to: string
  readonly kind: 'member' | 'trust' | 'holds' | 'limits' | 'allow' | 'deny'
  /** What must hold, in words; undefined: nothing. */
  readonly condition: string | undefined
  /** On a way that is allowed. */
  readonly lit: boolean
  /** It denies the question, or is a limit that does not allow it. */
  readonly cut: boolean
  /** It grants what is asked, on a way that is cut elsewhere. */
  readonly blocked: boolean
  /** It would apply, but its condition does not hold. */
  readonly unmet: boolean
}

type MarkedEdge = { -readonly [Key in keyof AccessEdge]: AccessEdge[Key] }

/** One way to what was asked: as the person, or as a role that the person becomes. */
export interface AccessWay {
  /** Undefined: as the person. */
  readonly role: Pick<RoleFacts, 'id' | 'name' | 'arn'> | undefined
  readonly allowed: boolean
  /** Each must be allowed: becoming the role, then what was asked. */
  readonly steps: readonly { readonly request: Request; readonly explanation: Explanation }[]
}

export interface AccessPicture {
  /** The first is the subject of the picture. Every other node can be reached from it along the edges, or has an edge to it. */
  readonly nodes: readonly AccessNode[]
  readonly edges: readonly AccessEdge[]
  /** Without a question: empty. */
  readonly ways: readonly AccessWay[]
}

export const bearerNode = ({ kind, id }: Pick<BearerFacts, 'kind' | 'id'>): string => `${kind}:${id}`
/** A managed policy is one node, however many have it. */
const policyNode = (bearer: BearerFacts, { name }: PolicyFacts): string =>
  bearer.hidden !== undefined
    ? `hidden:${bearer.id}`
    : name.startsWith('arn:')
      ? `policy:${name}`
      : `policy:${bearer.id}:${name}`
const boundaryNode = ({ name }: BoundaryFacts): string => `boundary:${name}`
export const guardrailsNode = 'guardrails'
const statementNode = (policy: string, document: number, index: number): string =>
  `statement:${policy}:${document}:${index}`

export class Drawing {
  readonly #nodes = new Map<string, AccessNode>()
  readonly #edges = new Map<string, MarkedEdge>()
  readonly ways: AccessWay[] = []

  node(node: AccessNode): string {
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, node)
    return node.id
  }

  edge(from: string, to: string, kind: AccessEdge['kind'], condition?: string): MarkedEdge {
    const key = JSON.stringify([from, to])
    const known = this.#edges.get(key)
    if (known !== undefined) return known
    const made = { from, to, kind, condition, lit: false, cut: false, blocked: false, unmet: false }
    this.#edges.set(key, made)
    return made
  }

  /** An edge with its marks. */
  copy(edge: AccessEdge): void {
    this.#edges.set(JSON.stringify([edge.from, edge.to]), { ...edge })
  }

  /** The edge, when it is drawn. */
  find(from: string, to: string): MarkedEdge | undefined {
    return this.#edges.get(JSON.stringify([from, to]))
  }

  picture(): AccessPicture {
    return { nodes: [...this.#nodes.values()], edges: [...this.#edges.values()], ways: this.ways }
  }
}

/** The picture, with the answer to the question if there is one. */
export function accessPicture(facts: AccessFacts, question?: AccessQuestion): AccessPicture {
  const drawing = new Drawing()
  drawStructure(drawing, facts)
  if (question !== undefined) {
    answerAsPerson(drawing, facts, question)
    for (const role of facts.roles) if (role.undecided !== true) answerAsRole(drawing, facts, role, question)
  }
  return drawing.picture()
}

function drawStructure(drawing: Drawing, facts: AccessFacts): void {
  const { person, groups, roles, guardrails, rolesHidden } = facts
  const from = drawing.node({ kind: 'person', id: bearerNode(person), name: person.name, arn: person.arn })
  drawPolicies(drawing, person)
  drawBoundary(drawing, from, person.boundary)
  if (guardrails !== undefined) drawGuardrails(drawing, from, guardrails)
  for (const group of groups) {
    const { name, arn } = group
    drawing.edge(from, drawing.node({ kind: 'group', id: bearerNode(group), name, arn }), 'member')
    drawPolicies(drawing, group)
  }
  for (const role of roles) {
    const to = drawing.node({ kind: 'role', id: bearerNode(role), name: role.name, arn: role.arn })
    drawing.edge(from, to, 'trust', trustCondition(facts, role))
    drawPolicies(drawing, role)
    drawBoundary(drawing, to, role.boundary)
  }
  if (rolesHidden !== undefined)
    drawing.edge(
      from,
      drawing.node({ kind: 'hidden', id: 'hidden:roles', what: 'roles', permission: rolesHidden }),
      'trust',
    )
}

/** What must hold for the trust policy to let the person in; undefined when one statement needs nothing more. */
function trustCondition(facts: AccessFacts, role: RoleFacts): string | undefined {
  const { document } = parseDocument(role.trust, 'trust')
  const request = assumeRequest(facts, facts.person, role)
  const set = policySet([compile(role.trust, 'trust', role.arn)])
  const conditions = coveringStatements(request, set, 'trust', facts.person.boundary !== undefined)
    .filter(({ allow }) => allow)
    .map(({ ref }) => document?.statements[ref.index])
    .map((statement) => statement && conditionsInWords(statement))
  if (conditions.length === 0 || conditions.some((one) => one === undefined)) return undefined
  return [...new Set(conditions)].join(', or ')
}

export function drawPolicies(drawing: Drawing, bearer: BearerFacts): void {
  const from = bearerNode(bearer)
  if (bearer.hidden !== undefined) {
    const permission = bearer.hidden
    const id = `hidden:${bearer.id}`
    drawing.edge(from, drawing.node({ kind: 'hidden', id, what: 'policies', permission }), 'holds')
    return
  }
  for (const policy of bearer.policies) {
    const to = drawing.node({ kind: 'policy', id: policyNode(bearer, policy), name: policy.name })
    drawing.edge(from, to, 'holds')
    drawStatements(drawing, to, [policy], 'identity')
  }
}

export function drawBoundary(drawing: Drawing, from: string, boundary: BoundaryFacts | undefined): void {
  if (boundary === undefined) return
  const { name, document, hidden } = boundary
  const to = drawing.node({ kind: 'boundary', id: boundaryNode(boundary), name })
  drawing.edge(from, to, 'limits')
  if (document !== undefined) drawStatements(drawing, to, [{ name, document, hidden }], 'boundary')
}

export function drawGuardrails(drawing: Drawing, from: string, guardrails: readonly PolicyFacts[]): void {
  const to = drawing.node({ kind: 'guardrails', id: guardrailsNode })
  drawing.edge(from, to, 'limits')
  drawStatements(drawing, to, guardrails, 'guardrail')
}

export function drawStatements(
  drawing: Drawing,
  from: string,
  policies: readonly PolicyFacts[],
  kind: DocumentKind,
): void {
  for (const [at, { document: text, hidden }] of policies.entries()) {
    if (hidden !== undefined) {
      const id = `hidden:${from}:${at}`
      drawing.edge(from, drawing.node({ kind: 'hidden', id, what: 'document', permission: hidden }), 'holds')
      continue
    }
    const { document } = parseDocument(text, kind)
    if (document === undefined) continue
    const sentences = inWords(document)
    for (const [place, statement] of document.statements.entries()) {
      const { effect, sid, index } = statement
      const to = drawing.node({
        kind: 'statement',
        id: statementNode(from, at, index),
        effect,
        sid,
        ...subjectInWords(statement),
        sentence: sentences[place]?.text ?? '',
      })
      drawing.edge(from, to, effect === 'Allow' ? 'allow' : 'deny', conditionsInWords(statement))
    }
  }
}

/** Whether a trust policy takes part in the decision. */
export const isAssume = (action: string): boolean =>
  /^sts:(?:assumerole|tagsession|setsourceidentity)$/i.test(action)

function answerAsPerson(drawing: Drawing, facts: AccessFacts, question: AccessQuestion): void {
  const { person, groups, guardrails } = facts
  const request = requestOfPerson(facts, person, question)
  const target = isAssume(question.action)
    ? facts.roles.find(({ arn }) => arn === question.resource)
    : undefined
  const layers: Layers = {
    ...layersOfPerson(facts),
    ...(target && { trust: policySet([compile(target.trust, 'trust', target.arn)]) }),
  }
  const explanation = explain(request, layers)
  drawing.ways.push({
    role: undefined,
    allowed: explanation.effect === 'allow',
    steps: [{ request, explanation }],
  })
  const from = bearerNode(person)
  const marks = new Marks(drawing, request, explanation, person.boundary !== undefined)
  marks.policies(from, person)
  for (const group of groups)
    if (marks.policies(bearerNode(group), group)) marks.reached(drawing.find(from, bearerNode(group)))
  marks.boundary(from, person.boundary)
  if (guardrails !== undefined) marks.guardrails(from, guardrails)
  if (target !== undefined) marks.trust(drawing.find(from, bearerNode(target)), target)
  marks.withoutStatement(from)
}

function answerAsRole(drawing: Drawing, facts: AccessFacts, role: RoleFacts, question: AccessQuestion): void {
  const { person, groups, guardrails } = facts
  const assume = assumeRequest(facts, person, role, question.context)
  const trust = policySet([compile(role.trust, 'trust', role.arn)])
  const first = explain(assume, { ...layersOfPerson(facts), trust })
  const request = requestOfRole(facts, role, question)
  const second = explain(request, layersOfRole(role, guardrails))
  const allowed = first.effect === 'allow' && second.effect === 'allow'
  drawing.ways.push({
    role: { id: role.id, name: role.name, arn: role.arn },
    allowed,
    steps: [
      { request: assume, explanation: first },
      { request, explanation: second },
    ],
  })
  const from = bearerNode(role)
  const inFront = drawing.find(bearerNode(person), from)
  // Becoming the role: only what cuts it is marked, for what grants it is not what was asked.
  const becoming = new Marks(drawing, assume, first, person.boundary !== undefined)
  if (second.effect === 'allow' && first.effect === 'deny') {
    becoming.trust(inFront, role)
    for (const bearer of [person, ...groups]) becoming.denials(bearerNode(bearer), bearer)
    becoming.boundary(bearerNode(person), person.boundary)
    if (guardrails !== undefined) becoming.guardrails(bearerNode(person), guardrails)
    if (inFront !== undefined && first.reason === 'implicit_deny') inFront.unmet = true
  }
  const marks = new Marks(drawing, request, second, role.boundary !== undefined, allowed)
  const reached = marks.policies(from, role)
  if ((reached || second.effect === 'allow') && inFront !== undefined) marks.reached(inFront)
  marks.boundary(from, role.boundary)
  if (guardrails !== undefined && second.layer === 'guardrail') {
    drawing.edge(from, guardrailsNode, 'limits')
    marks.guardrails(from, guardrails)
  }
  marks.withoutStatement(from)
}

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
    if (this.#allowed) edge.lit = true
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
    this.#drawing.edge(from, this.#drawing.node({ kind: 'free', id: 'free' }), 'allow').lit = true
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
