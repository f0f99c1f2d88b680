// What a value must be, from the issues of a schema, in the same words for requests and for the configuration.
import type { z } from 'zod'

/** The rest of a sentence that the name of the value begins; undefined when the schema's own message says more. */
export function schemaMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${article(issue.expected)}`
    case 'too_big':
      return `must ${issue.origin === 'number' || issue.origin === 'int' ? 'be' : 'have'} at most ${issue.maximum}${unitOf(issue.origin)}`
    case 'too_small':
      return `must ${issue.origin === 'number' || issue.origin === 'int' ? 'be' : 'have'} at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'invalid_format': {
      const form = formats.get(issue.format)
      return form && `must be ${form}`
    }
    default:
      return undefined
  }
}

const formats: ReadonlyMap<string, string> = new Map([
  ['email', 'an e-mail address'],
  ['datetime', 'an instant as in RFC 3339'],
  ['url', 'a URL'],
])

const article = (type: string): string => {
  if (type === 'int') return 'a whole number'
  if (type === 'boolean') return 'true or false'
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

const unitOf = (origin: string): string => {
  if (origin === 'string') return ' characters'
  return origin === 'array' || origin === 'set' ? ' items' : ''
}
