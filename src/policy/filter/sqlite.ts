// SQLite. Texts are compared byte by byte whatever the column's collation (sqlite-text.ts). Columns hold what the shape
// says, lists and paths lie in JSON texts.
import type { Atom, Formula, Term, Test } from './formula.ts'
import { type Field, rangeOf } from './shape.ts'
import {
  bracketed,
  chained,
  type Fragment,
  finished,
  joinSql,
  quoted,
  type Sql,
  sql,
  value,
  written,
} from './sql.ts'
import { folded, globbed, listed, plain, type Tested, texts } from './sqlite-text.ts'

/** In brackets: SQLite may take a name in double quotes for a text when there is no such column. */
const column = (field: Field): string => `[${field.column}]`

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

/** One of the fields is missing, or the test fails; each field is missing or of its type. */
function joinedFails(atom: Joined): Fragment {
  const absent = fieldsIn(atom)
    .filter((field) => field.nullable)
    .map(sourceOf)
  const typedOrMissing = absent
    .filter(({ typed }) => absent.length > 1 && typed.length > 0)
    .map(({ missing, typed }) => sql`(${missing} OR ${conjunction(typed)})`)
  const missing = absent.map((source) => source.missing)
  const fails = bracketed(joinSql([...missing, joinedHolds(atom, 'not')], ' OR '))
  return conjunction([...typedOrMissing, fails])
}
