// SQLite. Texts are compared byte by byte whatever the column's collation; patterns are GLOB, which tells case apart and
// whose `pattern*` form an index serves. GLOB stops reading a text at U+0000, so where more than the beginning counts a
// text that holds one passes neither a pattern nor its opposite.
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

/** The residual as a WHERE condition with `?` placeholders. @throws Problem('invalid_input') */
export function toSqlite(formula: Formula): Sql {
  return finished(written(formula, { holds, fails }), () => '?')
}

/** A value, what must be true of it before it is tested, and how it reads as text. */
interface Source {
  readonly raw: string
  readonly text: string
  readonly typed: readonly Fragment[]
  readonly missing: Fragment
}

const jsonPath = ({ path }: Field): string => quoted(`$${path.map((name) => `."${name}"`).join('')}`)
const jsonType = (field: Field): string => `json_type(${column(field)}, ${jsonPath(field)})`

function sourceOf(field: Field): Source {
  const inJson = field.path.length > 0
  const raw = inJson ? `(${column(field)} ->> ${jsonPath(field)})` : column(field)
  const missing = inJson ? sql`COALESCE(${jsonType(field)}, 'null') = 'null'` : sql`${raw} IS NULL`
  const text = field.type === 'integer' ? `CAST(${raw} AS TEXT)` : raw
  return { raw, text, typed: inJson ? jsonTyped(field) : columnTyped(field), missing }
}

/** JSON holds anything. */
function jsonTyped(field: Field): readonly Fragment[] {
  const type = jsonType(field)
  switch (field.type) {
    case 'text':
      return [sql`${type} = 'text'`]
    case 'boolean':
      return [sql`${type} IN ('true', 'false')`]
    case 'number':
      return [sql`${type} IN ('integer', 'real')`]
    default:
      return [sql`${type} = 'integer'`, within(field)]
  }
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
  const name = field.path.length > 0 ? `(${column(field)} ->> ${jsonPath(field)})` : column(field)
  const [least, most] = rangeOf(field.type === 'time' ? 'time' : 'integer')
  return sql`${name} BETWEEN ${String(least)} AND ${String(most)}`
}

function holds(atom: Atom): Fragment {
  switch (atom.kind) {
    case 'joined':
      return joinedHolds(atom, '')
    case 'any':
      return sql`(${listHasEntries(atom.field)} AND EXISTS (${entries(atom.field)} WHERE entry.type = 'text' AND ${anyOf(atom)}))`
    case 'present':
      return atom.field.type === 'list' ? bracketed(listHasEntries(atom.field)) : present(atom.field)
    case 'test': {
      const source = sourceOf(atom.field)
      const { index = [], guards, test } = tested(atom.test, source, atom.field)
      const found = index.length > 0 ? [index] : []
      return conjunction([...found, ...source.typed, ...guards, test])
    }
  }
}

function fails(atom: Atom): Fragment {
  switch (atom.kind) {
    case 'joined':
      return joinedFails(atom)
    case 'any':
      return sql`(${listMissing(atom.field)} OR (${listHasEntries(atom.field)} AND NOT EXISTS (${entries(atom.field)} WHERE entry.type <> 'text' OR ${anyOf(atom)})))`
    case 'present':
      return atom.field.type === 'list' ? bracketed(listMissing(atom.field)) : sourceOf(atom.field).missing
    case 'test': {
      const source = sourceOf(atom.field)
      const { guards, test } = tested(atom.test, source, atom.field)
      const other = conjunction([...source.typed, ...guards, opposite(test)])
      return atom.field.nullable ? sql`(${source.missing} OR ${other})` : other
    }
  }
}

const present = (field: Field): Fragment => {
  const { typed, raw } = sourceOf(field)
  return typed.length > 0 ? conjunction(typed) : sql`${raw} IS NOT NULL`
}

const conjunction = (parts: readonly Fragment[]): Fragment =>
  parts.length === 1 ? parts[0]! : bracketed(joinSql(parts, ' AND '))

const opposite = (test: Fragment): Fragment => sql`NOT ${bracketed(test)}`

interface Tested {
  /** Must hold for the test and for its opposite. */
  readonly guards: readonly Fragment[]
  readonly test: Fragment
  /** Holds wherever the test does. SQLite finds it in an index; an explicit COLLATE would keep it from looking for one beside an OR. */
  readonly index?: Fragment
}

const plain = (test: Fragment): Tested => ({ guards: [], test })
const noNul = (text: string): Fragment => sql`instr(${text}, char(0)) = 0`

/** What is asked of a value that is there and of its type; then it is true or false, never unknown. */
function tested(test: Test, { raw, text }: Pick<Source, 'raw' | 'text'>, field: Field | undefined): Tested {
  switch (test.is) {
    case 'in':
      return field?.type === 'integer' ? plain(integers(test.values, raw)) : texts(test.values, raw, field)
    case 'glob':
      return globbed(test.tokens, text, test.place)
    case 'folded':
      return plain(sql`${folded(text, test.value, test.place)} = ${value(test.value)}`)
    case 'compare': {
      const [least, most] = rangeOf('number')
      const compared = sql`${raw} ${test.by} ${value(test.value)}`
      return plain(
        field?.type === 'number'
          ? bracketed(sql`${raw} BETWEEN ${value(least)} AND ${value(most)} AND ${compared}`)
          : compared,
      )
    }
    case 'bool':
      return plain(sql`${raw} = ${test.value ? '1' : '0'}`)
    case 'unmarked':
      return plain(bracketed(sql`instr(${text}, char(0)) = 0 AND instr(${text}, char(1)) = 0`))
  }
}

function integers(values: readonly string[], raw: string): Fragment {
  const whole = values.filter((text) => String(Number(text)) === text && Number.isSafeInteger(Number(text)))
  return whole.length === 0 ? sql`1 = 0` : listed(raw, whole.map(Number))
}

/**
 * A column alone has a collation, which may be one without case, and an affinity, which may take `05` for 5; put
 * together with nothing it has neither, and equal texts are the same bytes.
 */
function texts(values: readonly string[], raw: string, field: Field | undefined): Tested {
  if (field?.path.length !== 0) return plain(listed(raw, values))
  return { guards: [], index: listed(raw, values), test: listed(`${raw} || ''`, values) }
}

function listed(what: string, values: readonly (string | number)[]): Fragment {
  if (values.length === 1) return sql`${what} = ${value(values[0]!)}`
  return sql`${what} IN (${joinSql(values.map(value), ', ')})`
}

function globbed(tokens: readonly Token[], text: string, place: string): Tested {
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

function folded(text: string, wanted: string, place: string): Fragment {
  const pairs = lowerings(wanted, place)
  return pairs.reduce<Fragment>(
    (inner, [from, to]) => sql`replace(${inner}, ${value(from)}, ${value(to)})`,
    sql`${text}`,
  )
}

const listType = (field: Field): string => `COALESCE(${jsonType(field)}, 'null')`
const listLength = (field: Field): string => `json_array_length(${column(field)}, ${jsonPath(field)})`
const listHasEntries = (field: Field): Fragment =>
  sql`${listType(field)} = 'array' AND ${listLength(field)} > 0`
const listMissing = (field: Field): Fragment =>
  sql`${listType(field)} = 'null' OR (${listType(field)} = 'array' AND ${listLength(field)} = 0)`
const entries = (field: Field): string =>
  `SELECT 1 FROM json_each(${column(field)}, ${jsonPath(field)}) AS entry`

/** One of the tests, or none of them; guards hold either way. */
function anyOf({ tests, negated }: Extract<Atom, { kind: 'any' }>): Fragment {
  const source = { raw: 'entry.value', text: 'entry.value' }
  const all = tests.map((test) => tested(test, source, undefined))
  const guards = all.flatMap((one) => one.guards).slice(0, 1)
  const any = bracketed(
    chained(
      all.map(({ test }) => test),
      ' OR ',
    ),
  )
  return conjunction([...guards, negated ? opposite(any) : any])
}

type Joined = Extract<Atom, { kind: 'joined' }>

const term = (part: Term): Fragment => (typeof part === 'string' ? value(part) : [sourceOf(part).text])
const together = (parts: readonly Term[]): Fragment =>
  parts.length === 0 ? sql`''` : bracketed(joinSql(parts.map(term), ' || '))
const blob = (text: Fragment): Fragment => sql`CAST(${text} AS BLOB)`

/** As bytes, which U+0000 does not end. Not by substr, which of no bytes makes NULL. */
function compared({ left, right, by }: Joined): Fragment {
  const one = blob(together(left))
  const two = blob(together(right))
  return by === 'equals' ? sql`${one} = ${two}` : sql`instr(${one}, ${two}) = 1`
}

const fieldsIn = ({ left, right }: Joined): readonly Field[] => [
  ...new Map(
    [...left, ...right].flatMap((part) => (typeof part === 'string' ? [] : [[part.id, part] as const])),
  ).values(),
]

const joinedHolds = (atom: Joined, not: string): Fragment =>
  conjunction([
    ...fieldsIn(atom).flatMap((field) => sourceOf(field).typed),
    not === '' ? compared(atom) : opposite(compared(atom)),
  ])

function joinedFails(atom: Joined): Fragment {
  const missing = fieldsIn(atom)
    .filter((field) => field.nullable)
    .map((field) => sourceOf(field).missing)
  return bracketed(joinSql([...missing, joinedHolds(atom, 'not')], ' OR '))
}
