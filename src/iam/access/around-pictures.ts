// Pictures of a role, a group and a policy, in the form of a person's (picture.ts): who may become it, is in it or has it leads to it,
// and what it reaches follows. Pure: read-around.ts reads the facts.
import { compile, policySet } from '../../policy/engine/compile.ts'
import { explain } from '../../policy/engine/decide.ts'
import { parseDocument, type Statement } from '../../policy/language/document.ts'
import { any, globMatches, star } from '../../policy/language/glob.ts'
import { conditionsInWords } from '../../policy/language/in-words.ts'
import type { PrincipalName } from '../../policy/language/syntax.ts'
import {
  type AccessEdge,
  type AccessPicture,
  bearerNode,
  Drawing,
  drawBoundary,
  drawGuardrails,
  drawPolicies,
  drawStatements,
} from './drawing.ts'
import {
  type AccessFacts,
  type AccessQuestion,
  type AroundFacts,
  type BearerFacts,
  layersOfRole,
  type PersonFacts,
  type PolicyFacts,
  type RoleFacts,
  requestOfPerson,
  requestOfRole,
  type WhoFacts,
} from './facts.ts'
import { Marks } from './marks.ts'
import { accessPicture } from './picture.ts'

export interface RoleAroundFacts extends AroundFacts {
  readonly role: RoleFacts
  readonly guardrails: readonly PolicyFacts[] | undefined
}

export interface PolicyAroundFacts extends AroundFacts {
  readonly policy: PolicyFacts
}

export interface GroupAroundFacts
  extends AroundFacts,
    Pick<AccessFacts, 'roles' | 'rolesHidden' | 'guardrails'> {
  readonly group: BearerFacts
}

function drawWho(
  drawing: Drawing,
  to: string,
  { who, whoHidden }: AroundFacts,
  kind: AccessEdge['kind'],
  conditions: ReadonlyMap<string, string | undefined> = new Map(),
): void {
  if (whoHidden !== undefined) {
    const hidden = { kind: 'hidden', id: 'hidden:who', what: 'who', permission: whoHidden } as const
    drawing.edge(drawing.node(hidden), to, kind)
  }
  for (const one of who) {
    const id = whoNode(one)
    // A role that trusts itself.
    if (id === to) continue
    drawing.edge(drawing.node({ ...one, id }), to, kind, conditions.get(id))
  }
}

const whoNode = (one: WhoFacts): string =>
  one.kind === 'outside' ? `outside:${one.what}:${one.name}` : bearerNode(one)

/** @param facts `who` has one for each of `trustedNames` */
export function rolePicture(facts: RoleAroundFacts, question?: AccessQuestion): AccessPicture {
  const { role, guardrails } = facts
  const drawing = new Drawing()
  const start = drawing.node({ kind: 'role', id: bearerNode(role), name: role.name, arn: role.arn })
  drawPolicies(drawing, role)
  drawBoundary(drawing, start, role.boundary)
  if (guardrails !== undefined) drawGuardrails(drawing, start, guardrails)
  drawWho(drawing, start, facts, 'trust', conditionsOf(facts))
  if (question === undefined || role.undecided === true) return drawing.picture()
  const request = requestOfRole(facts, role, question)
  const explanation = explain(request, layersOfRole(role, guardrails))
  const allowed = explanation.effect === 'allow'
  drawing.ways.push({ role: undefined, allowed, steps: [{ request, explanation }] })
  const marks = new Marks(drawing, request, explanation, role.boundary !== undefined)
  marks.policies(start, role)
  marks.boundary(start, role.boundary)
  if (guardrails !== undefined) marks.guardrails(start, guardrails)
  marks.withoutStatement(start)
  return drawing.picture()
}

/** The condition under which each principal may assume the role; undefined when some statement has none. */
function conditionsOf({ role, who }: RoleAroundFacts): ReadonlyMap<string, string | undefined> {
  const names = trustedNames(role.trust)
  return new Map(who.map((one, at) => [whoNode(one), names[at]?.condition]))
}

export interface TrustedName extends Pick<PrincipalName, 'type'> {
  readonly name: string
  readonly condition: string | undefined
}

/** The principals that a trust policy allows to assume the role, as stored and without duplicates. */
export function trustedNames(trust: string): readonly TrustedName[] {
  const { document } = parseDocument(trust, 'trust')
  const found = new Map<
    string,
    { readonly type: PrincipalName['type']; readonly name: string; conditions: (string | undefined)[] }
  >()
  for (const statement of (document?.statements ?? []).filter(letsIn))
    for (const { type, name } of statement.principals ?? []) {
      const key = `${type} ${name.text}`
      const known = found.get(key) ?? { type, name: name.text, conditions: [] }
      known.conditions.push(conditionsInWords(statement))
      found.set(key, known)
    }
  return [...found.values()].map(({ type, name, conditions }) => ({
    type,
    name,
    condition: conditions.includes(undefined) ? undefined : [...new Set(conditions)].join(', or '),
  }))
}

const assumeActions = [
  'sts:assumerole',
  'sts:assumerolewithwebidentity',
  'sts:assumerolewithsaml',
  'sts:assumerolewithldapidentity',
]
const covers = (pattern: string, action: string): boolean =>
  globMatches(pattern.toLowerCase().replaceAll('*', star).replaceAll('?', any), action)

const letsIn = ({ effect, actions, notActions }: Statement): boolean =>
  effect === 'Allow' &&
  assumeActions.some((action) =>
    actions === undefined
      ? !(notActions ?? []).some(({ text }) => covers(text, action))
      : actions.some(({ text }) => covers(text, action)),
  )

/** A person with this policy alone. */
const somebody = (accountId: string): Pick<PersonFacts, 'id' | 'arn' | 'tags'> => ({
  id: 'AIDASOMEBODYSOMEBODYS',
  arn: `arn:aws:iam::${accountId}:user/somebody`,
  tags: [],
})

/** A question is answered for a user who has this policy and no other. */
export function policyPicture(facts: PolicyAroundFacts, question?: AccessQuestion): AccessPicture {
  const { policy, accountId } = facts
  const drawing = new Drawing()
  const start = drawing.node({ kind: 'policy', id: `policy:${policy.name}`, name: policy.name })
  drawStatements(drawing, start, [policy], 'identity')
  drawWho(drawing, start, facts, 'holds')
  if (question === undefined) return drawing.picture()
  const request = requestOfPerson(facts, somebody(accountId), question)
  const identity = policySet([compile(policy.document, 'identity', policy.name)])
  const explanation = explain(request, { identity })
  const allowed = explanation.effect === 'allow'
  drawing.ways.push({ role: undefined, allowed, steps: [{ request, explanation }] })
  const marks = new Marks(drawing, request, explanation, false)
  marks.statements(start, policy)
  marks.withoutStatement(start)
  return drawing.picture()
}

/** A person who is in this group alone, and has nothing else. */
export const memberOf = (accountId: string): PersonFacts => ({
  ...somebody(accountId),
  kind: 'person',
  name: 'somebody',
  policies: [],
  boundary: undefined,
  disabled: false,
})

/** That of a person who is in this group alone, without the person. A question is answered for them. */
export function groupPicture(facts: GroupAroundFacts, question?: AccessQuestion): AccessPicture {
  const { group } = facts
  const member = memberOf(facts.accountId)
  const whole = accessPicture({ ...facts, person: member, groups: [group] }, question)
  const [from, start] = [bearerNode(member), bearerNode(group)]
  const drawing = new Drawing()
  for (const node of whole.nodes.toSorted(
    (one, other) => Number(other.id === start) - Number(one.id === start),
  ))
    if (node.id !== from) drawing.node(node)
  for (const edge of whole.edges)
    if (edge.to !== start) drawing.copy({ ...edge, from: edge.from === from ? start : edge.from })
  drawWho(drawing, start, facts, 'member')
  drawing.ways.push(...whole.ways)
  return drawing.picture()
}
