// A person who is signed in, as the caller of use cases: pages, forward authentication and token exchange authorize them alike.
import type { EpochSeconds } from '../store/records.ts'
import type { Caller } from './caller.ts'

interface SignedInUser {
  readonly accountId: string
  readonly arn: string
  readonly id: string
  readonly name: string
}

interface SignInFacts {
  /** Authentication methods (RFC 8176). */
  readonly amr: readonly string[]
  readonly authTime: EpochSeconds | undefined
}

const secondFactors: ReadonlySet<string> = new Set(['mfa', 'otp', 'hwk'])

/** Whether a sign-in used more than a password. */
export const usedSecondFactor = (amr: readonly string[]): boolean =>
  amr.some((method) => secondFactors.has(method))

export const signedInCaller = (
  user: SignedInUser,
  { amr, authTime }: SignInFacts,
  now: EpochSeconds,
): Extract<Caller, { kind: 'user' }> => ({
  kind: 'user',
  accountId: user.accountId,
  arn: user.arn,
  userId: user.id,
  userName: user.name,
  accessKeyId: undefined,
  // Another process may have set `authTime` by a clock that is ahead.
  mfaAge: usedSecondFactor(amr) && authTime !== undefined ? Math.max(0, now - authTime) : undefined,
  temporary: true,
  issuedAt: authTime,
})
