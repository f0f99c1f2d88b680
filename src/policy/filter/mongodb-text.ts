// Tests of one text as MongoDB aggregation expressions: patterns are matched segment by segment with $let, each segment at
// its first occurrence, so that a text is read once; code points are counted, not code units.
import { Problem } from '../../problem.ts'
import { lowerings } from './fold.ts'
import type { Test } from './formula.ts'
import { cutAtColons, inCodePoints, isWild, type Mark, star, type Token, textOf } from './tokens.ts'

export type Expression = unknown

/** A literal text, whatever its first character. */
export const text = (given: string): Expression => ({ $literal: given })

/** The test as an expression over a text that is present. @throws Problem('invalid_input') */
export function textTested(test: Test, subject: Expression): Expression {
  switch (test.is) {
    case 'in':
      return { $in: [subject, { $literal: test.values }] }
    case 'glob':
      return globbed(test.tokens, subject, test.place)
    case 'folded':
      return { $eq: [folded(subject, test.value, test.place), text(test.value)] }
    default:
      return { $and: [lacks(subject, '\u0000'), lacks(subject, '\u0001')] }
  }
}

const lacks = (subject: Expression, part: string): Expression => ({
  $lt: [{ $indexOfCP: [subject, text(part)] }, 0],
})

function folded(subject: Expression, wanted: string, place: string): Expression {
  const pairs = lowerings(wanted, place)
  return pairs.reduce<Expression>(
    (input, [from, to]) => ({ $replaceAll: { input, find: text(from), replacement: text(to) } }),
    subject,
  )
}

const let_ = (name: string, given: Expression, inner: Expression): Expression =>
  typeof inner === 'boolean' ? inner : { $let: { vars: { [name]: given }, in: inner } }
const behind = (subject: Expression, from: Expression): Expression => ({
  $substrCP: [subject, from, { $strLenCP: subject }],
})

function globbed(tokens: readonly Token[], subject: Expression, place: string): Expression {
  const { head, parts, rest, restInPart } = cutAtColons(tokens)
  if (!head.isWellFormed()) return false
  const last = (left: Expression): Expression => {
    const test = glob(rest, left, place)
    return restInPart ? { $and: [lacks(left, ':'), test] } : test
  }
  const from = (at: number, left: Expression): Expression => {
    const part = parts[at]
    if (part === undefined) return last(left)
    const head = { $substrCP: [left, 0, '$$colon'] }
    const tail = { $substrCP: [left, { $add: ['$$colon', 1] }, { $strLenCP: left }] }
    const inner = { $and: [glob(part, head, place), let_('left', tail, from(at + 1, '$$left'))] }
    return let_(
      'colon',
      { $indexOfCP: [left, text(':')] },
      { $cond: [{ $gte: ['$$colon', 0] }, inner, false] },
    )
  }
  return head === '' ? from(0, subject) : behindHead(head, subject, (left) => from(0, left))
}

/** Requires a beginning, and applies `then` to the rest. */
function behindHead(head: string, subject: Expression, then: (left: Expression) => Expression): Expression {
  const begins = { $eq: [{ $indexOfCP: ['$$whole', text(head)] }, 0] }
  const inner = then('$$rest')
  if (inner === true) return let_('whole', subject, begins)
  return let_('whole', subject, {
    $cond: [begins, let_('rest', behind('$$whole', lengthOf(head)), inner), false],
  })
}

function glob(tokens: readonly Token[], subject: Expression, place: string): Expression {
  if (!tokens.some(isWild)) return { $eq: [subject, text(textOf(tokens))] }
  if (tokens.includes(-2)) return byExpression(tokens, subject, place)
  const [first = '', ...others] = segments(tokens)
  const final = others.pop() ?? ''
  if (![first, final, ...others].every((part) => part.isWellFormed())) return false
  const rest = inOrder(others, final)
  return first === '' ? let_('rest', subject, rest) : behindHead(first, subject, () => rest)
}

const lengthOf = (part: string): number => Array.from(part).length

/** The texts between the stars; empty at an end with a star. */
function segments(tokens: readonly Token[]): string[] {
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    if (token === star) parts.push([])
    else parts.at(-1)!.push(token)
  }
  const texts = parts.map(textOf)
  return texts.filter((part, at) => at === 0 || at === texts.length - 1 || part !== '')
}

/** Matches each segment at its first occurrence, in order, in `$$rest`; then the last at the end. */
function inOrder(middle: readonly string[], final: string): Expression {
  const [next, ...others] = middle
  if (next === undefined) return endsWith('$$rest', final)
  const found = { $gte: ['$$at', 0] }
  const tail = behind('$$rest', { $add: ['$$at', lengthOf(next)] })
  return let_(
    'at',
    { $indexOfCP: ['$$rest', text(next)] },
    {
      $cond: [found, let_('rest', tail, inOrder(others, final)), false],
    },
  )
}

function endsWith(subject: string, final: string): Expression {
  if (final === '') return true
  const start = { $subtract: [{ $strLenCP: subject }, lengthOf(final)] }
  return let_('start', start, {
    $cond: [{ $gte: ['$$start', 0] }, { $eq: [behind(subject, '$$start'), text(final)] }, false],
  })
}

const astral = '\u{10000}-\u{10ffff}'

/** With `?`: a regular expression of escaped text, classes and at most one star, so that it reads a text once. */
function byExpression(tokens: readonly Token[], subject: Expression, place: string): Expression {
  if (tokens.filter((token) => token === star).length > 1)
    throw new Problem('invalid_input', `${place}: cannot filter by a \`?\` beside several \`*\` in MongoDB`)
  if (tokens.includes(0))
    throw new Problem('invalid_input', `${place}: cannot filter by U+0000 beside a \`?\` in MongoDB`)
  const ways = inCodePoints(tokens)
  if (ways === undefined)
    throw new Problem(
      'invalid_input',
      `${place}: cannot filter by so many \`?\` in a row, expected at most 5`,
    )
  if (ways.length === 0) return false
  const regex = (way: readonly Mark[]): string => `^${way.map(expressionSymbol).join('')}(?![\\s\\S])`
  return { $or: ways.map((way) => ({ $regexMatch: { input: subject, regex: text(regex(way)) } })) }
}

function expressionSymbol(symbol: Mark): string {
  if (typeof symbol !== 'string') return symbol.text.replace(/[\\^$.*+?()[\]{}|/]/g, (mark) => `\\${mark}`)
  return { star: '[\\s\\S]*', any: '[\\s\\S]', basic: `[^${astral}]`, astral: `[${astral}]` }[symbol]
}
