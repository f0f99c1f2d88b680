// What the SQL dialects share: SQL text with its values, and the printing of and/or over atoms with two forms.
import type { Atom, Formula } from './formula.ts'
import type { Field } from './shape.ts'

export type SqlValue = string | number

export interface Sql {
  /** A WHERE condition in which every value is a placeholder. */
  readonly text: string
  readonly values: readonly SqlValue[]
}

class Parameter {
  readonly value: SqlValue
  constructor(value: SqlValue) {
    this.value = value
  }
}

/** SQL under construction: text and values in order. */
export type Fragment = readonly (string | Parameter)[]

/**
 * Template tag for fragments: interpolated fragments and strings are inserted unchanged, so a string must be SQL; `value()`
 * makes a placeholder.
 */
export function sql(texts: TemplateStringsArray, ...between: readonly (string | Fragment)[]): Fragment {
  const made: (string | Parameter)[] = []
  for (const [place, text] of texts.entries()) {
    made.push(text)
    const next = between[place]
    if (typeof next === 'string') made.push(next)
    else if (next !== undefined) for (const piece of next) made.push(piece)
  }
  return made
}

export const value = (given: SqlValue): Fragment => [new Parameter(given)]

export function joinSql(parts: readonly Fragment[], between: string): Fragment {
  return parts.flatMap((part, at) => (at === 0 ? [...part] : [between, ...part]))
}

/** A quoted identifier; shape.ts allows no quotes in names. */
export const column = ({ column }: Field): string => `"${column}"`
/** A quoted text, only for constants that must be in the SQL text for an index to be used. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Assigns the placeholders; `placeholder` returns the n-th, from 1. */
export function finished(fragment: Fragment, placeholder: (n: number) => string): Sql {
  const values: SqlValue[] = []
  let text = ''
  for (const piece of fragment)
    if (typeof piece === 'string') text += piece
    else {
      values.push(piece.value)
      text += placeholder(values.length)
    }
  return { text, values }
}

/** How a dialect writes an atom, and its opposite: each is true exactly where it holds, and else false or unknown. */
export interface Atoms {
  readonly holds: (atom: Atom) => Fragment
  readonly fails: (atom: Atom) => Fragment
}

export function written(formula: Formula, atoms: Atoms): Fragment {
  switch (formula.kind) {
    case 'true':
      return sql`1 = 1`
    case 'false':
      return sql`1 = 0`
    case 'literal':
      return formula.negated ? atoms.fails(formula.atom) : atoms.holds(formula.atom)
    default: {
      const word = formula.kind === 'and' ? ' AND ' : ' OR '
      const parts = formula.parts.map((part) =>
        part.kind === 'and' || part.kind === 'or' ? bracketed(written(part, atoms)) : written(part, atoms),
      )
      return chained(parts, word)
    }
  }
}

export const bracketed = (fragment: Fragment): Fragment => sql`(${fragment})`

/** Terms side by side up to here: parsers take a chain for a tree as deep as it is long, and SQLite stops at 1,000. */
const longestChain = 16

export function chained(parts: readonly Fragment[], word: string): Fragment {
  if (parts.length <= longestChain) return joinSql(parts, word)
  const width = Math.ceil(parts.length / longestChain)
  const groups: Fragment[] = []
  for (let at = 0; at < parts.length; at += width) {
    const group = parts.slice(at, at + width)
    groups.push(group.length === 1 ? group[0]! : bracketed(chained(group, word)))
  }
  return joinSql(groups, word)
}
