// PostgreSQL, in a UTF-8 database. Texts are compared under COLLATE "C", byte by byte, so that neither a locale nor a
// nondeterministic collation lets an `a` pass for an `A`; an index must have that collation to serve. Columns are text,
// bigint, double precision, boolean, text[] or, for what lies in a path, jsonb (postgresql-json.ts).
//
// Every argument is cast to its own type. Functions and operators are then found in pg_catalog, whatever a schema of the
// search_path defines for varchar, and a citext column is compared as text. COLLATE goes inside the cast, because it is
// refused for a whole row: that is what the name of a column that does not exist means when the table has the same name.
import { Problem } from '../../problem.ts'
import { lowerings } from './fold.ts'
import type { Atom, Formula, Term, Test } from './formula.ts'
import {
  exactText,
  inJson,
  jsonEntries,
  jsonHasEntries,
  jsonListMissing,
  jsonMissing,
  jsonTyped,
  jsonValue,
} from './postgresql-json.ts'
import { type Field, type FieldType, rangeOf } from './shape.ts'
import {
  bracketed,
  chained,
  column,
  type Fragment,
  finished,
  joinSql,
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

/** NULL for a value that does not have the declared type. */
function raw(field: Field): string {
  if (inJson(field)) return jsonValue(field)
  return field.type === 'text' ? exactText(column(field)) : column(field)
}

/** Whether the field is missing. The cast fails when the name is not a column of the declared type. */
function missing(field: Field): Fragment {
  if (inJson(field)) return jsonMissing(field)
  return field.type === 'text'
    ? sql`${raw(field)} IS NULL`
    : sql`${column(field)}::${columnTypes[field.type]} IS NULL`
}

const columnTypes: Readonly<Record<Exclude<FieldType, 'text'>, string>> = {
  integer: 'numeric',
  number: 'double precision',
  boolean: 'boolean',
  time: 'numeric',
  list: 'text[]',
}

function typed(field: Field): readonly Fragment[] {
  if (inJson(field)) return jsonTyped(field)
  return field.type === 'time' ? [within(field)] : []
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
  return is.length > 0 ? conjunction(is) : opposite(missing(field))
}

const conjunction = (parts: readonly Fragment[]): Fragment =>
  parts.length === 1 ? parts[0]! : bracketed(joinSql(parts, ' AND '))
const opposite = (test: Fragment): Fragment => sql`NOT ${bracketed(test)}`
/** A placeholder of type text. */
const textValue = (given: string): Fragment => sql`${value(given)}::text`
/** Whether a row can hold the text. Drivers refuse U+0000 and replace half a surrogate pair by another character. */
const space = 32
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000')

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
  if (field.type !== 'number')
    return sql`${raw(field)} ${test.by} ${value(test.value)}::${Number.isSafeInteger(test.value) ? 'bigint' : 'numeric'}`
  const [least, most] = rangeOf('number')
  return sql`(${raw(field)} BETWEEN ${value(least)}::double precision AND ${value(most)}::double precision AND ${raw(field)} ${test.by} ${value(test.value)}::double precision)`
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
      return listed(text, test.values)
    case 'glob':
      return cutGlob(test.tokens, text, test.place)
    case 'folded':
      if (!isStorable(test.value)) return sql`1 = 0`
      return sql`${folded(text, test.value, test.place)} = ${textValue(test.value)}`
    default:
      return sql`strpos(${text}, chr(1)) = 0`
  }
}

function listed(what: Fragment, values: readonly string[]): Fragment {
  const storable = values.filter(isStorable)
  if (storable.length === 0) return sql`1 = 0`
  if (storable.length === 1) return sql`${what} = ${textValue(storable[0]!)}`
  return sql`${what} IN (${joinSql(storable.map(textValue), ', ')})`
}

function cutGlob(tokens: readonly Token[], text: Fragment, place: string): Fragment {
  if (!isStorable(textOf(tokens.map((token) => (isWild(token) ? space : token))))) return sql`1 = 0`
  const { head, parts, rest, restInPart } = cutAtColons(tokens)
  const tests: Fragment[] = []
  let left = text
  if (head !== '') {
    tests.push(sql`starts_with(${text}, ${textValue(head)})`)
    left = sql`substr(${text}, ${String(Array.from(head).length + 1)})`
  }
  for (const part of parts) {
    const end = sql`strpos(${left}, ':'::text)`
    tests.push(sql`${end} > 0`)
    if (!isAnything(part)) tests.push(like(part, sql`split_part(${left}, ':'::text, 1)`, place))
    left = sql`substr(${left}, ${end} + 1)`
  }
  if (restInPart) tests.push(sql`strpos(${left}, ':'::text) = 0`)
  if (tests.length === 0 || !isAnything(rest)) tests.push(like(rest, left, place))
  return conjunction(tests)
}

const isAnything = (tokens: readonly Token[]): boolean => tokens.length === 1 && tokens[0] === star

function like(tokens: readonly Token[], text: Fragment, place: string): Fragment {
  if (!tokens.some(isWild)) return listed(text, [textOf(tokens)])
  const head = textOf(tokens.slice(0, -1).filter((token) => !isWild(token)))
  if (tokens.at(-1) === star && !tokens.slice(0, -1).some(isWild))
    return head === '' ? sql`${text} IS NOT NULL` : sql`starts_with(${text}, ${textValue(head)})`
  const ways = inCodePoints(tokens, 1)
  const symbols = ways?.[0]
  if (symbols === undefined || symbols.includes('basic') || symbols.includes('astral'))
    throw new Problem(
      'invalid_input',
      `${place}: cannot filter by a \`?\` in PostgreSQL, which counts a character above U+FFFF as one and not as two`,
    )
  return sql`${text} LIKE ${textValue(symbols.map(likeSymbol).join(''))} ESCAPE '!'`
}

/** Not escaped by a backslash, which a literal reads otherwise when standard_conforming_strings is off. */
function likeSymbol(symbol: Mark): string {
  if (typeof symbol !== 'string') return symbol.text.replace(/[!%_]/g, (mark) => `!${mark}`)
  return symbol === 'star' ? '%' : '_'
}

function folded(text: Fragment, wanted: string, place: string): Fragment {
  const pairs = lowerings(wanted, place)
  return pairs.reduce<Fragment>(
    (inner, [from, to]) => sql`replace(${inner}, ${textValue(from)}, ${textValue(to)})`,
    text,
  )
}

const hasEntries = (field: Field): Fragment =>
  inJson(field) ? jsonHasEntries(field) : sql`cardinality(${column(field)}) > 0`
const listMissing = (field: Field): Fragment =>
  inJson(field) ? jsonListMissing(field) : sql`${missing(field)} OR cardinality(${column(field)}) = 0`
const entries = (field: Field): string =>
  inJson(field) ? jsonEntries(field) : `SELECT 1 FROM unnest(${column(field)}) AS entry(item)`
const isText = (field: Field): string =>
  inJson(field) ? `jsonb_typeof(entry.item) = 'string'` : 'entry.item IS NOT NULL'

function anyOf({ field, tests, negated }: Extract<Atom, { kind: 'any' }>): Fragment {
  const text = sql`${exactText(inJson(field) ? `(entry.item #>> '{}')` : 'entry.item')}`
  const any = bracketed(
    chained(
      tests.map((test) => textTested(test, text)),
      ' OR ',
    ),
  )
  return negated ? opposite(any) : any
}

type Joined = Extract<Atom, { kind: 'joined' }>

function term(part: Term): Fragment {
  if (typeof part !== 'string') return sql`${textOfField(part)}`
  if (isStorable(part)) return textValue(part)
  throw new Problem(
    'invalid_input',
    'cannot filter by a resource attribute beside U+0000 or half a surrogate pair in PostgreSQL, which stores neither',
  )
}
const together = (parts: readonly Term[]): Fragment =>
  parts.length === 0 ? sql`''::text` : bracketed(joinSql(parts.map(term), ' || '))

function joinedTest({ left, right, by }: Joined): Fragment {
  const one = sql`${together(left)} COLLATE "C"`
  return by === 'equals' ? sql`${one} = ${together(right)}` : sql`starts_with(${one}, ${together(right)})`
}

const fieldsIn = ({ left, right }: Joined): readonly Field[] => [
  ...new Map(
    [...left, ...right].flatMap((part) => (typeof part === 'string' ? [] : [[part.id, part] as const])),
  ).values(),
]

const joinedHolds = (atom: Joined, form: (test: Fragment) => Fragment): Fragment =>
  conjunction([...fieldsIn(atom).flatMap(typed), form(joinedTest(atom))])

/** One of the fields is missing, or the test fails; each field is missing or of its type. */
function joinedFails(atom: Joined): Fragment {
  const absent = fieldsIn(atom).filter((field) => field.nullable)
  const typedOrMissing = absent
    .filter((field) => absent.length > 1 && typed(field).length > 0)
    .map((field) => sql`(${missing(field)} OR ${conjunction(typed(field))})`)
  const fails = bracketed(joinSql([...absent.map(missing), joinedHolds(atom, opposite)], ' OR '))
  return conjunction([...typedOrMissing, fails])
}
