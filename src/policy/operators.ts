// The condition operators, as a table: IAM User Guide, "IAM JSON policy elements: Condition operators".
// What happens to missing keys, lists and set operators is the same for all of them and stands in conditions.ts.

import { readDate } from './date.ts'
import { contains, readAddress, readNetwork } from './ip.ts'
import { type PatternOptions, patternOf } from './pattern.ts'
import type { Context } from './request.ts'
import type { Version } from './syntax.ts'
import { readTemplate } from './template.ts'

/** Whether one value of the request agrees with one written value. */
export type Test = (asked: string, context: Context) => boolean

export interface Operator {
  /** A negated operator holds when no written value matches, also for a missing key. */
  readonly negated: boolean
  /** Whether written values may hold variables. */
  readonly variables: boolean
  /** Says what was expected, when a written value can mean nothing. */
  readonly fault: (written: string, version: Version) => string | undefined
  /** Makes a written value ready once. A value `fault` refuses matches nothing. */
  readonly compile: (written: string, version: Version) => Test
  /** True when a written value without variables means: the same text, and nothing else. */
  readonly sameText: boolean
}

type Kind = Omit<Operator, 'negated'>

const textual = (shape: Omit<PatternOptions, 'version'>, sameText = false): Kind => ({
  variables: true,
  sameText,
  fault(written, version) {
    const template = readTemplate(written, { ...shape, version })
    return 'fault' in template ? template.fault : undefined
  },
  compile(written, version) {
    if (this.fault(written, version) !== undefined) return never
    const pattern = patternOf(written, { ...shape, version })
    if (shape.ignoreCase) return (asked, context) => pattern.matches(asked.toLowerCase(), context)
    const literal = shape.arn === 'never' ? pattern.literal : undefined
    return literal === undefined
      ? (asked, context) => pattern.matches(asked, context)
      : (asked) => asked === literal
  },
})

/** An operator whose values are read into something comparable first; a value of the request that cannot be read agrees with nothing. */
const read = <Written, Asked>(
  expected: string,
  readWritten: (text: string) => Written | undefined,
  readAsked: (text: string) => Asked | undefined,
  agrees: (asked: Asked, written: Written) => boolean,
): Kind => ({
  variables: false,
  sameText: false,
  fault: (written) => (readWritten(written) === undefined ? `expected ${expected}` : undefined),
  compile(text) {
    const written = readWritten(text)
    if (written === undefined) return never
    return (text) => {
      const asked = readAsked(text)
      return asked !== undefined && agrees(asked, written)
    }
  },
})

const never: Test = () => false

/** Integers and decimals; no hexadecimal, no white space, no infinity. */
function readNumber(text: string): number | undefined {
  if (text.length > 64 || !/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

function readBool(text: string): boolean | undefined {
  const lower = text.length <= 5 ? text.toLowerCase() : ''
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

/** Canonical base64, so that one value has one text. */
function readBinary(text: string): string | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  return Buffer.from(text, 'base64').toString('base64')
}

type Compare = (asked: number, written: number) => boolean
const numeric = (compare: Compare): Kind => read('a number', readNumber, readNumber, compare)
const date = (compare: Compare): Kind =>
  read('an ISO 8601 date or epoch seconds', readDate, readDate, compare)

const equal: Compare = (asked, written) => asked === written
const less: Compare = (asked, written) => asked < written
const lessOrEqual: Compare = (asked, written) => asked <= written
const greater: Compare = (asked, written) => asked > written
const greaterOrEqual: Compare = (asked, written) => asked >= written

const same = textual({ wildcards: false, arn: 'never' }, true)
const sameIgnoringCase = textual({ wildcards: false, arn: 'never', ignoreCase: true })
const like = textual({ wildcards: true, arn: 'never' })
const arn = textual({ wildcards: true, arn: 'always' })
const bool = read('`true` or `false`', readBool, readBool, (asked, written) => asked === written)
const binary = read('base64', readBinary, readBinary, (asked, written) => asked === written)
const address = read(
  'an IPv4 or IPv6 address or network such as `203.0.113.0/24`',
  readNetwork,
  readAddress,
  (asked, network) => contains(network, asked),
)

const is = (kind: Kind): Operator => ({ ...kind, negated: false })
const not = (kind: Kind): Operator => ({ ...kind, negated: true })

/** By canonical spelling. */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', is(same)],
  ['StringNotEquals', not(same)],
  ['StringEqualsIgnoreCase', is(sameIgnoringCase)],
  ['StringNotEqualsIgnoreCase', not(sameIgnoringCase)],
  ['StringLike', is(like)],
  ['StringNotLike', not(like)],
  ['NumericEquals', is(numeric(equal))],
  ['NumericNotEquals', not(numeric(equal))],
  ['NumericLessThan', is(numeric(less))],
  ['NumericLessThanEquals', is(numeric(lessOrEqual))],
  ['NumericGreaterThan', is(numeric(greater))],
  ['NumericGreaterThanEquals', is(numeric(greaterOrEqual))],
  ['DateEquals', is(date(equal))],
  ['DateNotEquals', not(date(equal))],
  ['DateLessThan', is(date(less))],
  ['DateLessThanEquals', is(date(lessOrEqual))],
  ['DateGreaterThan', is(date(greater))],
  ['DateGreaterThanEquals', is(date(greaterOrEqual))],
  ['Bool', is(bool)],
  ['BinaryEquals', is(binary)],
  ['IpAddress', is(address)],
  ['NotIpAddress', not(address)],
  // ArnEquals is ArnLike, and the Not pair (semantics §3).
  ['ArnEquals', is(arn)],
  ['ArnLike', is(arn)],
  ['ArnNotEquals', not(arn)],
  ['ArnNotLike', not(arn)],
  // Asks whether the key is there; conditions.ts gives the written value "true" for a missing key.
  ['Null', is(bool)],
])

/** Lower case → canonical spelling: operator names are case-insensitive. */
export const spelling: ReadonlyMap<string, string> = new Map(
  [...operators.keys()].map((name) => [name.toLowerCase(), name]),
)
