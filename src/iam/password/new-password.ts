// Checks a new password against the account's policy and the user's earlier passwords, and hashes it. Every way to set a password
// uses this, except bootstrap.ts for the first administrator.
import { Problem } from '../../problem.ts'
import type { PasswordHasher } from '../../secure/password/password.ts'
import type { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, LoginProfile, PasswordPolicy, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { refuseGuessable } from './guessable.ts'
import { nextChangedAt } from './password-change.ts'
import { checkNewPassword, passwordPolicyOf } from './password-policy.ts'
import { signInSettingsOf } from './sign-in-settings.ts'

/** A password that the policy accepted. */
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
  user: Pick<User, 'accountId' | 'name' | 'login'> & Partial<Pick<User, 'email' | 'displayName'>>,
  password: Secret,
): Promise<NewPassword> {
  const policy = await passwordPolicyOf(store, user.accountId)
  checkNewPassword(password, user.name, policy)
  if ((await signInSettingsOf(store, user.accountId)).refuseGuessable) await refuseGuessable(password, user)
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

/** The login profile with the new password, which keeps as many earlier hashes as the policy needs. */
export function withPassword(
  old: LoginProfile,
  { hash, policy }: NewPassword,
  now: EpochSeconds,
  mustChange: boolean,
): LoginProfile {
  const kept = [old.hash, ...(old.previous ?? [])].slice(0, Math.max(0, (policy.reusePrevention ?? 1) - 1))
  const previous = kept.length === 0 ? undefined : kept
  return { ...old, hash, previous, mustChange, changedAt: nextChangedAt(old, now) }
}
