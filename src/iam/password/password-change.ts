// When a password changed names the password: sign-ins and sessions remember on which one they rest, and end with it.
import type { EpochSeconds, LoginProfile } from '../../store/records.ts'

/** A time that this user's passwords never had: clocks of two processes differ, and jump. */
export const changedNow = (old: Pick<LoginProfile, 'changedAt'>, now: EpochSeconds): EpochSeconds =>
  Math.max(now, old.changedAt + 1)
