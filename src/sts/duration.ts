// Duration of a session (AWS STS API: DurationSeconds). A duration above the limit is refused and never reduced, because a caller
// that gets a shorter session than requested would fail in the middle of its work.
import { Problem } from '../problem.ts'

/** Seconds. */
const defaultDuration = 3600
/** Maximum for a session made with the credentials of another role session (role chaining). */
const chainedMax = 3600

export interface DurationLimits {
  /** The role's MaxSessionDuration. */
  readonly role: number
  readonly chained: boolean
  /** Seconds until the presented credential (RFC 8693 exchange) or the access ends, where the session must not outlive it. */
  readonly remaining?: number | undefined
}

/**
 * The duration of a session, in seconds; without a requested one an hour, or less where the credential expires sooner.
 * @throws Problem('validation') when the requested duration exceeds a limit
 */
export function sessionDuration(requested: number | undefined, limits: DurationLimits): number {
  const remaining = limits.remaining ?? Number.POSITIVE_INFINITY
  if (requested === undefined) return Math.min(defaultDuration, remaining)
  if (limits.chained && requested > chainedMax) {
    throw new Problem(
      'validation',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  }
  if (requested > limits.role) {
    throw new Problem(
      'validation',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  if (requested > remaining) {
    throw new Problem(
      'validation',
      'The requested DurationSeconds exceeds the lifetime of the presented credential, or of the access that was granted',
    )
  }
  return requested
}
