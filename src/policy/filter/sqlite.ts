// SQLite. Texts are compared byte by byte whatever the column's collation (sqlite-text.ts). Columns hold what the shape
// says, lists and paths lie in JSON texts.
import { Problem } from '../../problem.ts'
import { atomsOf, type Dialect, plain, type Tested } from './dialect.ts'
import type { Formula, Term, Test } from './formula.ts'
import { type Field, rangeOf } from './shape.ts'
import { bracketed, type Fragment, finished, joinSql, type Sql, sql, value, written } from './sql.ts'
import { column, entries, entryIsText, inJson, jsonMissing, jsonTyped, jsonValue } from './sqlite-json.ts'
import { folded, globbed, texts } from './sqlite-text.ts'

/** The residual as a WHERE condition with `?` placeholders. @throws Problem('invalid_input') */
export function toSqlite(formula: Formula): Sql {
  return finished(written(formula, atomsOf(sqlite)), () => '?')
}

/** A value, what must be true of it before it is tested, and how it reads as text. */
interface Source {
  readonly raw: string
  readonly text: string
  readonly typed: readonly Fragment[]
  readonly missing: Fragment
}

/** Names that SQLite reads as the number of the row when no column has them. */
const rowNames: ReadonlySet<string> = new Set(['rowid', 'oid', '_rowid_'])

function sourceOf(field: Field): Source {
  if (rowNames.has(field.column.toLowerCase()))
    throw new Problem(
      'invalid_input',
      `cannot filter by a column named \`${field.column}\` in SQLite, which reads the name as the number of the row, expected another name`,
    )
  if (inJson(field)) {
    const raw = jsonValue(field)
    const text = field.type === 'integer' ? `CAST(CAST(${raw} AS INTEGER) AS TEXT)` : raw
    return { raw, text, typed: jsonTyped(field), missing: jsonMissing(field) }
  }
  const raw = column(field)
  const text = field.type === 'integer' ? `CAST(${raw} AS TEXT)` : raw
  return { raw, text, typed: columnTyped(field), missing: sql`${raw} IS NULL` }
}

/** Columns hold what they were declared to, but for SQLite's weak typing: any text is more than any number. */
function columnTyped(field: Field): readonly Fragment[] {
  const name = column(field)
  switch (field.type) {
    case 'text':
      return []
    case 'boolean':
      return [sql`${name} IN (0, 1)`]
    case 'number':
      return [sql`typeof(${name}) IN ('integer', 'real')`]
    default:
      return [sql`typeof(${name}) = 'integer'`, within(field)]
  }
}

function within(field: Field): Fragment {
  const [least, most] = rangeOf(field.type === 'time' ? 'time' : 'integer')
  return sql`${column(field)} BETWEEN ${String(least)} AND ${String(most)}`
}

const sqlite: Dialect = {
  typed: (field) => sourceOf(field).typed,
  missing: (field) => sourceOf(field).missing,
  numeric: (field) => sourceOf(field).raw,
  number: value,
  integer: value,
  boolean: (field, wanted) => sql`${sourceOf(field).raw} = ${wanted ? '1' : '0'}`,
  text: (test, field) => textTested(test, sourceOf(field), field),
  entries,
  entryIsText,
  entryText: (test) => textTested(test, { raw: 'entry.value', text: 'entry.value' }, undefined),
  // As bytes, which U+0000 does not end. Not by substr, which of no bytes makes NULL.
  joined({ left, right, by }) {
    const [one, two] = [blob(together(left)), blob(together(right))]
    return by === 'equals' ? sql`${one} = ${two}` : sql`instr(${one}, ${two}) = 1`
  },
}

/** @param field undefined for the entry of a list */
function textTested(
  test: Test,
  { raw, text }: Pick<Source, 'raw' | 'text'>,
  field: Field | undefined,
): Tested {
  switch (test.is) {
    case 'in':
      return texts(test.values, raw, field)
    case 'glob':
      return globbed(test.tokens, text, test.place)
    case 'folded':
      return plain(sql`${folded(text, test.value, test.place)} = ${value(test.value)}`)
    default:
      return plain(bracketed(sql`instr(${text}, char(0)) = 0 AND instr(${text}, char(1)) = 0`))
  }
}

const term = (part: Term): Fragment => (typeof part === 'string' ? value(part) : [sourceOf(part).text])
const together = (parts: readonly Term[]): Fragment =>
  parts.length === 0 ? sql`''` : bracketed(joinSql(parts.map(term), ' || '))
const blob = (text: Fragment): Fragment => sql`CAST(${text} AS BLOB)`
