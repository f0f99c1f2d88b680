// What the SQL dialects share beyond sql.ts: how an atom and its opposite are written, given how a dialect reads a field.
import type { Atom, Term, Test } from './formula.ts'
import { type Field, rangeOf } from './shape.ts'
import { type Atoms, bracketed, chained, type Fragment, joinSql, sql } from './sql.ts'

/** A test of a value that is present and has the declared type. */
export interface Tested {
  /** Must hold for the test and for its opposite. */
  readonly guards: readonly Fragment[]
  readonly test: Fragment
  /** Holds wherever the test does, and can use an index. */
  readonly index?: Fragment | undefined
}

export type JoinedAtom = Extract<Atom, { kind: 'joined' }>

/** How one SQL dialect reads fields. Each condition is true, false or unknown as its comment says. */
export interface Dialect {
  /** Hold when the field is present and has the declared type; a list has an entry. Empty when presence implies the type. */
  readonly typed: (field: Field) => readonly Fragment[]
  /** Absent or null; also an empty list. */
  readonly missing: (field: Field) => Fragment
  /** The field as an expression that is compared with numbers. */
  readonly numeric: (field: Field) => string
  /** A number to compare such a field with. */
  readonly number: (given: number, type: Field['type']) => Fragment
  /** A whole number of at most 53 bits, to look up in an integer field. */
  readonly integer: (given: number) => Fragment
  readonly boolean: (field: Field, wanted: boolean) => Fragment
  /** Tests of a text; for an integer field, of its decimal form. @throws Problem('invalid_input') */
  readonly text: (test: Test, field: Field) => Tested
  /** A SELECT over the entries of a list. */
  readonly entries: (field: Field) => string
  /** Whether the current entry is a text. */
  readonly entryIsText: (field: Field) => Fragment
  /** Tests of the current entry's text. @throws Problem('invalid_input') */
  readonly entryText: (test: Test, field: Field) => Tested
  /** Compares two concatenations. @throws Problem('invalid_input') */
  readonly joined: (atom: JoinedAtom) => Fragment
}

export const conjunction = (parts: readonly Fragment[]): Fragment =>
  parts.length === 1 ? parts[0]! : bracketed(joinSql(parts, ' AND '))

export const opposite = (test: Fragment): Fragment => sql`NOT ${bracketed(test)}`

/** A test without guards. */
export const plain = (test: Fragment): Tested => ({ guards: [], test })

/** The atoms of a formula in this dialect. @throws Problem('invalid_input') for what it cannot express */
export const atomsOf = (dialect: Dialect): Atoms => ({
  holds: (atom) => holds(dialect, atom),
  fails: (atom) => fails(dialect, atom),
})

function holds(dialect: Dialect, atom: Atom): Fragment {
  switch (atom.kind) {
    case 'joined':
      return joinedHolds(dialect, atom, dialect.joined(atom))
    case 'any': {
      const { field } = atom
      const some = sql`EXISTS (${dialect.entries(field)} WHERE ${dialect.entryIsText(field)} AND ${anyOf(dialect, atom)})`
      return conjunction([...dialect.typed(field), some])
    }
    case 'present': {
      const typed = dialect.typed(atom.field)
      return typed.length > 0 ? conjunction(typed) : opposite(dialect.missing(atom.field))
    }
    case 'test': {
      const { index, guards, test } = tested(dialect, atom.test, atom.field)
      return conjunction([...(index ? [index] : []), ...dialect.typed(atom.field), ...guards, test])
    }
  }
}

function fails(dialect: Dialect, atom: Atom): Fragment {
  switch (atom.kind) {
    case 'joined':
      return joinedFails(dialect, atom)
    case 'any': {
      const { field } = atom
      const none = sql`NOT EXISTS (${dialect.entries(field)} WHERE NOT (${dialect.entryIsText(field)}) OR ${anyOf(dialect, atom)})`
      return sql`(${dialect.missing(field)} OR ${conjunction([...dialect.typed(field), none])})`
    }
    case 'present':
      return dialect.missing(atom.field)
    case 'test': {
      const { field } = atom
      const { guards, test } = tested(dialect, atom.test, field)
      const other = conjunction([...dialect.typed(field), ...guards, opposite(test)])
      return field.nullable ? sql`(${dialect.missing(field)} OR ${other})` : other
    }
  }
}

function tested(dialect: Dialect, test: Test, field: Field): Tested {
  switch (test.is) {
    case 'compare':
      return plain(compared(dialect, test, field))
    case 'bool':
      return plain(dialect.boolean(field, test.value))
    case 'in':
      return field.type === 'integer'
        ? plain(integers(dialect, test.values, field))
        : dialect.text(test, field)
    default:
      return dialect.text(test, field)
  }
}

/** Doubles that are not finite compare as nothing does. */
function compared(dialect: Dialect, test: Extract<Test, { is: 'compare' }>, field: Field): Fragment {
  const { type } = field
  const what = dialect.numeric(field)
  const one = sql`${what} ${test.by} ${dialect.number(test.value, type)}`
  if (type !== 'number') return one
  const [least, most] = rangeOf('number')
  return sql`(${what} BETWEEN ${dialect.number(least, type)} AND ${dialect.number(most, type)} AND ${one})`
}

function integers(dialect: Dialect, values: readonly string[], field: Field): Fragment {
  const whole = values
    .map(Number)
    .filter((one, at) => String(one) === values[at] && Number.isSafeInteger(one))
  return inList(sql`${dialect.numeric(field)}`, whole.map(dialect.integer))
}

/** Whether the expression equals one of the values. */
export function inList(what: Fragment, values: readonly Fragment[]): Fragment {
  if (values.length === 0) return sql`1 = 0`
  if (values.length === 1) return sql`${what} = ${values[0]!}`
  return sql`${what} IN (${joinSql(values, ', ')})`
}

/** One of the tests, or none of them; guards hold either way. */
function anyOf(dialect: Dialect, { field, tests, negated }: Extract<Atom, { kind: 'any' }>): Fragment {
  const all = tests.map((test) => dialect.entryText(test, field))
  // Guards are about the entry, so those of one test are those of all.
  const guards = all.flatMap((one) => one.guards).slice(0, 1)
  const any = bracketed(
    chained(
      all.map(({ test }) => test),
      ' OR ',
    ),
  )
  return conjunction([...guards, negated ? opposite(any) : any])
}

/** A field of a concatenation, not a text between fields. */
const isField = (part: Term): part is Field => typeof part !== 'string'

const fieldsIn = ({ left, right }: JoinedAtom): readonly Field[] => [
  ...new Map([...left, ...right].filter(isField).map((field) => [field.id, field])).values(),
]

const joinedHolds = (dialect: Dialect, atom: JoinedAtom, test: Fragment): Fragment =>
  conjunction([...fieldsIn(atom).flatMap(dialect.typed), test])

/** One of the fields is missing, or the test fails; each field is missing or of its type. */
function joinedFails(dialect: Dialect, atom: JoinedAtom): Fragment {
  const { missing, typed } = dialect
  const absent = fieldsIn(atom).filter((field) => field.nullable)
  const typedOrMissing = absent
    .filter((field) => absent.length > 1 && typed(field).length > 0)
    .map((field) => sql`(${missing(field)} OR ${conjunction(typed(field))})`)
  const failed = joinedHolds(dialect, atom, opposite(dialect.joined(atom)))
  return conjunction([...typedOrMissing, bracketed(joinSql([...absent.map(missing), failed], ' OR '))])
}
