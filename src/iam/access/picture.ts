// The picture of a person's access as nodes and edges: person → groups → roles → policies → statements, and what limits them. With
// a question, each way there is decided by the policy engine; the edges of a way that is allowed are marked as on the way, and what cuts a way is
// marked. Pure: read-access.ts reads the facts.
import { compile, policySet } from '../../policy/engine/compile.ts'
import { coveringStatements } from '../../policy/engine/coverage.ts'
import { explain, type Layers } from '../../policy/engine/decide.ts'
import { parseDocument } from '../../policy/language/document.ts'
import { conditionsInWords } from '../../policy/language/in-words.ts'
import {
  type AccessPicture,
  bearerNode,
  Drawing,
  drawBoundary,
  drawGuardrails,
  drawPolicies,
  guardrailsNode,
} from './drawing.ts'
import {
  type AccessFacts,
  type AccessQuestion,
  assumeRequest,
  layersOfPerson,
  layersOfRole,
  type RoleFacts,
  requestOfPerson,
  requestOfRole,
} from './facts.ts'
import { Marks } from './marks.ts'

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
