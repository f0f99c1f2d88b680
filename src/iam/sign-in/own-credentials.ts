// What a signed-in person sees and changes of how they sign in, on their own pages. Whose it is was decided by the
// session; how recently they proved it, by account/. Owns nothing the sign-in does not: the same counters, the same record.
import type { PasswordHasher } from '../../secure/password.ts'
import { Secret } from '../../secure/secret.ts'
import { attributeNames, personAttributes } from '../../store/person.ts'
import type { EpochSeconds, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'
import { change } from '../change.ts'
import { noSuch } from '../messages.ts'
import { devicesOf } from '../mfa/totp-devices.ts'
import { newPassword, withPassword } from '../password/new-password.ts'
import { changedNow } from '../password/password-change.ts'
import { openThrottle } from '../password/throttle.ts'
import type { Trail } from '../with-audit.ts'
import type { From, SignInCredentials } from './credentials.ts'

export interface OwnParts {
  readonly store: Store
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify'>
  readonly trail: Trail
  readonly now: () => EpochSeconds
  readonly signIn: SignInCredentials
}

class Replaced extends Error {}

export function openOwnCredentials({ store, hasher, trail, now, signIn }: OwnParts) {
  const throttle = openThrottle(store)

  const person = async (userId: string): Promise<User | undefined> => {
    const user = await store.get('user', userId)
    return user === undefined || user.disabled ? undefined : user
  }

  const record = (action: string, user: User, from: From, refused?: string): Promise<void> =>
    trail.record({
      action: `account:${action}`,
      accountId: user.accountId,
      who: userArn(user),
      outcome: refused === undefined ? 'done' : 'refused',
      reason: refused,
      requestId: from.requestId,
      sourceIp: from.ip,
      at: now(),
      details: {},
    })

  return {
    passwordRule: signIn.passwordRule,
    beginTotp: signIn.beginTotp,
    finishTotp: signIn.finishTotp,
    newRecoveryCodes: signIn.newRecoveryCodes,

    /** Undefined: deleted or disabled. */
    async profile(userId: string) {
      const user = await person(userId)
      if (user === undefined) return undefined
      const groups = await Promise.all(user.groups.map((id) => store.get('group', id)))
      const devices = await devicesOf(store, userId)
      return {
        userId,
        userName: user.name,
        displayName: user.displayName,
        email: user.email,
        attributes: attributeNames.flatMap((name) => {
          const value = user.attributes?.[name]
          return value === undefined ? [] : [{ label: personAttributes[name].label, value }]
        }),
        arn: userArn(user),
        groups: groups.flatMap((group) => (group?.accountId === user.accountId ? [group.name] : [])),
        passwordChangedAt: user.login?.changedAt,
        authenticators: devices.map(({ id, name, enabledAt, createdAt }) => ({
          id,
          name,
          since: enabledAt ?? createdAt,
        })),
        recoveryCodes: user.recoveryCodes.length,
      }
    },

    /**
     * When it changed (LoginProfile.changedAt). Undefined: the current password is wrong, or was replaced meanwhile.
     * @throws Problem('password_policy_violation'), Problem('throttled')
     */
    async changePassword(
      userId: string,
      current: string,
      next: string,
      from: From,
      replacing?: (changedAt: EpochSeconds) => Promise<void>,
    ): Promise<EpochSeconds | undefined> {
      const attempt = await throttle.begin('password', userId, from.ip, now())
      const user = await person(userId)
      const known = user?.login?.hash
      const right = await hasher.verify(known, new Secret(current))
      if (user === undefined || known === undefined || !right) {
        if (user) await record('ChangePassword', user, from, 'wrong password')
        return undefined
      }
      await attempt.succeeded()
      const password = new Secret(next)
      const made = await newPassword({ store, hasher }, user, password)
      if (user.login) await replacing?.(changedNow(user.login, now()))
      let changed: User
      try {
        changed = await change(store, 'user', userId, { gone: () => noSuch('user', user.name) }, (old) => {
          if (old.login?.hash !== known) throw new Replaced()
          return { ...old, login: withPassword(old.login, made, now(), false) }
        })
      } catch (error) {
        if (error instanceof Replaced) return undefined
        throw error
      }
      await record('ChangePassword', user, from)
      return changed.login?.changedAt
    },

    /** False when it was not theirs or not there. */
    async removeTotp(userId: string, device: string, from: From): Promise<boolean> {
      const user = await person(userId)
      const found = user && (await store.get('mfaDevice', device))
      if (user === undefined || found?.userId !== userId) return false
      const removed = await store.delete('mfaDevice', device)
      if (removed) await record('RemoveTotp', user, from)
      return removed
    },
  }
}
