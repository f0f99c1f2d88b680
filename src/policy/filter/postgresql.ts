// PostgreSQL, in a UTF-8 database. Texts are compared under COLLATE "C", byte by byte, so that neither a locale nor a
// nondeterministic collation lets an `a` pass for an `A`; an index must have that collation to serve. Columns are text,
// bigint, double precision, boolean, text[] or, for what lies in a path, jsonb.
import { Problem } from '../../problem.ts'
import { lowerings } from './fold.ts'
import type { Atom, Formula, Term, Test } from './formula.ts'
import { type Field, rangeOf } from './shape.ts'
import {
  bracketed,
  chained,
  column,
  type Fragment,
  finished,
  joinSql,
  quoted,
  type Sql,
  sql,
  value,
  written,
} from './sql.ts'
import { cutAtColons, inCodePoints, isWild, type Mark, star, type Token, textOf } from './tokens.ts'

/** The residual as a WHERE condition with `$n` placeholders. @throws Problem('invalid_input') */
export function toPostgresql(formula: Formula): Sql {
  return finished(written(formula, { holds, fails }), (n) => `$${n}`)
}

const jsonAt = (field: Field): string =>
  `(${column(field)}${field.path.map((name) => ` -> ${quoted(name)}::text`).join('')})`
const jsonTypeOf = (field: Field): string => `jsonb_typeof(${jsonAt(field)})`
const inJson = (field: Field): boolean => field.path.length > 0

/** NULL for a value that is not of the declared type: the cast must not be tried then. */
function raw(field: Field): string {
  if (!inJson(field)) return column(field)
  const text = `(${jsonAt(field)} #>> '{}')`
  if (field.type === 'text') return text
  const type = field.type === 'boolean' ? 'boolean' : 'number'
  const cast = field.type === 'boolean' ? 'boolean' : 'numeric'
  return `(CASE WHEN ${jsonTypeOf(field)} = '${type}' THEN ${text}::${cast} END)`
}

function missing(field: Field): Fragment {
  return inJson(field) ? sql`COALESCE(${jsonTypeOf(field)}, 'null') = 'null'` : sql`${column(field)} IS NULL`
}

function typed(field: Field): readonly Fragment[] {
  const whole = field.type === 'integer' || field.type === 'time'
  if (!inJson(field)) return field.type === 'time' ? [within(field)] : []
  const type = field.type === 'text' ? 'string' : field.type === 'boolean' ? 'boolean' : 'number'
  const is = sql`${jsonTypeOf(field)} = '${type}'`
  return whole ? [is, sql`${raw(field)} % 1 = 0`, within(field)] : [is]
}

function within(field: Field): Fragment {
  const [least, most] = rangeOf(field.type === 'time' ? 'time' : 'integer')
  return sql`${raw(field)} BETWEEN ${String(least)} AND ${String(most)}`
}

const textOfField = (field: Field): string =>
  field.type === 'integer' ? `trim_scale(${raw(field)}::numeric)::text` : raw(field)

function holds(atom: Atom): Fragment {
  switch (atom.kind) {
    case 'joined':
      return joinedHolds(atom, (test) => test)
    case 'any':
      return sql`(${hasEntries(atom.field)} AND EXISTS (${entries(atom.field)} WHERE ${isText(atom.field)} AND ${anyOf(atom)}))`
    case 'present':
      return present(atom.field)
    case 'test':
      return conjunction([...typed(atom.field), tested(atom.test, atom.field)])
  }
}

function fails(atom: Atom): Fragment {
  switch (atom.kind) {
    case 'joined':
      return joinedFails(atom)
    case 'any':
      return sql`(${listMissing(atom.field)} OR (${hasEntries(atom.field)} AND NOT EXISTS (${entries(atom.field)} WHERE NOT ${isText(atom.field)} OR ${anyOf(atom)})))`
    case 'present':
      return atom.field.type === 'list' ? bracketed(listMissing(atom.field)) : missing(atom.field)
    case 'test': {
      const other = conjunction([...typed(atom.field), opposite(tested(atom.test, atom.field))])
      return atom.field.nullable ? sql`(${missing(atom.field)} OR ${other})` : other
    }
  }
}

function present(field: Field): Fragment {
  if (field.type === 'list') return bracketed(hasEntries(field))
  const is = typed(field)
  return is.length > 0 ? conjunction(is) : sql`${column(field)} IS NOT NULL`
}

const conjunction = (parts: readonly Fragment[]): Fragment =>
  parts.length === 1 ? parts[0]! : bracketed(joinSql(parts, ' AND '))
const opposite = (test: Fragment): Fragment => sql`NOT ${bracketed(test)}`
const exact = (text: Fragment): Fragment => sql`${text} COLLATE "C"`

function tested(test: Test, field: Field): Fragment {
  switch (test.is) {
    case 'compare':
      return compared(test, field)
    case 'bool':
      return sql`${raw(field)} = ${String(test.value)}`
    case 'in':
      if (field.type === 'integer') return integers(test.values, raw(field))
      break
  }
  return textTested(test, sql`${textOfField(field)}`)
}

function compared(test: Extract<Test, { is: 'compare' }>, field: Field): Fragment {
  const type = field.type !== 'number' && Number.isSafeInteger(test.value) ? 'bigint' : 'double precision'
  const bound = sql`${value(test.value)}::${type}`
  if (field.type !== 'number') return sql`${raw(field)} ${test.by} ${bound}`
  const [least, most] = rangeOf('number')
  return sql`(${raw(field)} BETWEEN ${value(least)}::double precision AND ${value(most)}::double precision AND ${raw(field)} ${test.by} ${bound})`
}

function integers(values: readonly string[], what: string): Fragment {
  const whole = values.filter((text) => String(Number(text)) === text && Number.isSafeInteger(Number(text)))
  if (whole.length === 0) return sql`1 = 0`
  return sql`${what} IN (${joinSql(
    whole.map((text) => sql`${value(Number(text))}::bigint`),
    ', ',
  )})`
}

/** What is asked of a text. PostgreSQL's texts hold no U+0000. */
function textTested(test: Test, text: Fragment): Fragment {
  switch (test.is) {
    case 'in':
      return listed(exact(text), test.values)
    case 'glob':
      return cutGlob(test.tokens, text, test.place)
    case 'folded':
      return sql`${folded(text, test.value, test.place)} = ${value(test.value)}`
    default:
      return sql`strpos(${exact(text)}, chr(1)) = 0`
  }
}

function listed(what: Fragment, values: readonly string[]): Fragment {
  const storable = values.filter((text) => !text.includes('\u0000'))
  if (storable.length === 0) return sql`1 = 0`
  if (storable.length === 1) return sql`${what} = ${value(storable[0]!)}`
  return sql`${what} IN (${joinSql(storable.map(value), ', ')})`
}

function cutGlob(tokens: readonly Token[], text: Fragment, place: string): Fragment {
  const { head, parts, rest, restInPart } = cutAtColons(tokens)
  const tests: Fragment[] = []
  let left = text
  if (head !== '') {
    tests.push(sql`starts_with(${exact(text)}, ${value(head)})`)
    left = sql`substr(${text}, ${String(Array.from(head).length + 1)})`
  }
  for (const part of parts) {
    const end = sql`strpos(${exact(left)}, ':')`
    tests.push(sql`${end} > 0`)
    if (!isAnything(part)) tests.push(like(part, sql`split_part(${exact(left)}, ':', 1)`, place))
    left = sql`substr(${left}, ${end} + 1)`
  }
  if (restInPart) tests.push(sql`strpos(${exact(left)}, ':') = 0`)
  if (tests.length === 0 || !isAnything(rest)) tests.push(like(rest, left, place))
  return conjunction(tests)
}

const isAnything = (tokens: readonly Token[]): boolean => tokens.length === 1 && tokens[0] === star

function like(tokens: readonly Token[], text: Fragment, place: string): Fragment {
  if (!tokens.some(isWild)) return listed(exact(text), [textOf(tokens)])
  const head = textOf(tokens.slice(0, -1).filter((token) => !isWild(token)))
  if (tokens.at(-1) === star && !tokens.slice(0, -1).some(isWild))
    return head === '' ? sql`${text} IS NOT NULL` : sql`starts_with(${exact(text)}, ${value(head)})`
  const ways = inCodePoints(tokens, 1)
  const symbols = ways?.[0]
  if (symbols === undefined || symbols.includes('basic') || symbols.includes('astral'))
    throw new Problem(
      'invalid_input',
      `${place}: cannot filter by a \`?\` in PostgreSQL, which counts a character above U+FFFF as one and not as two`,
    )
  return sql`${exact(text)} LIKE ${value(symbols.map(likeSymbol).join(''))} ESCAPE '\\'`
}

function likeSymbol(symbol: Mark): string {
  if (typeof symbol !== 'string') return symbol.text.replace(/[\\%_]/g, (mark) => `\\${mark}`)
  return symbol === 'star' ? '%' : '_'
}

function folded(text: Fragment, wanted: string, place: string): Fragment {
  const pairs = lowerings(wanted, place)
  return pairs.reduce<Fragment>(
    (inner, [from, to]) => sql`replace(${inner}, ${value(from)}, ${value(to)})`,
    exact(text),
  )
}

const hasEntries = (field: Field): Fragment =>
  inJson(field)
    ? sql`${jsonTypeOf(field)} = 'array' AND ${jsonAt(field)} <> '[]'::jsonb`
    : sql`cardinality(${column(field)}) > 0`
const listMissing = (field: Field): Fragment =>
  inJson(field)
    ? sql`COALESCE(${jsonTypeOf(field)}, 'null') = 'null' OR ${jsonAt(field)} = '[]'::jsonb`
    : sql`${column(field)} IS NULL OR cardinality(${column(field)}) = 0`
/** A column that is no array has no entries: unnesting must not be tried on it. */
const entries = (field: Field): string =>
  inJson(field)
    ? `SELECT 1 FROM jsonb_array_elements(CASE WHEN ${jsonTypeOf(field)} = 'array' THEN ${jsonAt(field)} ELSE '[]'::jsonb END) AS entry(item)`
    : `SELECT 1 FROM unnest(${column(field)}) AS entry(item)`
const isText = (field: Field): string =>
  inJson(field) ? `jsonb_typeof(entry.item) = 'string'` : 'entry.item IS NOT NULL'

function anyOf({ field, tests, negated }: Extract<Atom, { kind: 'any' }>): Fragment {
  const text = sql`${inJson(field) ? `(entry.item #>> '{}')` : 'entry.item'}`
  const any = bracketed(
    chained(
      tests.map((test) => textTested(test, text)),
      ' OR ',
    ),
  )
  return negated ? opposite(any) : any
}

type Joined = Extract<Atom, { kind: 'joined' }>

const term = (part: Term): Fragment =>
  typeof part === 'string' ? sql`${value(part)}::text` : sql`${textOfField(part)}`
const together = (parts: readonly Term[]): Fragment =>
  parts.length === 0 ? sql`''` : bracketed(joinSql(parts.map(term), ' || '))

function joinedTest({ left, right, by }: Joined): Fragment {
  const one = exact(together(left))
  return by === 'equals' ? sql`${one} = ${together(right)}` : sql`starts_with(${one}, ${together(right)})`
}

const fieldsIn = ({ left, right }: Joined): readonly Field[] => [
  ...new Map(
    [...left, ...right].flatMap((part) => (typeof part === 'string' ? [] : [[part.id, part] as const])),
  ).values(),
]

const joinedHolds = (atom: Joined, form: (test: Fragment) => Fragment): Fragment =>
  conjunction([...fieldsIn(atom).flatMap(typed), form(joinedTest(atom))])

function joinedFails(atom: Joined): Fragment {
  const absent = fieldsIn(atom).filter((field) => field.nullable)
  return bracketed(joinSql([...absent.map(missing), joinedHolds(atom, opposite)], ' OR '))
}
