// The time of the last change identifies a password: sign-ins and sessions store it and end when the password is replaced.
import type { EpochSeconds, LoginProfile } from '../../store/records.ts'

/** A time later than that of the old password, because the clocks of processes differ and may be set back. */
export const nextChangedAt = (old: Pick<LoginProfile, 'changedAt'>, now: EpochSeconds): EpochSeconds =>
  Math.max(now, old.changedAt + 1)
