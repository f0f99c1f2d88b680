// Parses one statement: which elements are required and allowed for its kind of document, and their values.
import { awsActionFault, awsResourceFault } from './aws-checks.ts'
import { readConditions } from './condition-block.ts'
import { type JsonMember, type JsonNode, shown } from './json.ts'
import type { Reading } from './parse-context.ts'
import { actionFault, readTexts, resourceFault } from './patterns.ts'
import { readPrincipals } from './principals.ts'
import { type DocumentKind, kindLabels, type PrincipalName, type Statement, type Written } from './syntax.ts'

/** The elements of a statement (IAM User Guide, "IAM JSON policy elements reference"). */
export const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const
type Element = (typeof statementElements)[number]
type Members = ReadonlyMap<string, JsonMember>

/** Undefined when the node is not an object; otherwise a statement, valid only if no fault was added. */
export function readStatement(node: JsonNode, index: number, reading: Reading): Statement | undefined {
  const { faults, path } = reading
  if (node.type !== 'object') {
    faults.wrongType(node, 'a statement object', path)
    return undefined
  }
  const members = new Map<string, JsonMember>()
  for (const member of node.members) {
    if (!(statementElements as readonly string[]).includes(member.key))
      faults.unknownElement(member, statementElements, path)
    else if (!members.has(member.key)) members.set(member.key, member)
  }
  for (const rule of presence) rule(members, node, reading)
  const texts = (
    name: Element,
    check: (text: string) => string | undefined,
  ): readonly Written[] | undefined =>
    readTexts(members.get(name)?.value, { ...reading, path: `${path}.${name}` }, check)
  const action = (text: string): string | undefined =>
    actionFault(text, reading.kind) ?? (reading.saving ? awsActionFault(text, reading.kind) : undefined)
  const actions = texts('Action', action)
  const resource = (text: string): string | undefined =>
    resourceFault(text, reading.version) ??
    (reading.saving ? awsResourceFault(text, actions?.map((written) => written.text) ?? []) : undefined)
  const principals = (name: Element): readonly PrincipalName[] | undefined =>
    readPrincipals(members.get(name)?.value, { ...reading, path: `${path}.${name}` })
  const condition = members.get('Condition')?.value
  return {
    index,
    sid: readSid(members.get('Sid')?.value, reading),
    effect: readEffect(members.get('Effect')?.value, reading),
    principals: principals('Principal'),
    notPrincipals: principals('NotPrincipal'),
    actions,
    notActions: texts('NotAction', action),
    resources: texts('Resource', resource),
    notResources: texts('NotResource', resource),
    conditions: condition ? readConditions(condition, { ...reading, path: `${path}.Condition` }) : [],
    start: faults.place(node.start),
    end: faults.place(node.end),
  }
}

type PresenceRule = (members: Members, node: JsonNode, reading: Reading) => void

const forbidden =
  (name: Element, kinds: readonly DocumentKind[], why = ''): PresenceRule =>
  (members, _node, { kind, faults, path }) => {
    const member = members.get(name)
    if (member === undefined || !kinds.includes(kind)) return
    faults.add(
      `\`${name}\` is not allowed in ${kindLabels.get(kind)}${why}`,
      member.keyStart,
      `${path}.${name}`,
    )
  }
const exactlyOne =
  (one: Element, other: Element, kinds: readonly DocumentKind[]): PresenceRule =>
  (members, node, { kind, faults, path }) => {
    const second = members.get(other)
    if (members.has(one) && second !== undefined)
      faults.add(`\`${one}\` and \`${other}\` together, expected one of them`, second.keyStart, path)
    if (!members.has(one) && second === undefined && kinds.includes(kind))
      faults.add(`\`${one}\` is missing, expected \`${one}\` or \`${other}\``, node.start, path)
  }

const attached = ['identity', 'session', 'boundary', 'guardrail'] as const
const everyKind = [...attached, 'resource', 'trust'] as const

/** IAM User Guide, "Grammar of the IAM JSON policy language", with the differences of each kind of document. */
const presence: readonly PresenceRule[] = [
  (members, node, { faults, path }) => {
    if (!members.has('Effect'))
      faults.add('`Effect` is missing, expected `Allow` or `Deny`', node.start, path)
  },
  forbidden('Principal', attached, ': it applies to whom it is attached to'),
  forbidden('NotPrincipal', attached, ': it applies to whom it is attached to'),
  forbidden('NotPrincipal', ['trust'], ', expected `Principal`'),
  forbidden('Resource', ['trust'], ': the resource is the role'),
  forbidden('NotResource', ['trust'], ': the resource is the role'),
  exactlyOne('Principal', 'NotPrincipal', ['resource', 'trust']),
  exactlyOne('Action', 'NotAction', everyKind),
  exactlyOne('Resource', 'NotResource', [...attached, 'resource']),
]

function readSid(node: JsonNode | undefined, { faults, path }: Reading): string | undefined {
  if (node === undefined) return undefined
  if (node.type !== 'string') faults.wrongType(node, 'a string', `${path}.Sid`)
  else if (/^[A-Za-z0-9]*$/.test(node.value)) return node.value
  else
    faults.add(
      `unexpected \`Sid\` \`${shown(node.value)}\`, expected only letters and digits`,
      node.start,
      `${path}.Sid`,
    )
  return undefined
}

function readEffect(node: JsonNode | undefined, { faults, path }: Reading): 'Allow' | 'Deny' {
  if (node?.type === 'string' && (node.value === 'Allow' || node.value === 'Deny')) return node.value
  const expected = '`Allow` or `Deny`'
  if (node?.type === 'string') faults.unexpected(node.value, 'effect', expected, node.start, `${path}.Effect`)
  else if (node) faults.wrongType(node, expected, `${path}.Effect`)
  return 'Deny'
}
