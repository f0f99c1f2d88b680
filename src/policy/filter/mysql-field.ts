// A column, or what lies in a path of a JSON column, for mysql.ts: whether it is missing, whether it has the declared type,
// and its value. MySQL reads any text as a number (`'abc' = 0` is true), so a number must be spelt as one. MariaDB keeps
// JSON as a text: it may be malformed, hold a key with escapes (MariaDB does not find it) or twice (JSON.parse takes the last, MariaDB the first) or a number that no
// double holds (read as the largest double). Such values have no type: no test of them holds, nor does its opposite.

import { conjunction } from './dialect.ts'
import { bytes } from './mysql-text.ts'
import type { Field } from './shape.ts'
import { rangeOf } from './shape.ts'
import { type Fragment, joinSql, quoted, sql } from './sql.ts'

/** Quoted with backticks, which work under every `sql_mode`. */
export const column = (field: Field): string => `\`${field.column}\``
/** Lists are JSON, even without a path. */
const inJson = (field: Field): boolean => field.path.length > 0 || field.type === 'list'

const pathOf = (field: Field, depth = field.path.length): string =>
  `$${field.path
    .slice(0, depth)
    .map((name) => `."${name}"`)
    .join('')}`
const at = (field: Field, depth = field.path.length): string =>
  `JSON_EXTRACT(${column(field)}, ${quoted(pathOf(field, depth))})`
const typeOf = (field: Field, depth?: number): string => `JSON_TYPE(${at(field, depth)})`
const unquoted = (json: string): string => `JSON_UNQUOTE(${json})`

/** Numbers are those of JSON.parse, but for the largest double, which stands for what is beyond it as well. */
const mostJson = '1.7976931348623157e308'
const jsonNumber = (field: Field): string => `(${unquoted(at(field))} + 0e0)`

/** Whether the column's JSON can be read: well-formed, and in the objects above the value no key twice or with escapes. */
function readable(field: Field): readonly Fragment[] {
  const objects = field.path.map(
    (_, depth) =>
      sql`COALESCE(JSON_LENGTH(${at(field, depth)}) = JSON_LENGTH(JSON_KEYS(${at(field, depth)})) AND LOCATE(0x5C, JSON_KEYS(${at(field, depth)})) = 0, ${typeOf(field, depth)} IS NULL OR ${typeOf(field, depth)} <> 'OBJECT')`,
  )
  return [sql`JSON_VALID(${column(field)})`, ...objects]
}

/** Conditions for reading a value: it is present and has the declared type. */
export function typed(field: Field): readonly Fragment[] {
  const there = sql`${column(field)} IS NOT NULL`
  return [there, ...(inJson(field) ? [...readable(field), ...jsonTyped(field)] : columnTyped(field))]
}

function columnTyped(field: Field): readonly Fragment[] {
  const text = bytes(`CAST(${column(field)} AS CHAR)`)
  switch (field.type) {
    case 'boolean':
      return [sql`${text} IN ('0', '1')`]
    case 'number':
      return [sql`${text} REGEXP '^-?[0-9]+([.][0-9]+)?(e[-+]?[0-9]+)?$'`]
    case 'integer':
    case 'time':
      return [sql`${text} = ${bytes(`CAST(CAST(${column(field)} AS SIGNED) AS CHAR)`)}`, within(field)]
    default:
      return []
  }
}

function jsonTyped(field: Field): readonly Fragment[] {
  const number = sql`${typeOf(field)} IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL')`
  switch (field.type) {
    case 'text':
      return [sql`${typeOf(field)} = 'STRING'`]
    case 'boolean':
      return [sql`${typeOf(field)} = 'BOOLEAN'`]
    case 'list':
      return [sql`${typeOf(field)} = 'ARRAY'`, sql`JSON_LENGTH(${at(field)}) > 0`]
    case 'number':
      return [number, sql`ABS(${jsonNumber(field)}) < ${mostJson}`]
    case 'integer':
    case 'time':
      return [number, sql`FLOOR(${jsonNumber(field)}) = ${jsonNumber(field)}`, within(field)]
  }
}

function within(field: Field): Fragment {
  const [least, most] = rangeOf(field.type === 'time' ? 'time' : 'integer')
  return sql`${numberOf(field)} BETWEEN ${String(least)} AND ${String(most)}`
}

/** Absent or null; a member of an array's entries is neither present nor missing, as in MongoDB. */
export function missing(field: Field): Fragment {
  if (!inJson(field)) return sql`${column(field)} IS NULL`
  const above = field.path.map((_, depth) => sql`COALESCE(${typeOf(field, depth)}, 'NULL') <> 'ARRAY'`)
  const empty =
    field.type === 'list' ? [sql`(${typeOf(field)} = 'ARRAY' AND JSON_LENGTH(${at(field)}) = 0)`] : []
  const none = joinSql([sql`COALESCE(${typeOf(field)}, 'NULL') = 'NULL'`, ...empty], ' OR ')
  return sql`(${column(field)} IS NULL OR ${conjunction([...readable(field), ...above, sql`(${none})`])})`
}

export const numberOf = (field: Field): string => (inJson(field) ? jsonNumber(field) : column(field))

export function isTrue(field: Field): Fragment {
  return inJson(field) ? sql`${bytes(unquoted(at(field)))} = 'true'` : sql`${column(field)} = 1`
}

/** The bytes of a field's text. */
export function textOfField(field: Field): string {
  if (field.type === 'integer' || field.type === 'time')
    return bytes(`CAST(CAST(${numberOf(field)} AS SIGNED) AS CHAR)`)
  return bytes(inJson(field) ? unquoted(at(field)) : column(field))
}

/** The entries of a list, numbered from 1; each is read by its number. */
export const entries = (field: Field): string =>
  `SELECT 1 FROM JSON_TABLE(${column(field)}, ${quoted(`${pathOf(field)}[*]`)} COLUMNS (place FOR ORDINALITY)) AS entry`
const entry = (field: Field): string =>
  `JSON_EXTRACT(${column(field)}, CONCAT(${quoted(`${pathOf(field)}[`)}, entry.place - 1, ']'))`
export const entryIsText = (field: Field): string => `JSON_TYPE(${entry(field)}) = 'STRING'`
export const entryText = (field: Field): string => bytes(unquoted(entry(field)))
