// Validates values against the constraints of the service model. The messages are AWS's own, because tools match on them.
import { Problem } from '../problem.ts'
import type { List, Scalar } from './model.ts'

/** One member that violates the service model. */
export interface Fault {
  /** In AWS's form: `userName`, `tags.1.member.key`. */
  readonly path: string
  /** Null for an absent member. The message never contains the value, because that may be a secret. */
  readonly value: string | null | undefined
  readonly constraint: string
}

/** Member names in AWS's messages begin in lower case. */
export const pathName = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

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

/** `2 validation errors detected: Value at 'userName' failed to satisfy constraint: …; Value null at …` */
export function validationProblem(faults: readonly Fault[]): Problem {
  const own = faults.flatMap(({ path, constraint }) => ownSentences.get(constraint)?.(path) ?? [])
  if (own.length === faults.length) return new Problem('validation', own.join(' '))
  const inOrder = faults.toSorted((a, b) => placeOf(a.path) - placeOf(b.path))
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected: `
  return new Problem('validation', count + inOrder.slice(0, 20).map(sentence).join('; '))
}

/**
 * AWS keeps the faults of a request in a hash map of Java by member, and names them in its order. This is the order of a map of 16
 * places; faults of one place stay in the order of the service model.
 */
function placeOf(path: string): number {
  let hash = 0
  for (let at = 0; at < path.length; at++) hash = (Math.imul(hash, 31) + path.charCodeAt(at)) | 0
  return (hash ^ (hash >>> 16)) & 15
}

function sentence({ path, value, constraint }: Fault): string {
  const shown = value === null ? 'Value null' : 'Value'
  return `${shown} at '${path}' failed to satisfy constraint: ${constraint}`
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

/**
 * The message for a list with a text that violates a constraint: it lists all of them and does not say which. AWS adds that an item
 * must not be null for keys of tags, which have a pattern, and not for client ids and thumbprints, which have none.
 */
export function itemConstraint({ min, max, enum: values, pattern }: Scalar): string {
  const constraints = [
    ...(max === undefined ? [] : [`Member must have length less than or equal to ${max}`]),
    ...(min === undefined ? [] : [`Member must have length greater than or equal to ${min}`]),
    ...(values === undefined ? [] : [`Member must satisfy enum value set: [${[...values].join(', ')}]`]),
    ...(pattern === undefined ? [] : [mustMatch(pattern.text), 'Member must not be null']),
  ]
  return `Member must satisfy constraint: [${constraints.join(', ')}]`
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
