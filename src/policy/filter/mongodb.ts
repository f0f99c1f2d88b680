// MongoDB 5.0 or newer, with the simple collation (the default). Whole texts, prefixes and numbers are ordinary operators
// that can use an index; the rest is `$expr`, without regular expressions except for `?`. Documents have no schema, so
// every test includes the type: an array never matches as one of its entries.
import { Problem } from '../../problem.ts'
import type { Atom, Formula, Term, Test } from './formula.ts'
import { type Expression, text, textTested } from './mongodb-text.ts'
import { type Field, rangeOf } from './shape.ts'
import { isWild, star, type Token, textOf } from './tokens.ts'

export type MongoFilter = { readonly [name: string]: unknown }

/** BSON allows 100 levels of nesting. */
const maxNesting = 90

/** The residual as a filter for find(). @throws Problem('invalid_input') */
export function toMongodb(formula: Formula): MongoFilter {
  const made = written(formula)
  if (deeperThan(maxNesting, made))
    throw new Problem(
      'invalid_input',
      'the policies come to a MongoDB filter that is nested too deeply, expected fewer `*` in a pattern and fewer letters compared ignoring case',
    )
  return made
}

function deeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => deeperThan(levels - 1, inner))
}

function written(formula: Formula): MongoFilter {
  switch (formula.kind) {
    case 'true':
      return {}
    case 'false':
      return { $nor: [{}] }
    case 'and':
      return { $and: formula.parts.map(written) }
    case 'or':
      return { $or: formula.parts.map(written) }
    case 'literal':
      return formula.negated ? fails(formula.atom) : holds(formula.atom)
  }
}

const notArray = { $not: { $type: 'array' } }
const numberTypes = ['int', 'long', 'double', 'decimal']

function nameOf({ column, path }: Field): string {
  const odd = path.find((name) => name.includes('.') || name.startsWith('$'))
  if (odd !== undefined)
    throw new Problem(
      'invalid_input',
      `the path \`${odd}\` cannot be a MongoDB field, expected no dots and no dollar in front`,
    )
  return [column, ...path].join('.')
}

/** Also requires that the enclosing sub-documents are not arrays, whose entries' members a path would match. */
function onField(field: Field, condition: MongoFilter): MongoFilter {
  const name = nameOf(field)
  const above = field.path.map((_, depth) => [
    [field.column, ...field.path.slice(0, depth)].join('.'),
    notArray,
  ])
  return Object.fromEntries([...above, [name, condition]])
}

const missing = (field: Field): MongoFilter => onField(field, { $eq: null, ...notArray })

function holds(atom: Atom): MongoFilter {
  switch (atom.kind) {
    case 'joined':
      return { $expr: whenTyped(fieldsIn(atom), joinedTest(atom)) }
    case 'any':
      if (isListed(atom)) return onField(atom.field, { $elemMatch: oneOf(atom.tests[0].values) })
      return {
        $expr: whenList(atom.field, {
          $anyElementTrue: [{ $map: { input: ref(atom.field), as: 'entry', in: entryTest(atom) } }],
        }),
      }
    case 'present':
      return atom.field.type === 'list'
        ? { $expr: whenList(atom.field, { $gt: [{ $size: ref(atom.field) }, 0] }) }
        : typed(atom.field)
    case 'test':
      return (
        indexed(atom.test, atom.field) ?? { $expr: whenTyped([atom.field], tested(atom.test, atom.field)) }
      )
  }
}

function fails(atom: Atom): MongoFilter {
  switch (atom.kind) {
    case 'joined': {
      const absent = fieldsIn(atom).filter((field) => field.nullable)
      const other = { $expr: whenTyped(fieldsIn(atom), { $not: [joinedTest(atom)] }) }
      const failed = { $or: [...absent.map(missing), other] }
      if (absent.length < 2) return failed
      // A field of another type than declared is neither there nor missing.
      return { $and: [...absent.map((field) => ({ $or: [missing(field), typed(field)] })), failed] }
    }
    case 'any':
      return { $or: [listMissing(atom.field), { $expr: whenList(atom.field, noEntry(atom)) }] }
    case 'present':
      return atom.field.type === 'list' ? listMissing(atom.field) : missing(atom.field)
    case 'test': {
      const other = excluded(atom.test, atom.field) ?? {
        $expr: whenTyped([atom.field], { $not: [tested(atom.test, atom.field)] }),
      }
      return atom.field.nullable ? { $or: [missing(atom.field), other] } : other
    }
  }
}

type Any = Extract<Atom, { kind: 'any' }>

/** Some entry equals one of these texts, which an index over the entries can answer. */
const isListed = (atom: Any): atom is Any & { readonly tests: readonly [Extract<Test, { is: 'in' }>] } =>
  !atom.negated && atom.tests.length === 1 && atom.tests[0]?.is === 'in'

/** Present, and of the declared type. */
function typed(field: Field): MongoFilter {
  if (field.type === 'text') return onField(field, { $type: 'string', ...notArray })
  if (field.type === 'boolean') return onField(field, { $type: 'bool', ...notArray })
  return { $expr: isTyped(field) }
}

/** The test as operators that can use an index. */
function indexed(test: Test, field: Field): MongoFilter | undefined {
  switch (test.is) {
    case 'in':
      return field.type === 'text' ? onField(field, { ...oneOf(test.values), ...notArray }) : undefined
    case 'bool':
      return onField(field, { $eq: test.value, ...notArray })
    case 'glob': {
      const head = beginning(test.tokens)
      if (head === undefined || field.type !== 'text') return undefined
      const end = after(head)
      return onField(field, {
        $gte: head,
        ...(end === undefined ? { $type: 'string' } : { $lt: end }),
        ...notArray,
      })
    }
    case 'compare':
      return compared(test, field)
    default:
      return undefined
  }
}

/** Numbers alone are less or more than a number; the other end keeps infinity and NaN out. */
function compared({ by, value }: Extract<Test, { is: 'compare' }>, field: Field): MongoFilter {
  const [least, most] = rangeOf(field.type === 'time' || field.type === 'integer' ? field.type : 'number')
  const bounds = {
    '=': { $eq: value },
    '<': { $lt: value, $gte: least },
    '<=': { $lte: value, $gte: least },
    '>': { $gt: value, $lte: most },
    '>=': { $gte: value, $lte: most },
  }[by]
  const ordinary = onField(field, { ...bounds, ...notArray })
  return field.type === 'number' ? ordinary : { $and: [ordinary, { $expr: isTyped(field) }] }
}

const oneOf = (values: readonly string[]): MongoFilter =>
  values.length === 1 ? { $eq: values[0] } : { $in: values }

/** The negated test, for a field that is present. */
function excluded(test: Test, field: Field): MongoFilter | undefined {
  if (test.is === 'bool') return onField(field, { $eq: !test.value, ...notArray })
  if (test.is !== 'in' || field.type !== 'text') return undefined
  return { $and: [typed(field), onField(field, { $nin: test.values })] }
}

/** The required prefix, when the pattern requires nothing else. */
function beginning(tokens: readonly Token[]): string | undefined {
  const head = tokens.slice(0, -1)
  if (tokens.at(-1) !== star || head.some(isWild) || head.length === 0) return undefined
  const text = textOf(head)
  return text.isWellFormed() ? text : undefined
}

/** The first text, by code points, after all texts with this prefix; undefined when there is none. */
function after(head: string): string | undefined {
  const points = Array.from(head)
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const code = last.codePointAt(0)!
    // U+D7FF is followed by the surrogates, which no text contains.
    if (code < 0x10ffff) return points.join('') + String.fromCodePoint(code === 0xd7ff ? 0xe000 : code + 1)
  }
  return undefined
}

const ref = (field: Field): string => `$${nameOf(field)}`

function isTyped(field: Field): Expression {
  const type = { $type: ref(field) }
  if (field.type === 'text') return { $eq: [type, 'string'] }
  if (field.type === 'boolean') return { $eq: [type, 'bool'] }
  const number = { $in: [type, numberTypes] }
  if (field.type === 'number') return number
  const [least, most] = rangeOf(field.type === 'time' ? 'time' : 'integer')
  const whole = {
    $and: [
      { $gte: [ref(field), least] },
      { $lte: [ref(field), most] },
      { $eq: [{ $trunc: ref(field) }, ref(field)] },
    ],
  }
  return { $cond: [number, whole, false] }
}

/** The test is not evaluated for values of other types, which some operators reject. */
function whenTyped(fields: readonly Field[], test: Expression): Expression {
  return fields.reduceRight<Expression>((inner, field) => ({ $cond: [isTyped(field), inner, false] }), test)
}

const whenList = (field: Field, test: Expression): Expression => ({
  $cond: [{ $isArray: [ref(field)] }, test, false],
})

const listMissing = (field: Field): MongoFilter => ({
  $or: [missing(field), { $expr: whenList(field, { $eq: [{ $size: ref(field) }, 0] }) }],
})

const isText = { $eq: [{ $type: '$$entry' }, 'string'] }

function entryTest({ tests, negated }: Any): Expression {
  const any = { $or: tests.map((test) => textTested(test, '$$entry')) }
  return { $cond: [isText, negated ? { $not: [any] } : any, false] }
}

/** All entries are texts, and none passes. */
function noEntry(atom: Any): Expression {
  const spoils = { $cond: [isText, entryTest(atom), true] }
  return { $not: [{ $anyElementTrue: [{ $map: { input: ref(atom.field), as: 'entry', in: spoils } }] }] }
}

function tested(test: Test, field: Field): Expression {
  if (test.is === 'bool') return { $eq: [ref(field), test.value] }
  if (test.is === 'compare') {
    const [least, most] = rangeOf('number')
    const operator = { '=': '$eq', '<': '$lt', '<=': '$lte', '>': '$gt', '>=': '$gte' }[test.by]
    return {
      $and: [
        { $gte: [ref(field), least] },
        { $lte: [ref(field), most] },
        { [operator]: [ref(field), test.value] },
      ],
    }
  }
  return textTested(test, textOfField(field))
}

/** Digits alone: a whole double would be written with its decimal point by none, but large ones with an exponent. */
const textOfField = (field: Field): Expression =>
  field.type === 'integer' ? { $toString: { $toLong: ref(field) } } : ref(field)

type Joined = Extract<Atom, { kind: 'joined' }>

const together = (parts: readonly Term[]): Expression => ({
  $concat: ['', ...parts.map((part) => (typeof part === 'string' ? text(part) : textOfField(part)))],
})

function joinedTest({ left, right, by }: Joined): Expression {
  if (by === 'equals') return { $eq: [together(left), together(right)] }
  return { $eq: [{ $indexOfCP: [together(left), together(right)] }, 0] }
}

const fieldsIn = ({ left, right }: Joined): readonly Field[] => [
  ...new Map(
    [...left, ...right].flatMap((part) => (typeof part === 'string' ? [] : [[part.id, part] as const])),
  ).values(),
]
