// Passwords on their way in, from rooms that may not name secure/.
import { Problem } from '../../problem.ts'
import { Secret } from '../../secure/secret.ts'

/** @throws Problem('validation') when nothing was given; the model gives every password at least one character. */
export function secretIn(member: string, text: string | undefined): Secret {
  if (text !== undefined && text !== '') return new Secret(text)
  throw new Problem(
    'validation',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  )
}
