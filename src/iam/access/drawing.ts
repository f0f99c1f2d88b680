// The nodes and edges of a picture of access: principals, policies, statements, and what limits them. Pure.
import type { Explanation } from '../../policy/engine/decide.ts'
import { type DocumentKind, parseDocument } from '../../policy/language/document.ts'
import { conditionsInWords, inWords, subjectInWords } from '../../policy/language/in-words.ts'
import type { Request } from '../../policy/request.ts'
import type { BearerFacts, BoundaryFacts, OutsideKind, PolicyFacts, RoleFacts } from './facts.ts'

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
  readonly onWay: boolean
  /** It denies the question, or is a limit that does not allow it. */
  readonly cut: boolean
  /** It grants what is asked, on a way that is cut elsewhere. */
  readonly blocked: boolean
  /** It would apply, but its condition does not hold. */
  readonly unmet: boolean
}

export type MarkedEdge = { -readonly [Key in keyof AccessEdge]: AccessEdge[Key] }

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
export const policyNode = (bearer: BearerFacts, { name }: PolicyFacts): string =>
  bearer.hidden !== undefined
    ? `hidden:${bearer.id}`
    : name.startsWith('arn:')
      ? `policy:${name}`
      : `policy:${bearer.id}:${name}`
export const boundaryNode = ({ name }: BoundaryFacts): string => `boundary:${name}`
export const guardrailsNode = 'guardrails'
export const statementNode = (policy: string, document: number, index: number): string =>
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
    const made = { from, to, kind, condition, onWay: false, cut: false, blocked: false, unmet: false }
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
