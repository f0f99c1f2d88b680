// MySQL 8.0.21 or newer and MariaDB 10.6 or newer, under any `sql_mode` but EMPTY_STRING_IS_NULL, with prepared statements
// on a utf8mb4 connection. Columns are of a text type, BIGINT, DOUBLE, BOOLEAN or, for lists and what lies in a path, JSON.
// Every test is preceded by an IS NOT NULL of its own: under ORACLE mode some functions read NULL as an empty text.
import { Problem } from '../../problem.ts'
import type { Atom, Formula, Term, Test } from './formula.ts'
import {
  column,
  entries,
  entryIsText,
  entryText,
  isTrue,
  missing,
  numberOf,
  textOfField,
  typed,
} from './mysql-field.ts'
import { conjunction, indexed, isStorable, textTested, textValue } from './mysql-text.ts'
import { type Field, rangeOf } from './shape.ts'
import { bracketed, chained, type Fragment, finished, joinSql, type Sql, sql, value, written } from './sql.ts'

/** The residual as a WHERE condition with `?` placeholders. @throws Problem('invalid_input') */
export function toMysql(formula: Formula): Sql {
  return finished(written(formula, { holds, fails }), () => '?')
}

function holds(atom: Atom): Fragment {
  switch (atom.kind) {
    case 'joined':
      return joinedHolds(atom, (test) => test)
    case 'any':
      return conjunction([
        ...typed(atom.field),
        sql`EXISTS (${entries(atom.field)} WHERE ${entryIsText(atom.field)} AND ${anyOf(atom)})`,
      ])
    case 'present':
      return conjunction(typed(atom.field))
    case 'test': {
      const { field, test } = atom
      const plain = field.type === 'text' && field.path.length === 0
      const index = plain ? indexed(test, column(field)) : undefined
      return conjunction([...(index ? [index] : []), ...typed(field), tested(test, field)])
    }
  }
}

function fails(atom: Atom): Fragment {
  switch (atom.kind) {
    case 'joined':
      return joinedFails(atom)
    case 'any': {
      const refused = sql`NOT EXISTS (${entries(atom.field)} WHERE NOT (${entryIsText(atom.field)}) OR ${anyOf(atom)})`
      return sql`(${missing(atom.field)} OR ${conjunction([...typed(atom.field), refused])})`
    }
    case 'present':
      return missing(atom.field)
    case 'test': {
      const other = conjunction([...typed(atom.field), opposite(tested(atom.test, atom.field))])
      return atom.field.nullable ? sql`(${missing(atom.field)} OR ${other})` : other
    }
  }
}

const opposite = (test: Fragment): Fragment => sql`NOT ${bracketed(test)}`

/** Drivers send a number as a double or as its text: either way it becomes a double. */
const doubleValue = (given: number): Fragment => sql`(${value(given)} + 0e0)`

function tested(test: Test, field: Field): Fragment {
  switch (test.is) {
    case 'compare':
      return compared(test, field)
    case 'bool':
      return test.value ? isTrue(field) : opposite(isTrue(field))
    case 'in':
      if (field.type === 'integer') return integers(test.values, numberOf(field))
      break
  }
  return textTested(test, sql`${textOfField(field)}`)
}

function compared(test: Extract<Test, { is: 'compare' }>, field: Field): Fragment {
  const one = sql`${numberOf(field)} ${test.by} ${doubleValue(test.value)}`
  if (field.type !== 'number') return one
  const [least, most] = rangeOf('number')
  return sql`(${numberOf(field)} BETWEEN ${doubleValue(least)} AND ${doubleValue(most)} AND ${one})`
}

function integers(values: readonly string[], what: string): Fragment {
  const whole = values.filter((text) => String(Number(text)) === text && Number.isSafeInteger(Number(text)))
  if (whole.length === 0) return sql`1 = 0`
  return sql`${what} IN (${joinSql(
    whole.map((text) => sql`CAST(${value(Number(text))} AS SIGNED)`),
    ', ',
  )})`
}

function anyOf({ field, tests, negated }: Extract<Atom, { kind: 'any' }>): Fragment {
  const text = sql`${entryText(field)}`
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
    'cannot filter by a resource attribute beside half a surrogate pair in MySQL, which does not store it',
  )
}
const together = (parts: readonly Term[]): Fragment =>
  parts.length === 0 ? textValue('') : sql`CONCAT(${joinSql(parts.map(term), ', ')})`

function joinedTest({ left, right, by }: Joined): Fragment {
  const one = together(left)
  const two = together(right)
  return by === 'equals' ? sql`${one} = ${two}` : sql`LEFT(${one}, LENGTH(${two})) = ${two}`
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
  const typedOrMissing =
    absent.length < 2 ? [] : absent.map((field) => sql`(${missing(field)} OR ${conjunction(typed(field))})`)
  const fails = bracketed(joinSql([...absent.map(missing), joinedHolds(atom, opposite)], ' OR '))
  return conjunction([...typedOrMissing, fails])
}
