// PATCH (RFC 7644 §3.5.2) on a resource as JSON, as Entra and Okta write it too: operations in any case, values without a path
// whose keys are paths, and booleans as text.
import { type Filter, type PatchPath, parsePath } from './filter.ts'
import { valueMatches } from './match.ts'
import { ScimProblem } from './problem.ts'
import { assignedValue, isEnterprise, isObject, type Resource, requireSchema, singleOf } from './resource.ts'
import {
  type Attribute,
  attributeNamed,
  isIgnored,
  isSchemaOf,
  type ResourceSchema,
  subAttributeNamed,
  urns,
} from './schemas.ts'

export type Op = 'add' | 'remove' | 'replace'

/** One change of one attribute. */
export interface PatchStep {
  readonly op: Op
  readonly path: PatchPath
  readonly value: unknown
}

/** Of one request. */
const mostOperations = 1000

/** @throws ScimProblem('invalidSyntax' | 'invalidPath' | 'noTarget' | 'mutability') */
export function patchSteps(schema: ResourceSchema, body: Resource): readonly PatchStep[] {
  requireSchema(body, urns.patch)
  const list = Object.entries(body).find(([key]) => key.toLowerCase() === 'operations')?.[1]
  if (!Array.isArray(list) || list.length === 0)
    throw new ScimProblem('invalidSyntax', '`Operations` must be a list of operations')
  if (list.length > mostOperations)
    throw new ScimProblem('invalidSyntax', `\`Operations\` must have at most ${mostOperations} operations`)
  return list.flatMap((one) => stepsOf(schema, one))
}

function stepsOf(schema: ResourceSchema, operation: unknown): readonly PatchStep[] {
  if (!isObject(operation)) throw new ScimProblem('invalidSyntax', 'an operation must be an object')
  const { path, value } = operation
  const op = opOf(operation['op'])
  if (path !== undefined && path !== null && path !== '') {
    if (typeof path !== 'string') throw new ScimProblem('invalidPath', '`path` must be text')
    if (path === schema.id || isEnterprise(path)) return membersOf(schema, op, value, `${path}:`)
    const step = { op, path: parsePath(path), value }
    if (op !== 'remove' && value === undefined)
      throw new ScimProblem('invalidValue', `\`value\` is required to ${op} \`${path.slice(0, 128)}\``)
    const attribute = attributeAt(schema, step.path)
    if (attribute?.mutability === 'readOnly')
      throw new ScimProblem('mutability', `\`${attribute.name}\` is read-only`)
    return attribute === undefined ? [] : [step]
  }
  if (op === 'remove') throw new ScimProblem('noTarget', 'to remove, `path` is required')
  return membersOf(schema, op, value, '')
}

function opOf(written: unknown): Op {
  const op = typeof written === 'string' ? written.toLowerCase() : ''
  if (op === 'add' || op === 'remove' || op === 'replace') return op
  throw new ScimProblem('invalidSyntax', '`op` must be add, remove or replace')
}

/** Each member of a value without a path is a change of its own; read-only ones are ignored, as for PUT. */
function membersOf(schema: ResourceSchema, op: Op, value: unknown, prefix: string): readonly PatchStep[] {
  if (!isObject(value)) throw new ScimProblem('invalidValue', 'without `path`, `value` must be an object')
  return Object.entries(value).flatMap(([key, member]): readonly PatchStep[] => {
    if (key.toLowerCase() === 'schemas') return []
    if (isEnterprise(key) || key === schema.id) return membersOf(schema, op, member, `${key}:`)
    const path = parsePath(prefix + key)
    const attribute = attributeAt(schema, path)
    return attribute === undefined || attribute.mutability === 'readOnly' ? [] : [{ op, path, value: member }]
  })
}

/** Undefined: an attribute that is not stored. @throws ScimProblem('invalidPath') */
export function attributeAt(schema: ResourceSchema, path: PatchPath): Attribute | undefined {
  if (isIgnored(schema, path.schema, path.name)) return undefined
  if (path.schema !== undefined && !isSchemaOf(schema, path.schema))
    throw new ScimProblem('invalidPath', `\`${path.schema}\` is not a schema of ${schema.name}`)
  const attribute = attributeNamed(schema, path.name)
  if (attribute === undefined)
    throw new ScimProblem('invalidPath', `\`${path.name}\` is not an attribute of ${schema.name}`)
  return attribute
}

/** @throws ScimProblem */
export function applyStep(
  schema: ResourceSchema,
  resource: Resource,
  { op, path, value }: PatchStep,
): Resource {
  const attribute = attributeAt(schema, path)
  if (attribute === undefined) return resource
  const old = resource[attribute.name]
  const next = attribute.multiValued
    ? nextList(attribute, Array.isArray(old) ? old : [], op, path, value)
    : nextSingle(attribute, old, op, path, value)
  const { [attribute.name]: _, ...others } = resource
  const gone = next === undefined || (Array.isArray(next) && next.length === 0)
  if (gone && attribute.required) throw new ScimProblem('invalidValue', `\`${attribute.name}\` is required`)
  return gone ? others : { ...others, [attribute.name]: next }
}

function nextSingle(attribute: Attribute, old: unknown, op: Op, path: PatchPath, value: unknown): unknown {
  if (path.filter !== undefined)
    throw new ScimProblem('invalidPath', `\`${attribute.name}\` has one value, so its path has no filter`)
  if (path.sub !== undefined) return withPart(attribute, isObject(old) ? old : {}, op, path.sub, value)
  if (op === 'remove') return undefined
  const given = assignedValue(attribute, value)
  return isObject(given) && isObject(old) ? { ...old, ...given } : given
}

function nextList(
  attribute: Attribute,
  old: readonly unknown[],
  op: Op,
  path: PatchPath,
  value: unknown,
): readonly unknown[] {
  const { filter, sub } = path
  if (filter === undefined && sub === undefined) {
    const given = assignedValue(attribute, value)
    const values = Array.isArray(given) ? given : []
    if (op === 'add') return onePrimary([...old.filter((one) => !sameValue(one, values)), ...values], values)
    if (op === 'replace') return values
    // Entra removes members by `value` instead of a filter.
    return values.length === 0 ? [] : old.filter((one) => !sameValue(one, values))
  }
  const chosen = old.filter((one) => filter === undefined || valueMatches(attribute, filter, one))
  if (op === 'remove' && sub === undefined) return old.filter((one) => !chosen.includes(one))
  if (chosen.length === 0) {
    if (op === 'remove') return old
    if (op === 'replace' && filter !== undefined)
      throw new ScimProblem('noTarget', `no value of \`${attribute.name}\` matches the filter of the path`)
    const made = changedValue(attribute, filter ? equalitiesOf(attribute, filter) : {}, op, sub, value)
    return made === undefined ? old : onePrimary([...old, made], [made])
  }
  const changed = new Map(chosen.map((one) => [one, changedValue(attribute, one, op, sub, value)]))
  const list = old.flatMap((one) => {
    const next = changed.has(one) ? changed.get(one) : one
    return next === undefined ? [] : [next]
  })
  return onePrimary(list, [...changed.values()])
}

function changedValue(
  attribute: Attribute,
  old: unknown,
  op: Op,
  sub: string | undefined,
  value: unknown,
): Resource | undefined {
  const base = isObject(old) ? old : {}
  if (sub !== undefined) return withPart(attribute, base, op, sub, value)
  const given = singleOf(attribute, value)
  return isObject(given) ? { ...base, ...given } : base
}

/** An object without parts is unassigned; so is a value of which nothing but its kind is left. */
function withPart(
  attribute: Attribute,
  old: Resource,
  op: Op,
  name: string,
  value: unknown,
): Resource | undefined {
  const sub = subAttributeNamed(attribute, name)
  // Parts of standard attributes that are not stored, such as `name.middleName`.
  if (sub === undefined) return old
  const { [sub.name]: _, ...others } = old
  const given = op === 'remove' ? undefined : singleOf(sub, value)
  const next: Resource = given === undefined ? others : { ...others, [sub.name]: given }
  const left = Object.keys(next).filter(
    (key) => !attribute.multiValued || (key !== 'type' && key !== 'primary'),
  )
  return left.length === 0 ? undefined : next
}

/** What a value must have so that the filter matches it, for a value that `add` makes: its equalities. */
function equalitiesOf(attribute: Attribute, filter: Filter): Resource {
  if (filter.is === 'and')
    return { ...equalitiesOf(attribute, filter.left), ...equalitiesOf(attribute, filter.right) }
  if (filter.is !== 'compare' || filter.comparison !== 'eq') return {}
  const sub = subAttributeNamed(attribute, filter.path.name)
  return sub === undefined ? {} : { [sub.name]: singleOf(sub, filter.value) }
}

const sameValue = (one: unknown, values: readonly unknown[]): boolean =>
  isObject(one) && values.some((other) => isObject(other) && other['value'] === one['value'])

/** RFC 7644 §3.5.2: a new primary value takes the place of the one before. */
function onePrimary(list: readonly unknown[], changed: readonly unknown[]): readonly unknown[] {
  const primary = changed.findLast((one) => isObject(one) && one['primary'] === true)
  if (primary === undefined) return list
  return list.map((one) =>
    isObject(one) && one !== primary && one['primary'] === true ? { ...one, primary: false } : one,
  )
}
