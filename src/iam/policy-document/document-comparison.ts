import { sha256base64url } from '../../secure/digest.ts'

/** Names a comparison that was shown: of a policy document with what was in force then. Sent back with the form that saves it. */
export const comparisonOf = (before: string, after: string): string =>
  sha256base64url(JSON.stringify([before, after])).slice(0, 22)
