// Describes how a table's rows map to resources: which columns make up the ARN, and which columns or JSON paths provide
// condition keys. The input is untrusted JSON; the result is valid, and its names are safe to print as quoted SQL.
import { Problem } from '../../problem.ts'

/**
 * - `text`: a text as it stands
 * - `integer`: a whole number within ±(2⁵³−1), the key's value is its decimal digits
 * - `number`: a double; for Numeric operators only
 * - `boolean`: `true` or `false`; in SQLite columns 1 or 0
 * - `time`: whole epoch seconds; for Date operators only
 * - `list`: texts, a multi-valued key; a JSON array (SQLite), text[] or jsonb by path (PostgreSQL), an array (MongoDB)
 */
export type FieldType = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'list'

export interface Field {
  readonly column: string
  /** Path into a JSON column or sub-document; empty for the column itself. */
  readonly path: readonly string[]
  readonly type: FieldType
  /** False when it can never be NULL or absent. */
  readonly nullable: boolean
  /** Unique per field. */
  readonly id: string
}

export interface Shape {
  /** The ARN: literal text and the columns between it. */
  readonly resource: readonly (string | Field)[]
  /** By condition key in lower case. */
  readonly attributes: ReadonlyMap<string, Field>
  /** Service keys in lower case that neither rows nor this request have. */
  readonly absent: ReadonlySet<string>
}

const types: readonly FieldType[] = ['text', 'integer', 'number', 'boolean', 'time', 'list']
const mostAttributes = 200
const maxTemplateLength = 1024
const maxColumns = 6
const columnForm = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads
 * `{ resource: "arn:aws:docs:::${owner}/${id}", columns?: { id: { column, type? } }, attributes?: { key: { column, path?, type?, nullable? } }, absent?: [key] }`.
 * A name in the template without an entry in `columns` is a text column of that name.
 * @throws Problem('invalid_input') naming the member that is wrong
 */
export function readShape(input: unknown): Shape {
  if (!isFields(input)) throw wrong('shape', 'an object with `resource`')
  onlyKnown(input, 'shape', ['resource', 'columns', 'attributes', 'absent'])
  return {
    resource: readTemplate(input['resource'], readColumns(input['columns'])),
    attributes: readAttributes(input['attributes']),
    absent: readAbsent(input['absent']),
  }
}

const wrong = (name: string, expected: string): Problem =>
  new Problem('invalid_input', `\`${name.slice(0, 200).toWellFormed()}\` must be ${expected}`)

function onlyKnown(fields: Fields, name: string, known: readonly string[]): void {
  for (const member of Object.keys(fields))
    if (!known.includes(member)) throw wrong(name, `an object with no other members than ${known.join(', ')}`)
}

function entries(input: unknown, name: string): readonly (readonly [string, unknown])[] {
  if (input === undefined) return []
  if (!isFields(input)) throw wrong(name, 'an object')
  const all = Object.entries(input)
  if (all.length > mostAttributes) throw wrong(name, `an object of at most ${mostAttributes} members`)
  return all
}

function readColumns(input: unknown): ReadonlyMap<string, Field> {
  const columns = new Map<string, Field>()
  for (const [name, value] of entries(input, 'shape.columns')) {
    const field = readField(value, `shape.columns.${name}`)
    if (field.type !== 'text' && field.type !== 'integer')
      throw wrong(`shape.columns.${name}.type`, '`text` or `integer`: it is part of a name')
    columns.set(name, field)
  }
  return columns
}

function readAttributes(input: unknown): ReadonlyMap<string, Field> {
  const attributes = new Map<string, Field>()
  for (const [key, value] of entries(input, 'shape.attributes')) {
    const lower = key.toLowerCase()
    if (!/^[^\s:]+:./.test(key) || key.length > 320) throw wrong(`shape.attributes.${key}`, 'a condition key')
    if (attributes.has(lower)) throw wrong(`shape.attributes.${key}`, 'given once, in whatever case')
    attributes.set(lower, readField(value, `shape.attributes.${key}`))
  }
  return attributes
}

function readAbsent(input: unknown): ReadonlySet<string> {
  if (input === undefined) return new Set()
  const listed = Array.isArray(input) && input.length <= mostAttributes ? (input as unknown[]) : undefined
  if (!listed?.every((key) => typeof key === 'string' && key.length <= 320))
    throw wrong('shape.absent', `a list of at most ${mostAttributes} condition keys`)
  return new Set(listed.map((key) => String(key).toLowerCase()))
}

function readField(input: unknown, name: string): Field {
  if (!isFields(input)) throw wrong(name, 'an object with `column`')
  onlyKnown(input, name, ['column', 'path', 'type', 'nullable'])
  const { column, path = [], type = 'text', nullable = true } = input as Record<string, unknown>
  if (typeof column !== 'string' || !columnForm.test(column))
    throw wrong(`${name}.column`, 'a name of at most 63 letters, digits and underscores')
  if (!Array.isArray(path) || path.length > 4 || !path.every(isSegment))
    throw wrong(
      `${name}.path`,
      'a list of at most 4 names without quotes, backslashes and control characters',
    )
  const known = types.find((one) => one === type)
  if (known === undefined) throw wrong(`${name}.type`, `one of ${types.join(', ')}`)
  if (typeof nullable !== 'boolean') throw wrong(`${name}.nullable`, 'true or false')
  return fieldOf(column, path, known, nullable)
}

// Quotes and backslashes have different meanings in the JSON paths of different databases.
const isSegment = (segment: unknown): boolean =>
  typeof segment === 'string' && /^[^"\\\u0000-\u001f\u007f]{1,128}$/.test(segment) && segment.isWellFormed()

const fieldOf = (column: string, path: readonly string[], type: FieldType, nullable: boolean): Field => ({
  column,
  path,
  type,
  nullable,
  id: JSON.stringify([column, ...path, type]),
})

function readTemplate(input: unknown, columns: ReadonlyMap<string, Field>): readonly (string | Field)[] {
  const expected = `a template of 1 to ${maxTemplateLength} characters such as \`arn:aws:docs:::\${owner}/\${id}\``
  if (typeof input !== 'string' || input === '' || input.length > maxTemplateLength || !input.isWellFormed())
    throw wrong('shape.resource', expected)
  const parts: (string | Field)[] = []
  const used = new Set<string>()
  // Odd pieces are the names between `${` and `}`.
  for (const [place, piece] of input.split(/\$\{([A-Za-z_][A-Za-z0-9_]{0,62})\}/).entries()) {
    if (place % 2 === 1) {
      used.add(piece)
      parts.push(columns.get(piece) ?? fieldOf(piece, [], 'text', true))
    } else if (piece.includes('${') || /[\u0000\u0001]/.test(piece)) throw wrong('shape.resource', expected)
    else if (piece !== '') parts.push(piece)
  }
  if (parts.filter((part) => typeof part !== 'string').length > maxColumns)
    throw wrong('shape.resource', `a template of at most ${maxColumns} columns`)
  for (const name of columns.keys())
    if (!used.has(name)) throw wrong(`shape.columns.${name}`, 'a name that the template uses')
  return parts
}

/** The range of a numeric field; times have a four-digit year. */
export function rangeOf(type: 'integer' | 'number' | 'time'): readonly [number, number] {
  if (type === 'time') return [-62_167_219_200, 253_402_300_799]
  const most = type === 'integer' ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE
  return [-most, most]
}
