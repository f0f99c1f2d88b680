// What MySQL and MariaDB are asked of one text. Texts are compared as the bytes of their UTF-8 form: collations ignore
// case, accents or trailing spaces, and a binary string ignores nothing. What works in bytes works on whole characters
// here, because no character's UTF-8 form is found within that of others. `||`, SUBSTR and double quotes mean different
// things under different `sql_mode` settings and are not used.
import { Problem } from '../../problem.ts'
import { lowerings } from './fold.ts'
import type { Test } from './formula.ts'
import { bracketed, type Fragment, joinSql, sql, value } from './sql.ts'
import { cutAtColons, inCodePoints, isWild, type Mark, star, type Token, textOf } from './tokens.ts'

/** The UTF-8 form of a text, whatever the character set of the column or connection. */
export const bytes = (expression: string): string => `CAST(CONVERT(${expression} USING utf8mb4) AS BINARY)`
export const textValue = (given: string): Fragment =>
  sql`CAST(CONVERT(${value(given)} USING utf8mb4) AS BINARY)`
/** Drivers replace half a surrogate pair by another character. */
export const isStorable = (text: string): boolean => text.isWellFormed()

export const conjunction = (parts: readonly Fragment[]): Fragment =>
  parts.length === 1 ? parts[0]! : bracketed(joinSql(parts, ' AND '))

/** The test over the bytes of a text that is not NULL. @throws Problem('invalid_input') */
export function textTested(test: Test, text: Fragment): Fragment {
  switch (test.is) {
    case 'in':
      return listed(text, test.values)
    case 'glob':
      return cutGlob(test.tokens, text, test.place)
    case 'folded':
      if (!isStorable(test.value)) return sql`1 = 0`
      return sql`${folded(text, test.value, test.place)} = ${textValue(test.value)}`
    default:
      return sql`(LOCATE(0x00, ${text}) = 0 AND LOCATE(0x01, ${text}) = 0)`
  }
}

function listed(what: Fragment, values: readonly string[]): Fragment {
  const storable = values.filter(isStorable)
  if (storable.length === 0) return sql`1 = 0`
  if (storable.length === 1) return sql`${what} = ${textValue(storable[0]!)}`
  return sql`${what} IN (${joinSql(storable.map(textValue), ', ')})`
}

/** A condition that holds wherever the test of a column does, in any collation, and that can use an index. */
export function indexed(test: Test, column: string): Fragment | undefined {
  if (test.is === 'in') {
    const storable = test.values.filter(isStorable)
    return storable.length === 0 ? undefined : sql`${column} IN (${joinSql(storable.map(value), ', ')})`
  }
  if (test.is !== 'glob') return undefined
  const head = beginning(test.tokens)
  return head === undefined || head === '' || !isStorable(head)
    ? undefined
    : sql`${column} LIKE ${value(`${likeText(head)}%`)} ESCAPE '!'`
}

/** The required prefix, when the pattern requires nothing else. */
function beginning(tokens: readonly Token[]): string | undefined {
  const head = tokens.slice(0, -1)
  return tokens.at(-1) === star && !head.some(isWild) ? textOf(head) : undefined
}

const space = 32

/** Up to the last colon that bounds a wildcard, part by part; then the rest. */
function cutGlob(tokens: readonly Token[], text: Fragment, place: string): Fragment {
  if (!isStorable(textOf(tokens.map((token) => (isWild(token) ? space : token))))) return sql`1 = 0`
  const { head, parts, rest, restInPart } = cutAtColons(tokens)
  const tests: Fragment[] = []
  let left = text
  if (head !== '') {
    const length = String(Buffer.byteLength(head))
    tests.push(sql`LEFT(${text}, ${length}) = ${textValue(head)}`)
    left = sql`RIGHT(${text}, LENGTH(${text}) - ${length})`
  }
  const upTo = (colon: number): Fragment => sql`SUBSTRING_INDEX(${left}, ':', ${String(colon)})`
  for (const [at, part] of parts.entries()) {
    tests.push(sql`LENGTH(${upTo(at + 1)}) < LENGTH(${left})`)
    if (!isAnything(part)) tests.push(like(part, sql`SUBSTRING_INDEX(${upTo(at + 1)}, ':', -1)`, place))
  }
  if (parts.length > 0) left = sql`RIGHT(${left}, LENGTH(${left}) - LENGTH(${upTo(parts.length)}) - 1)`
  if (restInPart) tests.push(sql`LOCATE(':', ${left}) = 0`)
  if (tests.length === 0 || !isAnything(rest)) tests.push(like(rest, left, place))
  return conjunction(tests)
}

const isAnything = (tokens: readonly Token[]): boolean => tokens.length === 1 && tokens[0] === star

function like(tokens: readonly Token[], text: Fragment, place: string): Fragment {
  if (!tokens.some(isWild)) return listed(text, [textOf(tokens)])
  if (beginning(tokens) === '') return sql`1 = 1`
  const symbols = inCodePoints(tokens, 1)?.[0]
  if (symbols === undefined || symbols.includes('basic') || symbols.includes('astral'))
    throw new Problem(
      'invalid_input',
      `${place}: cannot filter by a \`?\` in MySQL, which counts a character above U+FFFF as one and not as two`,
    )
  return sql`${text} LIKE ${textValue(symbols.map(likeSymbol).join(''))} ESCAPE '!'`
}

/** Not escaped by a backslash, which is an ordinary character under NO_BACKSLASH_ESCAPES. */
const likeText = (text: string): string => text.replace(/[!%_]/g, (mark) => `!${mark}`)

/** At least one character is at least one byte. */
function likeSymbol(symbol: Mark): string {
  if (typeof symbol !== 'string') return likeText(symbol.text)
  return symbol === 'star' ? '%' : '_'
}

function folded(text: Fragment, wanted: string, place: string): Fragment {
  return lowerings(wanted, place).reduce<Fragment>(
    (inner, [from, to]) => sql`REPLACE(${inner}, ${textValue(from)}, ${textValue(to)})`,
    text,
  )
}
