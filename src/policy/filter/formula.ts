// The residual formula: what remains of the policies once everything except the row is known, as and/or over tests of the
// row's fields. Every atom is true or false, never unknown: a test of a missing field is false, so its negation is true,
// and `present` tests whether a field exists. Negation is moved into the atoms when a formula is created, so that the
// printers (sqlite.ts, postgresql.ts, mongodb.ts, predicate.ts) print two forms of each atom and never a bare NOT.
import { Problem } from '../../problem.ts'
import type { Field } from './shape.ts'
import type { Token } from './tokens.ts'

export type Comparison = '=' | '<' | '<=' | '>' | '>='

/** A test of a value that is present. */
export type Test =
  /** Equals one of these texts, which are distinct and sorted. */
  | { readonly is: 'in'; readonly values: readonly string[] }
  /** Matches the pattern; `place` is named in the error when a printer cannot express it. */
  | { readonly is: 'glob'; readonly tokens: readonly Token[]; readonly place: string }
  /** Lowers, by JavaScript's rules, to this text; `value` is lower case. */
  | { readonly is: 'folded'; readonly value: string; readonly place: string }
  /** A finite number for which the comparison holds. */
  | { readonly is: 'compare'; readonly by: Comparison; readonly value: number }
  | { readonly is: 'bool'; readonly value: boolean }
  /** Contains neither U+0000 nor U+0001, as required of a variable's value (pattern.ts). */
  | { readonly is: 'unmarked' }

export type Term = string | Field

export type Atom =
  /** The field is present; for a list, with at least one entry. */
  | { readonly kind: 'present'; readonly field: Field }
  /** For a field with a single value. */
  | { readonly kind: 'test'; readonly field: Field; readonly test: Test }
  /** For a list: some entry passes one of the tests (or, `negated`, none does). */
  | {
      readonly kind: 'any'
      readonly field: Field
      readonly tests: readonly Test[]
      readonly negated: boolean
    }
  /** Concatenations of fields that are all present: `left` equals, or begins with, `right`. */
  | {
      readonly kind: 'joined'
      readonly left: readonly Term[]
      readonly right: readonly Term[]
      readonly by: 'equals' | 'begins'
    }

export interface Literal {
  readonly kind: 'literal'
  readonly atom: Atom
  readonly negated: boolean
  /** Identifies the atom; equal atoms have the same key. */
  readonly key: string
  readonly size: 1
}

export interface Group<Kind extends 'and' | 'or' = 'and' | 'or'> {
  readonly kind: Kind
  readonly parts: readonly Formula[]
  readonly size: number
}

export type Formula =
  | { readonly kind: 'true'; readonly size: 0 }
  | { readonly kind: 'false'; readonly size: 0 }
  | Literal
  | Group<'and'>
  | Group<'or'>

/** Maximum atoms of a residual, so that a policy cannot become a query of any size. */
export const maxAtoms = 2000

export const yes: Formula = { kind: 'true', size: 0 }
export const no: Formula = { kind: 'false', size: 0 }
export const constant = (holds: boolean): Formula => (holds ? yes : no)

export function literal(atom: Atom): Formula {
  if (atom.kind === 'present' && !atom.field.nullable) return yes
  if (atom.kind === 'test' && atom.test.is === 'in' && atom.test.values.length === 0) return no
  return { kind: 'literal', atom, negated: false, key: keyOf(atom), size: 1 }
}

export function not(formula: Formula): Formula {
  switch (formula.kind) {
    case 'true':
      return no
    case 'false':
      return yes
    case 'literal':
      return { ...formula, negated: !formula.negated }
    default:
      return formula.kind === 'and' ? or(formula.parts.map(not)) : and(formula.parts.map(not))
  }
}

export const and = (parts: readonly Formula[]): Formula => grouped('and', parts)
export const or = (parts: readonly Formula[]): Formula => grouped('or', parts)

/** @throws Problem('invalid_input') when the residual grows beyond maxAtoms */
function grouped(kind: 'and' | 'or', given: readonly Formula[]): Formula {
  const neutral = kind === 'and' ? 'true' : 'false'
  const parts = new Map<string, Formula>()
  for (const part of flat(kind, given)) {
    if (part.kind === neutral) continue
    if (part.kind === 'true' || part.kind === 'false') return part
    parts.set(spelling(part), part)
  }
  const literals = mergedLists(
    kind,
    [...parts.values()].filter((part) => part.kind === 'literal'),
  )
  if (literals === undefined) return kind === 'and' ? no : yes
  const signed = new Set(literals.map(spelling))
  for (const { key, negated } of literals)
    if (signed.has(signedKey(key, !negated))) return kind === 'and' ? no : yes
  const groups = [...parts.values()].filter((part) => part.kind === 'and' || part.kind === 'or') as Group[]
  // Absorption: x and (x or y) is x; x or (x and y) is x.
  const kept = groups.filter(
    ({ parts }) => !parts.some((part) => part.kind === 'literal' && signed.has(spelling(part))),
  )
  const lean = kind === 'and' ? withoutImplied([...literals, ...kept]) : [...literals, ...kept]
  if (lean.length === 0) return kind === 'and' ? yes : no
  if (lean.length === 1) return lean[0]!
  const size = lean.reduce((sum, part) => sum + part.size, 0)
  if (size > maxAtoms)
    throw new Problem(
      'invalid_input',
      `the policies come to more than ${maxAtoms} tests on the rows, expected fewer statements, patterns or values`,
    )
  return kind === 'and' ? { kind, parts: lean, size } : { kind, parts: lean, size }
}

function flat(kind: 'and' | 'or', parts: readonly Formula[]): readonly Formula[] {
  return parts.flatMap((part) => (part.kind === kind ? part.parts : [part]))
}

const spelt = new WeakMap<Formula, string>()

/** A text that is equal for equal parts, to find duplicates. */
function spelling(formula: Formula): string {
  if (formula.kind === 'literal') return signedKey(formula.key, formula.negated)
  if (formula.kind === 'true' || formula.kind === 'false') return formula.kind
  const known = spelt.get(formula)
  if (known !== undefined) return known
  const text = `${formula.kind}(${formula.parts.map(spelling).join(' ')})`
  spelt.set(formula, text)
  return text
}

const signedKey = (key: string, negated: boolean): string => (negated ? `!${key}` : key)

/**
 * Merges lists: `a = 1 or a = 2` becomes one list, and so does `a not 1 and a not 2`; `a in X and a in Y` becomes their
 * intersection.
 */
function mergedLists(kind: 'and' | 'or', literals: readonly Literal[]): readonly Literal[] | undefined {
  const lists = new Map<string, { field: Field; negated: boolean; values: Set<string> }>()
  const others: Literal[] = []
  for (const one of literals) {
    const { atom, negated } = one
    if (atom.kind !== 'test' || atom.test.is !== 'in') {
      others.push(one)
      continue
    }
    const { field } = atom
    const name = signedKey(field.id, negated)
    const { values } = atom.test
    const known = lists.get(name)
    if (known === undefined) lists.set(name, { field, negated, values: new Set(values) })
    else if ((kind === 'or') !== negated) for (const value of values) known.values.add(value)
    else known.values = known.values.intersection(new Set(values))
  }
  const merged: Literal[] = []
  for (const { field, negated, values } of lists.values()) {
    const made = inList(field, [...values])
    if (made.kind === 'literal') merged.push(negated ? (not(made) as Literal) : made)
    else return undefined
  }
  return [...merged, ...others]
}

/** The field equals one of these texts. */
export function inList(field: Field, values: readonly string[]): Formula {
  return literal({ kind: 'test', field, test: { is: 'in', values: [...new Set(values)].sort() } })
}

/** Removes `present` tests that another part implies. */
function withoutImplied(parts: readonly Formula[]): readonly Formula[] {
  const isPresence = (part: Formula): part is Literal =>
    part.kind === 'literal' && part.atom.kind === 'present' && !part.negated
  if (!parts.some(isPresence)) return parts
  return parts.filter((part) => {
    if (!isPresence(part) || part.atom.kind !== 'present') return true
    const { id } = part.atom.field
    return !parts.some((other) => other !== part && needs(other, id))
  })
}

/** Whether the formula holds only where the field is present. */
function needs(formula: Formula, field: string): boolean {
  if (formula.kind === 'true' || formula.kind === 'false') return false
  if (formula.kind === 'and') return formula.parts.some((part) => needs(part, field))
  if (formula.kind === 'or') return formula.parts.every((part) => needs(part, field))
  if (formula.negated) return false
  return fieldsOf(formula.atom).some(({ id }) => id === field)
}

export function fieldsOf(atom: Atom): readonly Field[] {
  if (atom.kind !== 'joined') return [atom.field]
  return [...atom.left, ...atom.right].filter((term) => typeof term !== 'string')
}

function keyOf(atom: Atom): string {
  switch (atom.kind) {
    case 'present':
      return JSON.stringify(['present', atom.field.id])
    case 'test':
      return JSON.stringify(['test', atom.field.id, testKey(atom.test)])
    case 'any':
      return JSON.stringify(['any', atom.field.id, atom.negated, atom.tests.map(testKey)])
    case 'joined': {
      const side = (terms: readonly Term[]) =>
        terms.map((term) => (typeof term === 'string' ? [term] : term.id))
      return JSON.stringify([atom.by, side(atom.left), side(atom.right)])
    }
  }
}

const testKey = (test: Test): unknown => ('place' in test ? { ...test, place: '' } : test)
