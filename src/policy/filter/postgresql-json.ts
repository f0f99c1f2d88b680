// Values in a path of a jsonb column, for postgresql.ts: type, value and list entries. A jsonb number can have any size and
// precision, and casting one that does not fit double precision is an error that fails the whole query, so each number is
// first compared as jsonb and cast only where the cast cannot fail.
import type { Field } from './shape.ts'
import { column, type Fragment, joinSql, quoted, sql } from './sql.ts'

export const inJson = (field: Field): boolean => field.path.length > 0
/** Of type text, never of a type that has comparisons of its own, such as citext, and compared byte by byte. */
export const exactText = (expression: string): string => `(${expression} COLLATE "C")::text`

const at = (field: Field, depth = field.path.length): string =>
  depth === 0
    ? column(field)
    : `(${column(field)}${field.path
        .slice(0, depth)
        .map((name) => ` -> ${quoted(name)}::text`)
        .join('')})`
const typeOf = (field: Field): string => `jsonb_typeof(${at(field)})`

/** NULL for a value that does not have the declared type, so that the cast is not evaluated. */
export function jsonValue(field: Field): string {
  const text = `(${at(field)} #>> '{}')`
  switch (field.type) {
    case 'number':
      return doubleOf(at(field), text)
    case 'integer':
    case 'time': {
      const most = Number.MAX_SAFE_INTEGER
      return `(CASE WHEN ${between(at(field), `-${most}`, String(most))} THEN ${text}::numeric END)`
    }
    case 'boolean':
      return `(CASE WHEN ${typeOf(field)} = 'boolean' THEN ${text}::boolean END)`
    default:
      return exactText(text)
  }
}

/** Between two numbers, the order of jsonb contains only numbers. */
const between = (json: string, least: string, most: string): string =>
  `${json} BETWEEN '${least}'::jsonb AND '${most}'::jsonb`

/** Decimal texts just below and just above the edges of what rounds to a double that is neither 0 nor infinite. */
const edges = {
  zero: '2.4703282292062327e-324',
  least: '2.4703282292062328e-324',
  most: '1.7976931348623157e308',
  infinite: '1.797693134862315808e308',
}

/** As JSON.parse reads the number, 0 and infinity included; NULL in the two gaps between the decimal texts. */
function doubleOf(json: string, text: string): string {
  const { zero, least, most, infinite } = edges
  const cases = [
    `WHEN ${between(json, `-${zero}`, zero)} THEN 0`,
    `WHEN ${between(json, least, most)} OR ${between(json, `-${most}`, `-${least}`)} THEN ${text}::double precision`,
    `WHEN ${json} > '${infinite}'::jsonb OR ${json} < '-${infinite}'::jsonb THEN 'Infinity'::double precision`,
  ]
  return `(CASE ${cases.join(' ')} END)`
}

export function jsonTyped(field: Field): readonly Fragment[] {
  switch (field.type) {
    case 'text':
      return [sql`${typeOf(field)} = 'string'`]
    case 'boolean':
      return [sql`${typeOf(field)} = 'boolean'`]
    case 'number':
      return [sql`${typeOf(field)} = 'number'`]
    case 'list':
      return [sql`${typeOf(field)} = 'array'`, sql`${at(field)} <> '[]'::jsonb`]
    case 'integer':
      return [sql`${jsonValue(field)} % 1 = 0`]
    case 'time': {
      return [
        sql`${jsonValue(field)} % 1 = 0`,
        sql`${jsonValue(field)} BETWEEN -62167219200 AND 253402300799`,
      ]
    }
  }
}

/** Absent or null. A member of an array's entries is neither present nor missing, as in MongoDB. */
export function jsonMissing(field: Field): Fragment {
  const above = field.path.map((_, depth) => sql`jsonb_typeof(${at(field, depth)}) IS DISTINCT FROM 'array'`)
  return sql`(${joinSql([...above, sql`COALESCE(${typeOf(field)}, 'null') = 'null'`], ' AND ')})`
}

export const jsonListMissing = (field: Field): Fragment =>
  sql`${jsonMissing(field)} OR ${at(field)} = '[]'::jsonb`
/** A value that is not an array has no entries and must not be unnested. */
export const jsonEntries = (field: Field): string =>
  `SELECT 1 FROM jsonb_array_elements(CASE WHEN ${typeOf(field)} = 'array' THEN ${at(field)} ELSE '[]'::jsonb END) AS entry(item)`
