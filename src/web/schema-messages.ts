// What a value must be, from the issues of a schema, in the same words for requests and for the configuration.
import type { z } from 'zod'

/** The rest of a sentence that the name of the value begins; undefined when the schema's own message says more. */
export function schemaMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${article(issue.expected)}`
    case 'too_big':
      return `must ${amount(issue.origin, 'at most', issue.maximum)}`
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'must not be empty'
        : `must ${amount(issue.origin, 'at least', issue.minimum)}`
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

/** A bound of a number, or of how much a text or list holds. */
function amount(origin: string, bound: 'at most' | 'at least', limit: number | bigint): string {
  const unit = units.get(origin)
  if (unit === undefined)
    return `${origin === 'number' || origin === 'int' ? 'be' : 'have'} ${bound} ${limit}`
  return `have ${bound} ${Number(limit) === 1 ? `one ${unit}` : `${limit} ${unit}s`}`
}

const units: ReadonlyMap<string, string> = new Map([
  ['string', 'character'],
  ['array', 'item'],
  ['set', 'item'],
])
