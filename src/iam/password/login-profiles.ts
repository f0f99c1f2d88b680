// Login profiles: the password with which a user signs in to pages. It lives on the user.
import { Problem } from '../../problem.ts'
import type { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, LoginProfile, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf, rootArn } from '../arn.ts'
import { opened, refusalsOf, userNameOr } from '../authorization/authorized-principal.ts'
import { revocationId } from '../authorization/revocation-records.ts'
import type { Call } from '../caller.ts'
import { change } from '../change.ts'
import type { Parts } from '../dependencies.ts'
import { endingAround } from '../ends.ts'
import { alreadyExists, noSuch } from '../messages.ts'
import { newPassword, withPassword } from './new-password.ts'
import { grantToUsersThemselves } from './own-password-grant.ts'
import { changedNow } from './password-change.ts'
import { isLocked, passwordPolicyOf } from './password-policy.ts'
import { openThrottle } from './throttle.ts'

interface Meant {
  readonly userName?: string | undefined
}

/** A user whose login profile is there. */
export interface LoginOf {
  readonly userName: string
  readonly login: LoginProfile
}

/**
 * `changedAt` of a first password. A user who had one before that was deleted a moment ago gets the instant up to which that
 * deletion ends sign-ins, or what is made with the new password would have ended too.
 */
async function changedAfterEarlier(store: Store, user: User, now: EpochSeconds): Promise<EpochSeconds> {
  const id = revocationId({ accountId: user.accountId, scope: 'password', value: user.id })
  const deleted = await store.get('revocation', id)
  return Math.max(now, deleted?.before ?? now)
}

export const loginProfiles = (parts: Parts) => {
  const { store, hasher, authorizer } = parts
  const throttle = openThrottle(store)

  const loginOf = (user: User): LoginOf => {
    if (user.login === undefined) throw noSuch('loginProfile', user.name)
    return { userName: user.name, login: user.login }
  }

  const setLogin = (user: User, next: (old: User) => LoginProfile | undefined) =>
    change(store, 'user', user.id, refusalsOf('user', user.name), (old) => ({ ...old, login: next(old) }))

  return {
    async createLoginProfile(
      call: Call,
      input: Meant & { readonly password: Secret; readonly mustChange?: boolean | undefined },
    ): Promise<LoginOf> {
      const now = call.circumstances.now
      const user = await opened(
        parts,
        call,
        'user',
        userNameOr(call, input.userName),
        'iam:CreateLoginProfile',
      )
      if (user.login !== undefined) throw alreadyExists('loginProfile', user.name)
      const { hash } = await newPassword(parts, user, input.password)
      const changedAt = await changedAfterEarlier(store, user, now)
      const made = { hash, mustChange: input.mustChange ?? false, createdAt: now, changedAt }
      return loginOf(
        await setLogin(user, (old) => {
          if (old.login !== undefined) throw alreadyExists('loginProfile', user.name)
          return made
        }),
      )
    },

    getLoginProfile: async (call: Call, { userName }: Meant): Promise<LoginOf> =>
      loginOf(await opened(parts, call, 'user', userNameOr(call, userName), 'iam:GetLoginProfile')),

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
      const user = await opened(parts, call, 'user', input.userName, 'iam:UpdateLoginProfile')
      const current = loginOf(user).login
      const made = password && (await newPassword(parts, user, password))
      if (made) await parts.ends.passwordReplaced(user, changedNow(current, now))
      const changed = await setLogin(user, (old) => {
        const { login } = loginOf(old)
        const must = mustChange ?? login.mustChange
        return made ? withPassword(login, made, now, must) : { ...login, mustChange: must }
      })
      if (made) await parts.ends.passwordReplaced(user, changed.login?.changedAt)
    },

    async deleteLoginProfile(call: Call, { userName }: Meant): Promise<void> {
      const user = await opened(parts, call, 'user', userNameOr(call, userName), 'iam:DeleteLoginProfile')
      loginOf(user)
      await endingAround(
        () => parts.ends.passwordReplaced(user, undefined),
        () =>
          setLogin(user, (old) => {
            loginOf(old)
            return undefined
          }),
      )
    },

    /** The caller's own. Counted as a try at the password, whichever way it comes (attacks.md 19). */
    async changePassword(
      call: Call,
      input: { readonly oldPassword: Secret; readonly newPassword: Secret },
    ): Promise<void> {
      const { caller, circumstances } = call
      if (caller.kind !== 'user') {
        await authorizer.authorize(call, 'iam:ChangePassword', rootArn(accountOf(caller)))
        throw new Problem('denied', 'Only IAM Users can change their own password')
      }
      const policy = await passwordPolicyOf(store, caller.accountId)
      const resource = policy.allowUsersToChange ? grantToUsersThemselves(caller) : undefined
      const user = await opened(
        parts,
        call,
        'user',
        caller.userName,
        'iam:ChangePassword',
        [],
        resource && { resource },
      )
      const { login } = loginOf(user)
      const attempt = await throttle.begin('password', user.id, circumstances.sourceIp, circumstances.now)
      if (!(await hasher.verify(login.hash, input.oldPassword)))
        throw new Problem('denied', 'The old password was incorrect.')
      await attempt.succeeded()
      if (input.newPassword.reveal() === input.oldPassword.reveal())
        throw new Problem('denied', 'The new password must not be the old one.')
      if (isLocked(login, policy, circumstances.now))
        throw new Problem('denied', 'The password has expired; an administrator must set a new one.')
      const made = await newPassword(parts, user, input.newPassword)
      await parts.ends.passwordReplaced(user, changedNow(login, circumstances.now))
      const changed = await setLogin(user, (old) => {
        const current = loginOf(old).login
        if (current.hash !== login.hash)
          throw new Problem('concurrent_modification', 'the password was changed meanwhile; try again')
        return withPassword(current, made, circumstances.now, false)
      })
      await parts.ends.passwordReplaced(user, changed.login?.changedAt)
    },
  }
}
