// Duration of a session (AWS STS API: DurationSeconds). A duration above the limit is an error and is never reduced: a caller
// with a shorter session than requested would fail in the middle of its work.
import { Problem } from '../problem.ts'

/** Seconds. */
const defaultDuration = 3600
/** Of a session made with the credentials of another role session. */
const chainedMax = 3600

export interface DurationLimits {
  /** The role's MaxSessionDuration. */
  readonly role: number
  readonly chained: boolean
  /** Seconds the presented credential itself still has, where the session must end with it (RFC 8693 exchange). */
  readonly remaining?: number | undefined
}

/** @throws Problem('validation') */
export function sessionDuration(asked: number | undefined, limits: DurationLimits): number {
  const remaining = limits.remaining ?? Number.POSITIVE_INFINITY
  if (asked === undefined) return Math.min(defaultDuration, remaining)
  if (limits.chained && asked > chainedMax) {
    throw new Problem(
      'validation',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  }
  if (asked > limits.role) {
    throw new Problem(
      'validation',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  if (asked > remaining) {
    throw new Problem(
      'validation',
      'The requested DurationSeconds exceeds the lifetime of the presented credential',
    )
  }
  return asked
}
