// Converts a written pattern to tokens: variables known from the request are substituted, those of the row remain as
// fields.
import type { Version } from '../language/document.ts'
import { headOf, movesParts, resolve } from '../language/pattern.ts'
import { type Piece, readTemplate } from '../language/template.ts'
import { and, type Formula, literal, no, not, yes } from './formula.ts'
import type { Known } from './known.ts'
import type { Field } from './shape.ts'
import { one, star, type Token, unitsOf } from './tokens.ts'

/** One alternative of a pattern: where `when` holds, it consists of these tokens and fields. */
export interface Reading {
  readonly when: Formula
  readonly items: readonly (Token | Field)[]
}

export interface WrittenPattern {
  readonly text: string
  readonly version: Version
  readonly wildcards: boolean
  /** Matched part by part, as in arn.ts. */
  readonly arn?: boolean
}

/** Maximum variables of one text that the row provides; each doubles the alternatives. */
const maxRowVariables = 3

/**
 * The alternatives of a pattern, which exclude each other. None: it matches nothing.
 * @throws Problem('invalid_input') when a field of the row would have to be used in a way that cannot be compared
 */
export function readPattern(written: WrittenPattern, known: Known, place: string): readonly Reading[] {
  const template = readTemplate(written.text, written)
  if ('fault' in template) return []
  let readings: Reading[] = [{ when: yes, items: [] }]
  let variables = 0
  const head = new Set(written.arn === true ? headOf(template.pieces) : [])
  for (const piece of template.pieces) {
    const ways = head.has(piece) ? waysInHead(piece, known, place) : waysOf(piece, known, place)
    if (ways.length > 1 && ++variables > maxRowVariables)
      throw known.untranslatable(
        place,
        `more than ${maxRowVariables} variables that name resource attributes`,
      )
    readings = readings.flatMap(({ when, items }) =>
      ways.map((way) => ({ when: and([when, way.when]), items: [...items, ...way.items] })),
    )
  }
  return readings.filter(({ when }) => when !== no)
}

function waysOf(piece: Piece, known: Known, place: string): readonly Reading[] {
  switch (piece.kind) {
    case 'literal':
      return [{ when: yes, items: unitsOf(piece.text) }]
    case 'star':
      return [{ when: yes, items: [star] }]
    case 'any':
      return [{ when: yes, items: [one] }]
    case 'variable':
      return variable(piece, known, place)
  }
}

/** As `waysOf`, before the fifth colon of an ARN: a value with a colon matches nothing there (pattern.ts). */
function waysInHead(piece: Piece, known: Known, place: string): readonly Reading[] {
  if (piece.kind !== 'variable') return waysOf(piece, known, place)
  if (known.fieldOf(piece.key, place) !== undefined)
    throw known.untranslatable(
      place,
      `the variable \`\${${piece.key}}\` before the fifth colon of an ARN, which names a resource attribute`,
    )
  const value = resolve(piece.key, piece.fallback, known.context)
  return movesParts(value) ? [] : constantWay(value)
}

function variable(
  { key, fallback }: Extract<Piece, { kind: 'variable' }>,
  known: Known,
  place: string,
): readonly Reading[] {
  const field = known.fieldOf(key, place)
  if (field === undefined) return constantWay(resolve(key, fallback, known.context))
  if (field.type !== 'text' && field.type !== 'list')
    throw known.untranslatable(place, `the variable \`\${${key}}\`, whose attribute is no text`)
  const there = literal({ kind: 'present', field })
  const whenMissing = constantWay(fallback).map(({ items }) => ({ when: not(there), items }))
  // A variable accepts only single-valued keys, without code points reserved by glob.ts.
  if (field.type === 'list') return whenMissing
  const unmarked = literal({ kind: 'test', field, test: { is: 'unmarked' } })
  return [{ when: and([there, unmarked]), items: [field] }, ...whenMissing]
}

const constantWay = (value: string | undefined): readonly Reading[] =>
  value === undefined ? [] : [{ when: yes, items: unitsOf(value) }]

/** The keys of a text's variables, in lower case. */
export function variablesOf(text: string, version: Version): readonly string[] {
  if (!text.includes('${')) return []
  const template = readTemplate(text, { version, wildcards: false })
  if ('fault' in template) return []
  return template.pieces.flatMap((piece) => (piece.kind === 'variable' ? [piece.key] : []))
}

/** Whether the text is the same for every row: none of its variables is an attribute of the row. */
export function isConstant(text: string, version: Version, known: Known, place: string): boolean {
  return variablesOf(text, version).every((key) => known.fieldOf(key, place) === undefined)
}
