// Parses the Condition element: operators, keys and values. The meaning of the operators is in operators.ts.

import { type JsonMember, type JsonNode, shown } from './json.ts'
import { operators, spelling } from './operators.ts'
import type { Reading } from './parse-context.ts'
import type { Condition, Written } from './syntax.ts'

type SetOperator = 'ForAllValues' | 'ForAnyValue'

interface Operation {
  readonly operator: string
  readonly set: SetOperator | undefined
  readonly ifExists: boolean
}

/** Parses an object of objects; an empty object means no condition. */
export function readConditions(node: JsonNode, reading: Reading): readonly Condition[] {
  const { faults, path } = reading
  if (node.type !== 'object') {
    faults.wrongType(node, 'an object of operators', path)
    return []
  }
  return node.members.flatMap((member) => readOperator(member, { ...reading, path: `${path}.${member.key}` }))
}

function readOperator(member: JsonMember, reading: Reading): readonly Condition[] {
  const { faults, path } = reading
  const keys = member.value
  if (keys.type !== 'object') {
    faults.wrongType(keys, 'an object of condition keys', path)
    return []
  }
  // AWS accepts a block without keys, whatever its operator; it is no condition.
  if (keys.members.length === 0) return []
  const operation = readOperation(member.key)
  if (typeof operation === 'string') {
    faults.add(operation, member.keyStart, path)
    return []
  }
  const at = faults.place(member.keyStart)
  return keys.members.map((entry) => ({
    ...operation,
    at,
    key: readKey(entry, reading),
    values: readValues(entry.value, operation, { ...reading, path: `${path}.${shown(entry.key)}` }),
  }))
}

/** Parses `ForAnyValue:StringLikeIfExists` case-insensitively; returns an error message when it is not valid. */
function readOperation(text: string): Operation | string {
  const lower = text.toLowerCase()
  const set = setOperators.find((name) => lower.startsWith(`${name.toLowerCase()}:`))
  const rest = set === undefined ? lower : lower.slice(set.length + 1)
  const ifExists = rest.endsWith('ifexists')
  const base = ifExists ? rest.slice(0, -'ifexists'.length) : rest
  const operator = spelling.get(base)
  if (operator === undefined)
    return `unexpected operator \`${shown(text)}\`, expected one such as ${nearest(base)}`
  if (operator === 'Null' && (ifExists || set !== undefined))
    return `unexpected operator \`${shown(text)}\`, expected \`Null\` without a set operator or \`IfExists\``
  return { operator, set, ifExists }
}

const setOperators = ['ForAllValues', 'ForAnyValue'] as const satisfies SetOperator[]

/** The operators of the same family, for an error message. */
function nearest(base: string): string {
  const family = [...spelling].filter(([lower]) => lower.slice(0, 3) === base.slice(0, 3))
  const names = family.length > 0 ? family : [...spelling].slice(0, 4)
  return names
    .slice(0, 4)
    .map(([, name]) => `\`${name}\``)
    .join(', ')
}

function readKey(entry: JsonMember, { faults, path }: Reading): Written {
  const valid = entry.key.length > 0 && !/[\s${}*?"]/.test(entry.key)
  // The key of a tag may contain almost anything: `aws:PrincipalTag/cost center`.
  const tag = /^[^\s/]+tag\/./i.test(entry.key)
  if (!valid && !tag)
    faults.unexpected(entry.key, 'condition key', 'a name such as `aws:SourceIp`', entry.keyStart, path)
  return { text: entry.key, at: faults.place(entry.keyStart) }
}

function readValues(node: JsonNode, operation: Operation, reading: Reading): readonly Written[] {
  const { faults, path, version } = reading
  // AWS accepts an empty list: no value matches it.
  const items = node.type === 'array' ? node.items : [node]
  const values: Written[] = []
  for (const item of items) {
    if (item.type !== 'string' && item.type !== 'number' && item.type !== 'boolean') {
      faults.wrongType(item, 'a string, number or boolean', path)
      continue
    }
    const fault = operators.get(operation.operator)!.fault(item.value, version)
    if (fault !== undefined)
      faults.add(
        `unexpected value \`${shown(item.value)}\` for \`${operation.operator}\`, ${fault}`,
        item.start,
        path,
      )
    values.push({ text: item.value, at: faults.place(item.start) })
  }
  return values
}
