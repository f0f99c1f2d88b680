// Texts in MySQL and MariaDB. They are compared as the bytes of their UTF-8 form: collations ignore case, accents or trailing
// spaces, and a binary string ignores nothing. What works in bytes works on whole characters here, because no character's
// UTF-8 form is found within that of others. `||`, SUBSTR and double quotes mean different things under different `sql_mode`
// settings and are not used.
import type { Test } from './formula.ts'
import { type Fragment, joinSql, sql, value } from './sql.ts'
import { likeText, requiredPrefix, type TextDialect } from './sql-text.ts'

/** The UTF-8 form of a text, whatever the character set of the column or connection. */
export const bytes = (expression: string): string => `CAST(CONVERT(${expression} USING utf8mb4) AS BINARY)`

const textValue = (given: string): Fragment => sql`CAST(CONVERT(${value(given)} USING utf8mb4) AS BINARY)`

export const mysqlText: TextDialect = {
  name: 'MySQL',
  // Drivers replace half a surrogate pair by another character.
  isStorable: (text) => text.isWellFormed(),
  value: textValue,
  unmarked: (text) => sql`(LOCATE(0x00, ${text}) = 0 AND LOCATE(0x01, ${text}) = 0)`,
  startsWith: (text, head) => sql`LEFT(${text}, ${byteLength(head)}) = ${textValue(head)}`,
  after: (text, head) => sql`RIGHT(${text}, LENGTH(${text}) - ${byteLength(head)})`,
  hasColon: (text) => sql`LOCATE(':', ${text}) > 0`,
  cut(text, count) {
    const upTo = (colon: number): Fragment => sql`SUBSTRING_INDEX(${text}, ':', ${String(colon)})`
    const parts = Array.from({ length: count }, (_, at) => ({
      ends: sql`LENGTH(${upTo(at + 1)}) < LENGTH(${text})`,
      text: sql`SUBSTRING_INDEX(${upTo(at + 1)}, ':', -1)`,
    }))
    const rest = count === 0 ? text : sql`RIGHT(${text}, LENGTH(${text}) - LENGTH(${upTo(count)}) - 1)`
    return { parts, rest }
  },
}

const byteLength = (text: string): string => String(Buffer.byteLength(text))

/** A condition that holds wherever the test of a column does, in any collation, and that can use an index. */
export function indexed(test: Test, column: string): Fragment | undefined {
  const { isStorable } = mysqlText
  if (test.is === 'in') {
    const storable = test.values.filter(isStorable)
    return storable.length === 0 ? undefined : sql`${column} IN (${joinSql(storable.map(value), ', ')})`
  }
  if (test.is !== 'glob') return undefined
  const head = requiredPrefix(test.tokens)
  return head === undefined || head === '' || !isStorable(head)
    ? undefined
    : sql`${column} LIKE ${value(`${likeText(head)}%`)} ESCAPE '!'`
}
