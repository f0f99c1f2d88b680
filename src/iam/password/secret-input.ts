// Wraps passwords of a request in a Secret, for rooms that may not import secure/.
import { Problem } from '../../problem.ts'
import { Secret } from '../../secure/secret.ts'

/** @throws Problem('validation') when the value is missing or empty; in the service model a password has at least one character */
export function requiredSecret(member: string, text: string | undefined): Secret {
  if (text !== undefined && text !== '') return new Secret(text)
  throw new Problem(
    'validation',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`,
  )
}

/** Undefined when the value is missing; an empty value is a secret. */
export const optionalSecret = (text: string | undefined): Secret | undefined =>
  text === undefined ? undefined : new Secret(text)
