// The one way in which a user gets a password, whoever sets it: checked against the account's policy and against the
// passwords before, then hashed. Only bootstrap.ts, which makes the first administrator, does without.
import { Problem } from '../../problem.ts'
import type { PasswordHasher } from '../../secure/password.ts'
import type { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, LoginProfile, PasswordPolicy, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { changedNow } from './password-change.ts'
import { checkNewPassword, passwordPolicyOf } from './password-policy.ts'

/** A password that was accepted. */
export interface NewPassword {
  readonly hash: string
  readonly policy: PasswordPolicy
}

interface Needs {
  readonly store: Pick<Store, 'get'>
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify'>
}

/** @throws Problem('password_policy_violation') */
export async function newPassword(
  { store, hasher }: Needs,
  user: Pick<User, 'accountId' | 'name' | 'login'>,
  password: Secret,
): Promise<NewPassword> {
  const policy = await passwordPolicyOf(store, user.accountId)
  checkNewPassword(password, user.name, policy)
  const { login } = user
  if (login !== undefined && policy.reusePrevention !== undefined) {
    const barred = [login.hash, ...(login.previous ?? [])].slice(0, policy.reusePrevention)
    for (const hash of barred)
      if (await hasher.verify(hash, password))
        throw new Problem(
          'password_policy_violation',
          'Policy constraint violation with password reuse prevention during password change.',
        )
  }
  return { hash: await hasher.hash(password), policy }
}

/** The login profile with a new password in the place of the old one. */
export function withPassword(
  old: LoginProfile,
  { hash, policy }: NewPassword,
  now: EpochSeconds,
  mustChange: boolean,
): LoginProfile {
  const kept = [old.hash, ...(old.previous ?? [])].slice(0, Math.max(0, (policy.reusePrevention ?? 1) - 1))
  const previous = kept.length === 0 ? undefined : kept
  return { ...old, hash, previous, mustChange, changedAt: changedNow(old, now) }
}
