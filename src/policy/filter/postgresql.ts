// PostgreSQL, in a UTF-8 database. Texts are compared under COLLATE "C", byte by byte, so that neither a locale nor a
// nondeterministic collation lets an `a` pass for an `A`; an index must have that collation to serve. Columns are text,
// bigint, double precision, boolean, text[] or, for what lies in a path, jsonb (postgresql-json.ts).
//
// Every argument is cast to its own type. Functions and operators are then found in pg_catalog, whatever a schema of the
// search_path defines for varchar, and a citext column is compared as text. COLLATE goes inside the cast, because it is
// refused for a whole row: that is what the name of a column that does not exist means when the table has the same name.
import { atomsOf, type Dialect, plain } from './dialect.ts'
import type { Formula, Term } from './formula.ts'
import {
  exactText,
  inJson,
  jsonEntries,
  jsonListMissing,
  jsonMissing,
  jsonTyped,
  jsonValue,
} from './postgresql-json.ts'
import { type Field, type FieldType, rangeOf } from './shape.ts'
import { bracketed, column, type Fragment, finished, joinSql, type Sql, sql, value, written } from './sql.ts'
import { storableValue, type TextDialect, textTested } from './sql-text.ts'

/** The residual as a WHERE condition with `$n` placeholders. @throws Problem('invalid_input') */
export function toPostgresql(formula: Formula): Sql {
  return finished(written(formula, atomsOf(postgresql)), (n) => `$${n}`)
}

/** NULL for a value that does not have the declared type. */
function raw(field: Field): string {
  if (inJson(field)) return jsonValue(field)
  return field.type === 'text' ? exactText(column(field)) : column(field)
}

/** The cast fails when the name is not a column of the declared type. */
function missing(field: Field): Fragment {
  if (field.type === 'list') return bracketed(listMissing(field))
  if (inJson(field)) return jsonMissing(field)
  return field.type === 'text'
    ? sql`${raw(field)} IS NULL`
    : sql`${column(field)}::${columnTypes[field.type]} IS NULL`
}

const listMissing = (field: Field): Fragment =>
  inJson(field)
    ? jsonListMissing(field)
    : sql`${column(field)}::${columnTypes.list} IS NULL OR cardinality(${column(field)}) = 0`

const columnTypes: Readonly<Record<Exclude<FieldType, 'text'>, string>> = {
  integer: 'numeric',
  number: 'double precision',
  boolean: 'boolean',
  time: 'numeric',
  list: 'text[]',
}

function typed(field: Field): readonly Fragment[] {
  if (inJson(field)) return jsonTyped(field)
  if (field.type === 'list') return [sql`cardinality(${column(field)}) > 0`]
  return field.type === 'time' ? [within(field)] : []
}

function within(field: Field): Fragment {
  const [least, most] = rangeOf(field.type === 'time' ? 'time' : 'integer')
  return sql`${raw(field)} BETWEEN ${String(least)} AND ${String(most)}`
}

const textOfField = (field: Field): string =>
  field.type === 'integer' ? `trim_scale(${raw(field)}::numeric)::text` : raw(field)

/** A placeholder of type text. */
const textValue = (given: string): Fragment => sql`${value(given)}::text`

const postgresqlText: TextDialect = {
  name: 'PostgreSQL',
  // Drivers refuse U+0000 and replace half a surrogate pair by another character.
  isStorable: (text) => text.isWellFormed() && !text.includes('\u0000'),
  value: textValue,
  // No text holds U+0000.
  unmarked: (text) => sql`strpos(${text}, chr(1)) = 0`,
  startsWith: (text, head) => sql`starts_with(${text}, ${textValue(head)})`,
  after: (text, head) => sql`substr(${text}, ${String(Array.from(head).length + 1)})`,
  hasColon: (text) => sql`strpos(${text}, ':'::text) > 0`,
  cut(text, count) {
    let rest = text
    const parts = Array.from({ length: count }, () => {
      const colon = sql`strpos(${rest}, ':'::text)`
      const part = { ends: sql`${colon} > 0`, text: sql`split_part(${rest}, ':'::text, 1)` }
      rest = sql`substr(${rest}, ${colon} + 1)`
      return part
    })
    return { parts, rest }
  },
}

const postgresql: Dialect = {
  typed,
  missing,
  numeric: raw,
  number: (given, type) =>
    sql`${value(given)}::${type === 'number' ? 'double precision' : Number.isSafeInteger(given) ? 'bigint' : 'numeric'}`,
  integer: (given) => sql`${value(given)}::bigint`,
  boolean: (field, wanted) => sql`${raw(field)} = ${String(wanted)}`,
  text: (test, field) => plain(textTested(postgresqlText, test, sql`${textOfField(field)}`)),
  entries: (field) =>
    inJson(field) ? jsonEntries(field) : `SELECT 1 FROM unnest(${column(field)}) AS entry(item)`,
  entryIsText: (field) =>
    inJson(field) ? sql`jsonb_typeof(entry.item) = 'string'` : sql`entry.item IS NOT NULL`,
  entryText(test, field) {
    const item = exactText(inJson(field) ? `(entry.item #>> '{}')` : 'entry.item')
    return plain(textTested(postgresqlText, test, sql`${item}`))
  },
  joined({ left, right, by }) {
    const one = sql`${together(left)} COLLATE "C"`
    return by === 'equals' ? sql`${one} = ${together(right)}` : sql`starts_with(${one}, ${together(right)})`
  },
}

const together = (parts: readonly Term[]): Fragment =>
  parts.length === 0 ? sql`''::text` : bracketed(joinSql(parts.map(term), ' || '))

const term = (part: Term): Fragment =>
  typeof part === 'string'
    ? storableValue(postgresqlText, part, 'U+0000 or half a surrogate pair')
    : sql`${textOfField(part)}`
