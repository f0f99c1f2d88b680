// Validates values against the constraints of the service model. The messages are AWS's own, because tools match on them.
import { Problem } from '../problem.ts'
import type { List, Scalar, ServiceName } from './model.ts'

/** One member that violates the service model. */
export interface Fault {
  /** In AWS's form: `userName`, `tags.1.member.key`. The message never contains the value, because that may be a secret. */
  readonly path: string
  readonly constraint: string
}

/** Member names in AWS's messages begin in lower case. */
export const pathName = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** The constraint that an absent member violates. */
export const notNull = 'Member must not be null'

const mustMatch = (pattern: string): string => `Member must satisfy regular expression pattern: ${pattern}`

/** IAM has sentences of its own for names and paths, when nothing else is wrong. */
const ownSentences: ReadonlyMap<string, (path: string) => string> = new Map([
  [
    mustMatch('[\\w+=,.@-]+'),
    (path: string) =>
      `The specified value for ${path} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  ],
  [
    mustMatch('(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)'),
    (path: string) =>
      `The specified value for ${path} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`,
  ],
])

/** AWS names as many faults, and counts no further. */
const mostFaults = 10

/** `2 validation errors detected: Value at 'userName' failed to satisfy constraint: …; Value at …` */
export function validationProblem(service: ServiceName, faults: readonly Fault[]): Problem {
  const own = faults.flatMap(({ path, constraint }) => ownSentences.get(constraint)?.(path) ?? [])
  if (own.length === faults.length) return new Problem('validation', own.join(' '))
  const named = faults
    .map((fault) => ({ fault, places: fault.path.split('.').map(placeOf) }))
    .sort((a, b) => compare(a.places, b.places))
    .slice(0, mostFaults)
  const count = `${named.length} validation error${named.length === 1 ? '' : 's'} detected: `
  return new Problem('validation', count + named.map(({ fault }) => sentence(service, fault)).join('; '))
}

/**
 * AWS keeps the members of a structure in a hash map of Java, and names their faults in its order: that of a map of 16 places. Members
 * of a list are in their own order, and faults of one member in the order of the service model.
 */
function placeOf(name: string): number {
  if (/^\d+$/.test(name)) return Number(name)
  let hash = 0
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0
  return (hash ^ (hash >>> 16)) & 15
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, place] of a.entries()) {
    const other = b[at]
    if (other === undefined) return 1
    if (place !== other) return place - other
  }
  return a.length - b.length
}

/** STS names the value at AWS, and says that it is null. IAM names none. */
function sentence(service: ServiceName, { path, constraint }: Fault): string {
  const value = service === 'sts' && constraint === notNull ? 'Value null' : 'Value'
  return `${value} at '${path}' failed to satisfy constraint: ${constraint}`
}

/** The messages of all constraints that a string violates. */
export function checkText(shape: Scalar, value: string): string[] {
  const broken: string[] = []
  const { min, max, pattern } = shape
  const length = max !== undefined && value.length > max ? codePoints(value) : value.length
  if (max !== undefined && length > max) broken.push(`Member must have length less than or equal to ${max}`)
  if (min !== undefined && length < min)
    broken.push(`Member must have length greater than or equal to ${min}`)
  if (shape.enum !== undefined && !shape.enum.has(value))
    broken.push(`Member must satisfy enum value set: [${[...shape.enum].join(', ')}]`)
  // The pattern is not run on a text that is far too long, because that could take long.
  const tooLong = max !== undefined && value.length > 2 * max
  if (pattern !== undefined && !tooLong && !pattern.test.test(value)) broken.push(mustMatch(pattern.text))
  return broken
}

/** Only lists of these name in AWS's message that a member must not be null. */
const tagKeyPattern = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+'

/** The message for a list with a text that violates a constraint: it lists all constraints and does not say which. */
export function itemConstraint({ min, max, enum: values, pattern }: Scalar): string {
  const constraints = [
    ...(max === undefined ? [] : [`Member must have length less than or equal to ${max}`]),
    ...(min === undefined ? [] : [`Member must have length greater than or equal to ${min}`]),
    ...(values === undefined ? [] : [`Member must satisfy enum value set: [${[...values].join(', ')}]`]),
    ...(pattern === undefined ? [] : [mustMatch(pattern.text)]),
    ...(pattern?.text === tagKeyPattern ? [notNull] : []),
  ]
  return constraints.length === 0 ? notNull : `Member must satisfy constraint: [${constraints.join(', ')}]`
}

const codePoints = (text: string): number => {
  let count = 0
  for (const _ of text) count++
  return count
}

export function checkNumber(shape: Scalar, value: number): string[] {
  const broken: string[] = []
  if (shape.max !== undefined && value > shape.max)
    broken.push(`Member must have value less than or equal to ${shape.max}`)
  if (shape.min !== undefined && value < shape.min)
    broken.push(`Member must have value greater than or equal to ${shape.min}`)
  return broken
}

export function checkCount(shape: List, count: number): string[] {
  const broken: string[] = []
  if (shape.max !== undefined && count > shape.max)
    broken.push(`Member must have length less than or equal to ${shape.max}`)
  if (shape.min !== undefined && count < shape.min)
    broken.push(`Member must have length greater than or equal to ${shape.min}`)
  return broken
}
