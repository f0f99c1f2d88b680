// Whether a resource matches a filter (RFC 7644 §3.4.2.2, table 3).
import type { AttributePath, Comparison, Filter } from './filter.ts'
import { ScimProblem } from './problem.ts'
import { isObject, type Resource } from './resource.ts'
import {
  type Attribute,
  attributeNamed,
  isIgnored,
  isSchemaOf,
  type ResourceSchema,
  subAttributeNamed,
} from './schemas.ts'

/** The values at a path, and the attribute they are of. */
interface Values {
  readonly attribute: Attribute
  readonly values: readonly unknown[]
}
/** Undefined: an attribute that is not stored, so that nothing has it. */
type Read = (path: AttributePath) => Values | undefined

/** @throws ScimProblem('invalidFilter') for attributes and comparisons that cannot be */
export const matches = (schema: ResourceSchema, filter: Filter, resource: Resource): boolean =>
  evaluate(filter, (path) => valuesAt(schema, path, resource))

/** The same for one value of a complex attribute, whose sub-attributes the filter names. */
export const valueMatches = (attribute: Attribute, filter: Filter, value: unknown): boolean =>
  evaluate(filter, ({ name, sub }) => {
    const found = sub === undefined ? subAttributeNamed(attribute, name) : undefined
    if (found === undefined) throw invalid(`\`${name}\` is not a part of \`${attribute.name}\``)
    const one = isObject(value) ? value[found.name] : undefined
    return { attribute: found, values: one === undefined ? [] : [one] }
  })

function evaluate(filter: Filter, read: Read): boolean {
  switch (filter.is) {
    case 'and': {
      // Both sides are evaluated, so that a wrong attribute is refused whatever the other side says.
      const [left, right] = [evaluate(filter.left, read), evaluate(filter.right, read)]
      return left && right
    }
    case 'or': {
      const [left, right] = [evaluate(filter.left, read), evaluate(filter.right, read)]
      return left || right
    }
    case 'not':
      return !evaluate(filter.filter, read)
    case 'present':
      return (read(filter.path)?.values.length ?? 0) > 0
    case 'value': {
      const found = read(filter.path)
      if (found === undefined) return false
      const { attribute, values } = found
      if (attribute.type !== 'complex') throw invalid(`\`${attribute.name}\` has no parts`)
      return values.filter((one) => valueMatches(attribute, filter.filter, one)).length > 0
    }
    case 'compare':
      return compare(filter.comparison, filter.value, read(filter.path))
  }
}

function valuesAt(schema: ResourceSchema, path: AttributePath, resource: Resource): Values | undefined {
  if (isIgnored(schema, path.schema, path.name)) return undefined
  if (path.schema !== undefined && !isSchemaOf(schema, path.schema))
    throw invalid(`\`${path.schema}\` is not a schema of ${schema.name}`)
  const attribute = attributeNamed(schema, path.name)
  if (attribute === undefined) throw invalid(`\`${path.name}\` is not an attribute of ${schema.name}`)
  const given = resource[attribute.name]
  const values = given === undefined ? [] : Array.isArray(given) ? given : [given]
  if (path.sub === undefined) return { attribute, values }
  const sub = subAttributeNamed(attribute, path.sub)
  if (sub === undefined) return undefined
  const parts = values.flatMap((one) => (isObject(one) && one[sub.name] !== undefined ? [one[sub.name]] : []))
  return { attribute: sub, values: parts }
}

function compare(
  comparison: Comparison,
  wanted: string | number | boolean | null,
  found: Values | undefined,
): boolean {
  const { attribute, values } = found ? valueParts(found) : { attribute: undefined, values: [] }
  if (wanted === null) {
    if (comparison !== 'eq' && comparison !== 'ne')
      throw invalid(`null cannot be compared with ${comparison}`)
    return (values.length === 0) === (comparison === 'eq')
  }
  if (attribute === undefined) return comparison === 'ne'
  const test = testFor(attribute, comparison === 'ne' ? 'eq' : comparison, wanted)
  const some = values.some(test)
  return comparison === 'ne' ? !some : some
}

/** Of a complex attribute, its `value`. */
function valueParts(found: Values): Values {
  const { attribute, values } = found
  if (attribute.type !== 'complex') return found
  const part = subAttributeNamed(attribute, 'value')
  if (part === undefined) throw invalid(`\`${attribute.name}\` needs one of its parts`)
  return { attribute: part, values: values.flatMap((one) => (isObject(one) ? [one[part.name]] : [])) }
}

function testFor(
  { name, type, caseExact }: Attribute,
  comparison: Exclude<Comparison, 'ne'>,
  wanted: string | number | boolean,
): (value: unknown) => boolean {
  if (type === 'boolean') {
    const text = String(wanted).toLowerCase()
    if (comparison !== 'eq' || (text !== 'true' && text !== 'false'))
      throw invalid(`\`${name}\` is compared by eq or ne with true or false`)
    return (value) => value === (text === 'true')
  }
  if (typeof wanted !== 'string') throw invalid(`\`${name}\` is compared with text`)
  if (type === 'dateTime') {
    const instant = Date.parse(wanted)
    if (Number.isNaN(instant)) throw invalid(`\`${name}\` is compared with an instant as in RFC 3339`)
    return (value) => ordered(comparison, Date.parse(String(value)), instant)
  }
  const fold = (value: string): string => (caseExact ? value : value.toLowerCase())
  return (value) => typeof value === 'string' && textTests[comparison](fold(value), fold(wanted))
}

const textTests: Readonly<Record<Exclude<Comparison, 'ne'>, (value: string, wanted: string) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  co: (value, wanted) => value.includes(wanted),
  sw: (value, wanted) => value.startsWith(wanted),
  ew: (value, wanted) => value.endsWith(wanted),
  gt: (value, wanted) => value > wanted,
  ge: (value, wanted) => value >= wanted,
  lt: (value, wanted) => value < wanted,
  le: (value, wanted) => value <= wanted,
}

function ordered(comparison: Exclude<Comparison, 'ne'>, value: number, wanted: number): boolean {
  switch (comparison) {
    case 'eq':
      return value === wanted
    case 'gt':
      return value > wanted
    case 'ge':
      return value >= wanted
    case 'lt':
      return value < wanted
    case 'le':
      return value <= wanted
    default:
      throw invalid(`instants cannot be compared with ${comparison}`)
  }
}

const invalid = (message: string): ScimProblem => new ScimProblem('invalidFilter', message)
