// The residual as a function, for rows in memory: plain objects whose members are the shape's columns.
import type { Atom, Comparison, Formula, Term, Test } from './formula.ts'
import { type Field, rangeOf } from './shape.ts'
import { covers } from './tokens.ts'

export type Row = Readonly<Record<string, unknown>>

/**
 * Whether the policies allow the row. A value that does not have its declared type passes neither a test nor its negation.
 */
export function holdsFor(formula: Formula, row: Row): boolean {
  switch (formula.kind) {
    case 'true':
      return true
    case 'false':
      return false
    case 'and':
      return formula.parts.every((part) => holdsFor(part, row))
    case 'or':
      return formula.parts.some((part) => holdsFor(part, row))
    case 'literal':
      return formula.negated ? fails(formula.atom, row) : passes(formula.atom, row)
  }
}

/** The entries of a list may have any type. */
export type FieldValue = string | number | boolean | readonly unknown[]

/** A row's value of a field: undefined when missing, null when it does not have the declared type. */
export function readField(field: Field, row: Row): FieldValue | undefined | null {
  let value: unknown = Object.hasOwn(row, field.column) ? row[field.column] : undefined
  for (const name of field.path) {
    if (value === undefined || value === null) return undefined
    if (Array.isArray(value)) return null
    if (typeof value !== 'object') return undefined
    value = Object.hasOwn(value, name) ? (value as Row)[name] : undefined
  }
  if (value === undefined || value === null) return undefined
  return typed(field, value)
}

function typed(field: Field, value: unknown): FieldValue | undefined | null {
  switch (field.type) {
    case 'text':
      return typeof value === 'string' ? value : null
    case 'boolean':
      if (field.path.length === 0 && (value === 0 || value === 1)) return value === 1
      return typeof value === 'boolean' ? value : null
    case 'number':
      return typeof value === 'number' ? value : null
    case 'integer':
    case 'time': {
      const [least, most] = rangeOf(field.type)
      return Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? Number(value) : null
    }
    case 'list':
      if (!Array.isArray(value)) return null
      return value.length === 0 ? undefined : value
  }
}

function passes(atom: Atom, row: Row): boolean {
  if (atom.kind === 'joined') return joins(atom, row) === true
  const value = readField(atom.field, row)
  if (value === undefined || value === null) return false
  if (atom.kind === 'present') return true
  if (atom.kind === 'test') return testHolds(atom.test, value)
  return someEntry(atom, value)
}

function fails(atom: Atom, row: Row): boolean {
  if (atom.kind === 'joined') return joins(atom, row) === false
  const value = readField(atom.field, row)
  if (value === undefined) return true
  if (value === null || atom.kind === 'present') return false
  return atom.kind === 'test' ? !testHolds(atom.test, value) : isTexts(value) && !someEntry(atom, value)
}

/** Whether some entry passes or, negated, fails every test. An entry that is no text does neither. */
const someEntry = ({ tests, negated }: Extract<Atom, { kind: 'any' }>, value: FieldValue): boolean =>
  Array.isArray(value) &&
  value.some((entry) => typeof entry === 'string' && tests.some((test) => testHolds(test, entry)) !== negated)

export const isTexts = (value: FieldValue): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')

function testHolds(test: Test, value: FieldValue): boolean {
  switch (test.is) {
    case 'in':
      return test.values.includes(String(value))
    case 'glob':
      return covers(test.tokens, String(value))
    case 'folded':
      return String(value).toLowerCase() === test.value
    case 'compare':
      return typeof value === 'number' && Number.isFinite(value) && compares.get(test.by)!(value, test.value)
    case 'bool':
      return value === test.value
    case 'unmarked':
      return !/[\u0000\u0001]/.test(String(value))
  }
}

const compares: ReadonlyMap<Comparison, (value: number, bound: number) => boolean> = new Map([
  ['=', (value, bound) => value === bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
])

/** Undefined when a value does not have its declared type. */
function joins({ left, right, by }: Extract<Atom, { kind: 'joined' }>, row: Row): boolean | undefined {
  const one = joined(left, row)
  const two = joined(right, row)
  if (one === null || two === null) return undefined
  if (one === undefined || two === undefined) return false
  return by === 'equals' ? one === two : one.startsWith(two)
}

function joined(terms: readonly Term[], row: Row): string | undefined | null {
  let text: string | undefined = ''
  for (const term of terms) {
    const value = typeof term === 'string' ? term : readField(term, row)
    if (value === null) return null
    if (value === undefined) text = undefined
    else if (text !== undefined) text += String(value)
  }
  return text
}
