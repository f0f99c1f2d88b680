// The table of condition operators: IAM User Guide, "IAM JSON policy elements: Condition operators". Missing keys, lists
// and set operators work the same for all of them; see conditions.ts.

import type { Context } from '../request.ts'
import { readDate, readWrittenDate } from './date.ts'
import { contains, readAddress, readNetwork } from './ip.ts'
import { type PatternOptions, patternOf } from './pattern.ts'
import type { Version } from './syntax.ts'
import { readTemplate } from './template.ts'

/** Whether one value of the request matches one value of the policy. */
export type Test = (actual: string, context: Context) => boolean

export interface Operator {
  /** A negated operator holds when no value of the policy matches, also for a missing key. */
  readonly negated: boolean
  /** Whether values may contain variables. */
  readonly variables: boolean
  /** Returns an error message for a value that is not valid for this operator. */
  readonly fault: (written: string, version: Version) => string | undefined
  /** Compiles a value of the policy. A value that `fault` rejects matches nothing. */
  readonly compile: (written: string, version: Version) => Test
  /** True when a value without variables matches exactly the same text. */
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
    if (shape.ignoreCase) return (actual, context) => pattern.matches(actual.toLowerCase(), context)
    const literal = shape.arn === 'never' ? pattern.literal : undefined
    return literal === undefined
      ? (actual, context) => pattern.matches(actual, context)
      : (actual) => actual === literal
  },
})

/** An operator whose values are parsed before they are compared; a request value that cannot be parsed matches nothing. */
const read = <Written, Actual>(
  expected: string,
  readWritten: (text: string) => Written | undefined,
  readActual: (text: string) => Actual | undefined,
  agrees: (actual: Actual, written: Written) => boolean,
): Kind => ({
  variables: false,
  sameText: false,
  fault: (written) => (readWritten(written) === undefined ? `expected ${expected}` : undefined),
  compile(text) {
    const written = readWritten(text)
    if (written === undefined) return never
    return (text) => {
      const actual = readActual(text)
      return actual !== undefined && agrees(actual, written)
    }
  },
})

const never: Test = () => false

/** Integers and decimals; not hexadecimal, white space or infinity. */
function readNumber(text: string): number | undefined {
  if (text.length > 64 || !/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

function readBool(text: string): boolean | undefined {
  const lower = text.length <= 5 ? text.toLowerCase() : ''
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

/** Canonical base64, so that equal bytes have equal text. */
function readBinary(text: string): string | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  // Not Buffer, which browsers do not have. What passed the check above is base64 that `atob` takes.
  return btoa(atob(text))
}

type Compare = (actual: number, written: number) => boolean
const numeric = (compare: Compare): Kind => read('a number', readNumber, readNumber, compare)
const date = (compare: Compare): Kind =>
  read('an ISO 8601 date or epoch seconds', readWrittenDate, readDate, compare)

const equal: Compare = (actual, written) => actual === written
const less: Compare = (actual, written) => actual < written
const lessOrEqual: Compare = (actual, written) => actual <= written
const greater: Compare = (actual, written) => actual > written
const greaterOrEqual: Compare = (actual, written) => actual >= written

const same = textual({ wildcards: false, arn: 'never' }, true)
const sameIgnoringCase = textual({ wildcards: false, arn: 'never', ignoreCase: true })
const like = textual({ wildcards: true, arn: 'never' })
const arn = textual({ wildcards: true, arn: 'always' })
const bool = read('`true` or `false`', readBool, readBool, (actual, written) => actual === written)
const binary = read('base64', readBinary, readBinary, (actual, written) => actual === written)
const address = read(
  'an IPv4 or IPv6 address or network such as `203.0.113.0/24`',
  readNetwork,
  readAddress,
  (actual, network) => contains(network, actual),
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
  // ArnEquals behaves as ArnLike, and likewise the negated pair (docs/policy-semantics.md §3).
  ['ArnEquals', is(arn)],
  ['ArnLike', is(arn)],
  ['ArnNotEquals', not(arn)],
  ['ArnNotLike', not(arn)],
  // Tests whether the key is present; conditions.ts compares the value "true" for a missing key.
  ['Null', is(bool)],
])

/** Lower case → canonical spelling, because operator names are case-insensitive. */
export const spelling: ReadonlyMap<string, string> = new Map(
  [...operators.keys()].map((name) => [name.toLowerCase(), name]),
)
