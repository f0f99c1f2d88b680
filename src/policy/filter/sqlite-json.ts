// What lies in a path of a JSON column, or in a column of lists, for sqlite.ts: whether it is missing, its type, its value.
// SQLite keeps JSON as a text. A malformed one would fail the whole query, JSON5 is read although JSON.parse refuses it, of
// a key that is there twice the first is taken and not the last, before 3.45 a key with escapes is not found and a text
// ends at `\u0000`. Such values have no type here: no test of them holds, nor does its opposite.
import type { Field } from './shape.ts'
import { rangeOf } from './shape.ts'
import { type Fragment, joinSql, quoted, sql } from './sql.ts'

/** In brackets: SQLite may take a name in double quotes for a text when there is no such column. */
export const column = (field: Field): string => `[${field.column}]`
/** Lists are JSON, also without a path. */
export const inJson = (field: Field): boolean => field.path.length > 0 || field.type === 'list'

/** NULL where the JSON cannot be read; an index on an expression must spell it the same. */
const json = (field: Field): string => `(CASE WHEN json_valid(${column(field)}) THEN ${column(field)} END)`
const pathOf = (field: Field, depth = field.path.length): string =>
  quoted(
    `$${field.path
      .slice(0, depth)
      .map((name) => `."${name}"`)
      .join('')}`,
  )
const typeOf = (field: Field, depth?: number): string => `json_type(${json(field)}, ${pathOf(field, depth)})`
const value = (field: Field): string => `(${json(field)} ->> ${pathOf(field)})`
/** A number is a double, as JSON.parse reads it, also where SQLite would compare 64-bit integers. */
export const jsonValue = (field: Field): string =>
  field.type === 'number' ? `CAST(${value(field)} AS REAL)` : value(field)

/** In a subquery of its own, where no column of json_each hides one of the table. */
const each = (field: Field, depth?: number): string =>
  `(SELECT ${json(field)} AS doc) AS held, json_each(held.doc, ${pathOf(field, depth)}) AS entry`
export const entries = (field: Field): string => `SELECT 1 FROM ${each(field)}`

/** A text whose escapes SQLite reads as other texts is none: `\u0000` ends it, half a surrogate pair becomes U+FFFD. */
const wholeText = (text: string, source: string): readonly Fragment[] => [
  sql`instr(${source}, '\\u0000') = 0`,
  sql`(instr(${text}, char(65533)) = 0 OR instr(lower(${source}), '\\ud') = 0)`,
]
const source = (field: Field): string => `(${json(field)} -> ${pathOf(field)})`

export const entryIsText = (field: Field): Fragment =>
  sql`(${joinSql([sql`entry.type = 'text'`, ...wholeText('entry.value', `(held.doc -> ${pathOf(field)})`)], ' AND ')})`

/** Well-formed, each key of the path once at most and found. */
function readable(field: Field): readonly Fragment[] {
  const found = field.path.map(
    (name, depth) =>
      sql`(SELECT count(*) FROM ${each(field, depth)} WHERE entry.key = ${quoted(name)}) = (${typeOf(field, depth + 1)} IS NOT NULL)`,
  )
  return [sql`json_valid(${column(field)})`, ...found]
}

/** What must hold before a value is read: it is there and of its declared type. */
export function jsonTyped(field: Field): readonly Fragment[] {
  return [...ofType(field), ...readable(field)]
}

/** Beyond this a decimal text may be read as infinity or not, by the version of SQLite. */
const mostJson = '1.797693134862315e308'

function ofType(field: Field): readonly Fragment[] {
  const type = typeOf(field)
  switch (field.type) {
    case 'text':
      return [sql`${type} = 'text'`, ...wholeText(jsonValue(field), source(field))]
    case 'boolean':
      return [sql`${type} IN ('true', 'false')`]
    case 'list':
      return [sql`${type} = 'array'`, sql`json_array_length(${json(field)}, ${pathOf(field)}) > 0`]
    case 'number':
      return [sql`${type} IN ('integer', 'real')`, sql`abs(${jsonValue(field)}) < ${mostJson}`]
    default: {
      const [least, most] = rangeOf(field.type === 'time' ? 'time' : 'integer')
      return [
        sql`${type} IN ('integer', 'real')`,
        sql`${jsonValue(field)} BETWEEN ${String(least)} AND ${String(most)}`,
        sql`CAST(${jsonValue(field)} AS INTEGER) = ${jsonValue(field)}`,
      ]
    }
  }
}

/** Not there, or null; a member of an array's entries is neither there nor missing, as in MongoDB. */
export function jsonMissing(field: Field): Fragment {
  const above = field.path.map((_, depth) => sql`${typeOf(field, depth)} IS NOT 'array'`)
  const empty =
    field.type === 'list'
      ? sql` OR (${typeOf(field)} = 'array' AND json_array_length(${json(field)}, ${pathOf(field)}) = 0)`
      : sql``
  const none = sql`(COALESCE(${typeOf(field)}, 'null') = 'null'${empty})`
  return sql`(${column(field)} IS NULL OR (${joinSql([none, ...above, ...readable(field)], ' AND ')}))`
}
