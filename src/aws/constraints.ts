// Constraints of the service model on a value, with AWS's own messages, which tools match.
import { Problem } from '../problem.ts'
import type { List, Scalar } from './model.ts'

/** One member that is not as the model asks. */
export interface Fault {
  /** As AWS names it: `userName`, `tags.1.member.key`. */
  readonly path: string
  /** Null when nothing was given. What was given is never said: it may be a secret, or somebody else's text. */
  readonly value: string | null | undefined
  readonly constraint: string
}

/** Member names in AWS's messages begin in lower case. */
export const pathName = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** `2 validation errors detected: Value at 'userName' failed to satisfy constraint: …; Value null at …` */
export function validationProblem(faults: readonly Fault[]): Problem {
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected: `
  return new Problem('validation', count + faults.slice(0, 20).map(sentence).join('; '))
}

function sentence({ path, value, constraint }: Fault): string {
  const shown = value === null ? 'Value null' : 'Value'
  return `${shown} at '${path}' failed to satisfy constraint: ${constraint}`
}

/** The constraints a string does not meet. */
export function checkText(shape: Scalar, value: string): string[] {
  const broken: string[] = []
  const { min, max, pattern } = shape
  const length = max !== undefined && value.length > max ? codePoints(value) : value.length
  if (max !== undefined && length > max) broken.push(`Member must have length less than or equal to ${max}`)
  if (min !== undefined && length < min)
    broken.push(`Member must have length greater than or equal to ${min}`)
  if (shape.enum !== undefined && !shape.enum.has(value))
    broken.push(`Member must satisfy enum value set: [${[...shape.enum].join(', ')}]`)
  // A text far above its length is not worth a pattern's time.
  const tooLong = max !== undefined && value.length > 2 * max
  if (pattern !== undefined && !tooLong && !pattern.test.test(value))
    broken.push(`Member must satisfy regular expression pattern: ${pattern.text}`)
  return broken
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
