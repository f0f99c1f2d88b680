// Tests of a text in the dialects that match patterns by LIKE (MySQL and PostgreSQL), which tells case apart there.
import { Problem } from '../../problem.ts'
import { conjunction, inList, opposite } from './dialect.ts'
import { lowerings } from './fold.ts'
import type { Test } from './formula.ts'
import { type Fragment, sql } from './sql.ts'
import { cutAtColons, inCodePoints, isWild, type Mark, star, type Token, textOf } from './tokens.ts'

export interface TextDialect {
  /** For error messages. */
  readonly name: string
  /** Whether a row can hold the text and a driver sends it unchanged. */
  readonly isStorable: (text: string) => boolean
  readonly value: (text: string) => Fragment
  /** Whether the text has neither U+0000 nor U+0001. */
  readonly unmarked: (text: Fragment) => Fragment
  readonly startsWith: (text: Fragment, head: string) => Fragment
  /** The rest of a text that starts with `head`. */
  readonly after: (text: Fragment, head: string) => Fragment
  readonly hasColon: (text: Fragment) => Fragment
  /** The text cut at its first `count` colons. `ends` is true when the part has its colon. */
  readonly cut: (text: Fragment, count: number) => Cut
}

export interface Cut {
  readonly parts: readonly { readonly ends: Fragment; readonly text: Fragment }[]
  readonly rest: Fragment
}

/** The test of a text that is not NULL. @throws Problem('invalid_input') */
export function textTested(dialect: TextDialect, test: Test, text: Fragment): Fragment {
  switch (test.is) {
    case 'in':
      return oneOf(dialect, text, test.values)
    case 'glob':
      return cutGlob(dialect, test.tokens, text, test.place)
    case 'folded':
      if (!dialect.isStorable(test.value)) return sql`1 = 0`
      return sql`${folded(dialect, text, test.value, test.place)} = ${dialect.value(test.value)}`
    default:
      return dialect.unmarked(text)
  }
}

const oneOf = ({ isStorable, value }: TextDialect, what: Fragment, values: readonly string[]): Fragment =>
  inList(what, values.filter(isStorable).map(value))

const space = 32

/** Up to the last colon that bounds a wildcard, part by part; then the rest. */
function cutGlob(dialect: TextDialect, tokens: readonly Token[], text: Fragment, place: string): Fragment {
  if (!dialect.isStorable(textOf(tokens.map((token) => (isWild(token) ? space : token))))) return sql`1 = 0`
  const { head, parts, rest, restInPart } = cutAtColons(tokens)
  const tests: Fragment[] = head === '' ? [] : [dialect.startsWith(text, head)]
  const cut = dialect.cut(head === '' ? text : dialect.after(text, head), parts.length)
  for (const [at, { ends, text: part }] of cut.parts.entries()) {
    tests.push(ends)
    const wanted = parts[at]!
    if (!isAnything(wanted)) tests.push(like(dialect, wanted, part, place))
  }
  if (restInPart) tests.push(opposite(dialect.hasColon(cut.rest)))
  if (tests.length === 0 || !isAnything(rest)) tests.push(like(dialect, rest, cut.rest, place))
  return conjunction(tests)
}

const isAnything = (tokens: readonly Token[]): boolean => tokens.length === 1 && tokens[0] === star

/** The required prefix, when the pattern requires nothing else. */
export function requiredPrefix(tokens: readonly Token[]): string | undefined {
  const head = tokens.slice(0, -1)
  return tokens.at(-1) === star && !head.some(isWild) ? textOf(head) : undefined
}

function like(dialect: TextDialect, tokens: readonly Token[], text: Fragment, place: string): Fragment {
  if (!tokens.some(isWild)) return oneOf(dialect, text, [textOf(tokens)])
  const prefix = requiredPrefix(tokens)
  if (prefix !== undefined) return prefix === '' ? sql`${text} IS NOT NULL` : dialect.startsWith(text, prefix)
  const symbols = inCodePoints(tokens, 1)?.[0]
  if (symbols === undefined || symbols.includes('basic') || symbols.includes('astral'))
    throw new Problem(
      'invalid_input',
      `${place}: cannot filter by a \`?\` in ${dialect.name}, which counts a character above U+FFFF as one and not as two`,
    )
  return sql`${text} LIKE ${dialect.value(symbols.map(likeSymbol).join(''))} ESCAPE '!'`
}

/** Not escaped by a backslash, which some settings of both dialects take for an ordinary character. */
export const likeText = (text: string): string => text.replace(/[!%_]/g, (mark) => `!${mark}`)

function likeSymbol(symbol: Mark): string {
  if (typeof symbol !== 'string') return likeText(symbol.text)
  return symbol === 'star' ? '%' : '_'
}

const folded = (dialect: TextDialect, text: Fragment, wanted: string, place: string): Fragment =>
  lowerings(wanted, place).reduce<Fragment>(
    (inner, [from, to]) => sql`replace(${inner}, ${dialect.value(from)}, ${dialect.value(to)})`,
    text,
  )

/** A literal beside the fields of a concatenation. @throws Problem('invalid_input') when no row can hold it */
export function storableValue(dialect: TextDialect, part: string, unstorable: string): Fragment {
  if (dialect.isStorable(part)) return dialect.value(part)
  throw new Problem(
    'invalid_input',
    `cannot filter by a resource attribute beside ${unstorable} in ${dialect.name}, which does not store it`,
  )
}
