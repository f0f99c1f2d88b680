// Login profiles: the passwords of users, stored on the user record.
import { Problem } from '../../problem.ts'
import type { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, LoginProfile, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf, rootArn } from '../arn.ts'
import { getAuthorized, updateErrors, userNameOr } from '../authorization/authorized-principal.ts'
import { revocationId } from '../authorization/revocation-records.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { revokeAround } from '../ends.ts'
import { alreadyExists, noSuch } from '../messages.ts'
import { updateRecord } from '../record/update-record.ts'
import { newPassword, withPassword } from './new-password.ts'
import { ownPasswordGrant } from './own-password-grant.ts'
import { nextChangedAt } from './password-change.ts'
import { isLocked, passwordPolicyOf } from './password-policy.ts'
import { openThrottle, type Throttle } from './throttle.ts'

interface UserRef {
  readonly userName?: string | undefined
}

/** The login profile of a user who has one. */
export interface UserLogin {
  readonly userName: string
  readonly login: LoginProfile
}

/**
 * `changedAt` of a user's first password. When an earlier password was deleted just before, it is the instant up to which that
 * deletion revokes sign-ins, so that sign-ins with the new password are not revoked too.
 */
export async function firstChangedAt(store: Store, user: User, now: EpochSeconds): Promise<EpochSeconds> {
  const id = revocationId({ accountId: user.accountId, scope: 'password', value: user.id })
  const deleted = await store.get('revocation', id)
  return Math.max(now, deleted?.before ?? now)
}

export class LoginProfiles {
  readonly #deps: IamDependencies
  readonly #throttle: Throttle

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#throttle = openThrottle(deps.store)
  }

  async createLoginProfile(
    call: Call,
    input: UserRef & { readonly password: Secret; readonly mustChange?: boolean | undefined },
  ): Promise<UserLogin> {
    const now = call.circumstances.now
    const user = await getAuthorized(
      this.#deps,
      call,
      'user',
      userNameOr(call, input.userName),
      'iam:CreateLoginProfile',
    )
    if (user.login !== undefined) throw alreadyExists('loginProfile', user.name)
    const { hash } = await newPassword(this.#deps, user, input.password)
    const changedAt = await firstChangedAt(this.#deps.store, user, now)
    const made = { hash, mustChange: input.mustChange ?? false, createdAt: now, changedAt }
    return this.#loginOf(
      await this.#setLogin(user, (old) => {
        if (old.login !== undefined) throw alreadyExists('loginProfile', user.name)
        return made
      }),
    )
  }

  async getLoginProfile(call: Call, { userName }: UserRef): Promise<UserLogin> {
    return this.#loginOf(
      await getAuthorized(this.#deps, call, 'user', userNameOr(call, userName), 'iam:GetLoginProfile'),
    )
  }

  async updateLoginProfile(
    call: Call,
    input: {
      readonly userName: string
      readonly password?: Secret | undefined
      readonly mustChange?: boolean | undefined
    },
  ): Promise<void> {
    const { password, mustChange } = input
    const now = call.circumstances.now
    const user = await getAuthorized(this.#deps, call, 'user', input.userName, 'iam:UpdateLoginProfile')
    const current = this.#loginOf(user).login
    const made = password && (await newPassword(this.#deps, user, password))
    if (made) await this.#deps.ends.passwordReplaced(user, nextChangedAt(current, now))
    const changed = await this.#setLogin(user, (old) => {
      const { login } = this.#loginOf(old)
      const must = mustChange ?? login.mustChange
      return made ? withPassword(login, made, now, must) : { ...login, mustChange: must }
    })
    if (made) await this.#deps.ends.passwordReplaced(user, changed.login?.changedAt)
  }

  async deleteLoginProfile(call: Call, { userName }: UserRef): Promise<void> {
    const user = await getAuthorized(
      this.#deps,
      call,
      'user',
      userNameOr(call, userName),
      'iam:DeleteLoginProfile',
    )
    this.#loginOf(user)
    await revokeAround(
      () => this.#deps.ends.passwordReplaced(user, undefined),
      () =>
        this.#setLogin(user, (old) => {
          this.#loginOf(old)
          return undefined
        }),
    )
  }

  /** Changes the caller's own password. Counts as a password attempt (docs/attacks.md 19). */
  async changePassword(
    call: Call,
    input: { readonly oldPassword: Secret; readonly newPassword: Secret },
  ): Promise<void> {
    const { authorizer, store, hasher } = this.#deps
    const { caller, circumstances } = call
    if (caller.kind !== 'user') {
      await authorizer.authorize(call, 'iam:ChangePassword', rootArn(accountOf(caller)))
      throw new Problem('denied', 'Only IAM Users can change their own password')
    }
    const policy = await passwordPolicyOf(store, caller.accountId)
    const resource = policy.allowUsersToChange ? ownPasswordGrant(caller) : undefined
    const user = await getAuthorized(
      this.#deps,
      call,
      'user',
      caller.userName,
      'iam:ChangePassword',
      [],
      resource && { resource },
    )
    const { login } = this.#loginOf(user)
    const attempt = await this.#throttle.begin('password', user.id, circumstances.sourceIp, circumstances.now)
    if (!(await hasher.verify(login.hash, input.oldPassword)))
      throw new Problem('denied', 'The old password was incorrect.')
    await attempt.succeeded()
    if (input.newPassword.reveal() === input.oldPassword.reveal())
      throw new Problem('denied', 'The new password must not be the old one.')
    if (isLocked(login, policy, circumstances.now))
      throw new Problem('denied', 'The password has expired; an administrator must set a new one.')
    const made = await newPassword(this.#deps, user, input.newPassword)
    await this.#deps.ends.passwordReplaced(user, nextChangedAt(login, circumstances.now))
    const changed = await this.#setLogin(user, (old) => {
      const current = this.#loginOf(old).login
      if (current.hash !== login.hash)
        throw new Problem('concurrent_modification', 'the password was changed meanwhile; try again')
      return withPassword(current, made, circumstances.now, false)
    })
    await this.#deps.ends.passwordReplaced(user, changed.login?.changedAt)
  }

  #loginOf(user: User): UserLogin {
    if (user.login === undefined) throw noSuch('loginProfile', user.name)
    return { userName: user.name, login: user.login }
  }

  #setLogin(user: User, next: (old: User) => LoginProfile | undefined) {
    return updateRecord(this.#deps.store, 'user', user.id, updateErrors('user', user.name), (old) => ({
      ...old,
      login: next(old),
    }))
  }
}
