// Values that clients send, as the schema has them: names in their own case, booleans that Entra sends as text, one form for
// attributes with several values.
import { ScimProblem } from './problem.ts'
import {
  type Attribute,
  attributeNamed,
  isIgnored,
  type ResourceSchema,
  subAttributeNamed,
  urns,
} from './schemas.ts'

/** A resource as JSON, with the names of its schema. */
export type Resource = Readonly<Record<string, unknown>>

/** The entity tag of a version (RFC 7644 §3.14): weak, because the order of members and attributes may differ. */
export const etagOf = (version: string): string => `W/"${version}"`

export const isObject = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What a POST or PUT contains. Read-only and ignored attributes are left out (RFC 7644 §3.3, §3.5.1).
 * @throws ScimProblem('invalidSyntax') with every attribute that the resource does not have
 */
export function resourceOf(schema: ResourceSchema, body: Resource): Resource {
  requireSchema(body, schema.id)
  const unknown: string[] = []
  const entries: [string, unknown][] = []
  for (const [key, value] of Object.entries(body)) {
    const attribute = attributeNamed(schema, key)
    if (attribute === undefined) {
      const ignored = isIgnored(schema, key, key)
      if (!ignored) unknown.push(key)
      continue
    }
    if (attribute.mutability === 'readOnly' || attribute.name === 'schemas') continue
    if (entries.some(([name]) => name === attribute.name))
      throw new ScimProblem('invalidSyntax', `\`${attribute.name}\` occurs twice`)
    const canonical = assignedValue(attribute, value)
    if (canonical !== undefined) entries.push([attribute.name, canonical])
  }
  if (unknown.length > 0)
    throw new ScimProblem(
      'invalidSyntax',
      unknown
        .slice(0, 20)
        .map((name) => `\`${name.slice(0, 128)}\` is not an attribute of ${schema.name}`)
        .join('; '),
    )
  const missing = schema.attributes.find(
    (one) => one.required && !entries.some(([name]) => name === one.name),
  )
  if (missing) throw new ScimProblem('invalidValue', `\`${missing.name}\` is required`)
  return Object.fromEntries(entries)
}

/** @throws ScimProblem('invalidSyntax') unless `schemas` names it (RFC 7643 §3) */
export function requireSchema(body: Resource, urn: string): void {
  const schemas = body['schemas']
  const names = Array.isArray(schemas) ? schemas : []
  if (names.some((one) => typeof one === 'string' && one.toLowerCase() === urn.toLowerCase())) return
  throw new ScimProblem('invalidSyntax', `\`schemas\` must contain \`${urn}\``)
}

/**
 * A value of the attribute's type; undefined for null, for an empty list and for empty text: it is then unassigned
 * (RFC 7643 §2.5).
 * @throws ScimProblem('invalidValue')
 */
export function assignedValue(attribute: Attribute, value: unknown): unknown {
  if (!attribute.multiValued) return singleOf(attribute, value)
  const list = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]
  const values = list.map((one) => singleOf(attribute, one)).filter((one) => one !== undefined)
  return values.length === 0 ? undefined : values
}

/** One value of an attribute with several. @throws ScimProblem('invalidValue') */
export function singleOf(attribute: Attribute, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined
  switch (attribute.type) {
    case 'complex':
      // Text for an attribute with several values means its `value`.
      return complexOf(attribute, attribute.multiValued && typeof value === 'string' ? { value } : value)
    case 'boolean':
      if (typeof value === 'boolean') return value
      if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
      throw wrong(attribute, 'true or false')
    default:
      if (typeof value === 'string') return value
      throw wrong(attribute, 'text')
  }
}

function complexOf(attribute: Attribute, value: unknown): Resource | undefined {
  if (!isObject(value)) throw wrong(attribute, 'an object')
  const entries = Object.entries(value).flatMap(([key, given]) => {
    const sub = subAttributeNamed(attribute, key)
    const one = sub && singleOf(sub, given)
    return sub === undefined || one === undefined ? [] : [[sub.name, one] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

const wrong = (attribute: Attribute, form: string): ScimProblem =>
  new ScimProblem('invalidValue', `\`${attribute.name}\` must be ${form}`)

/** Whether it is the URN of the enterprise extension, whose attributes are ignored. */
export const isEnterprise = (key: string): boolean => key.toLowerCase() === urns.enterprise.toLowerCase()
