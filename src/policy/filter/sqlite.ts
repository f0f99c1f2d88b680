// SQLite. Texts are compared byte by byte whatever the column's collation (sqlite-text.ts). Columns hold what the shape
// says, lists and paths lie in JSON texts.
import { Problem } from '../../problem.ts'
import type { Atom, Formula, Term, Test } from './formula.ts'
import { type Field, rangeOf } from './shape.ts'
import { bracketed, chained, type Fragment, finished, joinSql, type Sql, sql, value, written } from './sql.ts'
import { column, entries, entryIsText, inJson, jsonMissing, jsonTyped, jsonValue } from './sqlite-json.ts'
import { folded, globbed, listed, plain, type Tested, texts } from './sqlite-text.ts'

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

function holds(atom: Atom): Fragment {
  switch (atom.kind) {
    case 'joined':
      return joinedHolds(atom, '')
    case 'any':
      return conjunction([
        ...sourceOf(atom.field).typed,
        sql`EXISTS (${entries(atom.field)} WHERE ${entryIsText(atom.field)} AND ${anyOf(atom)})`,
      ])
    case 'present':
      return present(atom.field)
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
    case 'any': {
      const { typed, missing } = sourceOf(atom.field)
      const none = sql`NOT EXISTS (${entries(atom.field)} WHERE NOT ${entryIsText(atom.field)} OR ${anyOf(atom)})`
      return sql`(${missing} OR ${conjunction([...typed, none])})`
    }
    case 'present':
      return sourceOf(atom.field).missing
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
