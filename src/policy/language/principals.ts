// Parses the principals of a resource or trust policy.

import { type JsonNode, shown } from './json.ts'
import type { Reading } from './parse-context.ts'
import { readTexts } from './patterns.ts'
import type { PrincipalName, PrincipalType } from './syntax.ts'

/** Parses `"*"` or an object from principal type to names; undefined when the element is absent. */
export function readPrincipals(
  node: JsonNode | undefined,
  reading: Reading,
): readonly PrincipalName[] | undefined {
  if (node === undefined) return undefined
  const { faults, path } = reading
  if (node.type === 'string') {
    if (node.value !== '*')
      faults.unexpected(node.value, 'principal', '`*` or an object such as `{"AWS": …}`', node.start, path)
    return [{ type: 'AWS', name: { text: '*', at: faults.place(node.start) } }]
  }
  if (node.type !== 'object') {
    faults.wrongType(node, '`*` or an object such as `{"AWS": …}`', path)
    return undefined
  }
  if (node.members.length === 0) faults.add('unexpected empty object, expected a principal', node.start, path)
  const names: PrincipalName[] = []
  for (const member of node.members) {
    const type = principalTypes.find((known) => known === member.key)
    if (type === undefined) {
      faults.unknownElement(member, principalTypes, path)
      continue
    }
    const checked = readTexts(member.value, { ...reading, path: `${path}.${type}` }, nameFault.get(type)!)
    for (const name of checked ?? []) names.push({ type, name })
  }
  return names
}

const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const satisfies PrincipalType[]

const wildcard = (text: string): boolean => text.includes('*') || text.includes('?')
const unexpected = (text: string, expected: string): string =>
  `unexpected principal \`${shown(text)}\`, expected ${expected}`

/**
 * The forms of an AWS principal. Saving a trust policy replaces the ARNs of users, roles and role sessions by unique ids
 * (`AROA…:name` for a session), so both are accepted.
 */
const awsForms: readonly RegExp[] = [
  /^\*$/,
  /^\d{12}$/,
  /^A(IDA|ROA)[A-Z0-9]{4,124}$/,
  /^AROA[A-Z0-9]{4,124}:[^\s:/]+$/,
  /^arn:[a-z0-9-]+:iam::\d{12}:root$/,
  /^arn:[a-z0-9-]+:iam::\d{12}:(user|role)\/[^\s:]+$/,
  /^arn:[a-z0-9-]+:sts::\d{12}:assumed-role\/[^\s:/]+\/[^\s:/]+$/,
  /^arn:[a-z0-9-]+:sts::\d{12}:federated-user\/[^\s:/]+$/,
]

const nameFault: ReadonlyMap<PrincipalType, (text: string) => string | undefined> = new Map([
  [
    'AWS',
    (text: string) => {
      if (awsForms.some((form) => form.test(text)) && (text === '*' || !wildcard(text))) return undefined
      if (text.includes(':group/'))
        return unexpected(text, 'a user, role or account: a group is not a principal')
      if (wildcard(text))
        return unexpected(text, '`*` alone or a whole name: wildcards are not allowed in a principal')
      return unexpected(text, '`*`, 12 digits, or the ARN or unique id of a user, role, session or account')
    },
  ],
  [
    'Service',
    (text: string) =>
      wildcard(text) || !/^[^\s:/]+$/.test(text) ? unexpected(text, "a service's name") : undefined,
  ],
  [
    'Federated',
    (text: string) =>
      wildcard(text) || !/^[^\s]+$/.test(text) ? unexpected(text, "a provider's ARN") : undefined,
  ],
  [
    'CanonicalUser',
    (text: string) =>
      wildcard(text) || !/^[^\s]+$/.test(text) ? unexpected(text, 'a canonical user id') : undefined,
  ],
])
