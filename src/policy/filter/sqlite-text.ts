// What SQLite is asked of one text. Patterns are GLOB, which tells case apart and whose `beginning*` an index serves; it
// stops reading a text at U+0000, so where more than the beginning counts such a text passes neither test nor opposite.
import { Problem } from '../../problem.ts'
import { inList, plain, type Tested } from './dialect.ts'
import { lowerings } from './fold.ts'
import type { Field } from './shape.ts'
import { bracketed, chained, type Fragment, joinSql, sql, value } from './sql.ts'
import { cutAtColons, inCodePoints, isWild, type Mark, star, type Token, textOf } from './tokens.ts'

const noNul = (text: string): Fragment => sql`instr(${text}, char(0)) = 0`

/**
 * A column alone has a collation, which may be one without case, and an affinity, which may take `05` for 5; put
 * together with nothing it has neither, and equal texts are the same bytes.
 */
export function texts(values: readonly string[], raw: string, field: Field | undefined): Tested {
  if (field?.path.length !== 0) return plain(listed(raw, values))
  return { guards: [], index: listed(raw, values), test: listed(`${raw} || ''`, values) }
}

const listed = (what: string, values: readonly string[]): Fragment => inList(sql`${what}`, values.map(value))

export function globbed(tokens: readonly Token[], text: string, place: string): Tested {
  if (tokens.at(-1) === star && !tokens.slice(0, -1).some(isWild)) {
    const head = textOf(tokens.slice(0, -1))
    return plain(head.isWellFormed() ? sql`${text} GLOB ${value(`${escaped(head)}*`)}` : sql`1 = 0`)
  }
  return { guards: [noNul(text)], test: bracketed(cutGlob(tokens, text, place)) }
}

/** Part by part up to the last colon that bounds a wildcard, then the rest. */
function cutGlob(tokens: readonly Token[], text: string, place: string): Fragment {
  const { head, parts, rest, restInPart } = cutAtColons(tokens)
  if (!head.isWellFormed()) return sql`1 = 0`
  const tests: Fragment[] = []
  let left: Fragment = sql`${text}`
  if (head !== '') {
    tests.push(sql`${text} GLOB ${value(`${escaped(head)}*`)}`)
    left = sql`substr(${text}, ${String(Array.from(head).length + 1)})`
  }
  for (const part of parts) {
    const end = sql`instr(${left}, ':')`
    tests.push(sql`${end} > 0`)
    if (!isAnything(part)) tests.push(glob(part, sql`substr(${left}, 1, ${end} - 1)`, place))
    left = sql`substr(${left}, ${end} + 1)`
  }
  if (restInPart) tests.push(sql`instr(${left}, ':') = 0`)
  if (tests.length === 0 || !isAnything(rest)) tests.push(glob(rest, left, place))
  return joinSql(tests, ' AND ')
}

const isAnything = (tokens: readonly Token[]): boolean => tokens.length === 1 && tokens[0] === star

function glob(tokens: readonly Token[], text: Fragment, place: string): Fragment {
  if (!tokens.some(isWild)) {
    const whole = textOf(tokens)
    return whole.isWellFormed() ? sql`${text} = ${value(whole)}` : sql`1 = 0`
  }
  const ways = inCodePoints(tokens)
  if (ways === undefined)
    throw new Problem(
      'invalid_input',
      `${place}: cannot filter by so many \`?\` in a row, expected at most 5`,
    )
  if (ways.length === 0) return sql`1 = 0`
  const globs = ways.map((way) => sql`${text} GLOB ${value(way.map(globSymbol).join(''))}`)
  return globs.length === 1 ? globs[0]! : bracketed(chained(globs, ' OR '))
}

const astral = '\u{10000}-\u{10ffff}'

function globSymbol(symbol: Mark): string {
  if (typeof symbol !== 'string') return escaped(symbol.text)
  return { star: '*', any: '?', basic: `[^${astral}]`, astral: `[${astral}]` }[symbol]
}

const escaped = (text: string): string => text.replace(/[*?[]/g, (mark) => `[${mark}]`)

export function folded(text: string, wanted: string, place: string): Fragment {
  const pairs = lowerings(wanted, place)
  return pairs.reduce<Fragment>(
    (inner, [from, to]) => sql`replace(${inner}, ${value(from)}, ${value(to)})`,
    sql`${text}`,
  )
}
