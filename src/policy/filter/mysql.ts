// MySQL 8.0.21 or newer and MariaDB 10.6 or newer, under any `sql_mode` but EMPTY_STRING_IS_NULL, with prepared statements
// on a utf8mb4 connection. Columns are of a text type, BIGINT, DOUBLE, BOOLEAN or, for lists and what lies in a path, JSON.
// Every test is preceded by an IS NOT NULL of its own: under ORACLE mode some functions read NULL as an empty text.
import { atomsOf, type Dialect, opposite, plain } from './dialect.ts'
import type { Formula, Term } from './formula.ts'
import {
  column,
  entries,
  entryIsText,
  entryText,
  isTrue,
  missing,
  numberOf,
  textOfField,
  typed,
} from './mysql-field.ts'
import { indexed, mysqlText } from './mysql-text.ts'
import { type Fragment, finished, joinSql, type Sql, sql, value, written } from './sql.ts'
import { storableValue, textTested } from './sql-text.ts'

/** The residual as a WHERE condition with `?` placeholders. @throws Problem('invalid_input') */
export function toMysql(formula: Formula): Sql {
  return finished(written(formula, atomsOf(mysql)), () => '?')
}

const mysql: Dialect = {
  typed,
  missing,
  numeric: numberOf,
  // Drivers send a number as a double or as its text: either way it becomes a double.
  number: (given) => sql`(${value(given)} + 0e0)`,
  integer: (given) => sql`CAST(${value(given)} AS SIGNED)`,
  boolean: (field, wanted) => (wanted ? isTrue(field) : opposite(isTrue(field))),
  text(test, field) {
    const isPlain = field.type === 'text' && field.path.length === 0
    const index = isPlain ? indexed(test, column(field)) : undefined
    return { ...plain(textTested(mysqlText, test, sql`${textOfField(field)}`)), index }
  },
  entries,
  entryIsText: (field) => sql`${entryIsText(field)}`,
  entryText: (test, field) => plain(textTested(mysqlText, test, sql`${entryText(field)}`)),
  joined({ left, right, by }) {
    const [one, two] = [together(left), together(right)]
    return by === 'equals' ? sql`${one} = ${two}` : sql`LEFT(${one}, LENGTH(${two})) = ${two}`
  },
}

const together = (parts: readonly Term[]): Fragment =>
  parts.length === 0 ? mysqlText.value('') : sql`CONCAT(${joinSql(parts.map(term), ', ')})`

const term = (part: Term): Fragment =>
  typeof part === 'string'
    ? storableValue(mysqlText, part, 'half a surrogate pair')
    : sql`${textOfField(part)}`
