// Proving who one is to a page: password, TOTP, recovery code; and setting them up. Owns the counting, spending and
// recording of every try; the steps and their order are sign-in/'s. Every failure looks and lasts the same, whether
// the name exists or not; the reason goes on record alone.
import { Problem } from '../../problem.ts'
import type { PasswordHasher } from '../../secure/password.ts'
import { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, LoginProfile, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'
import { change } from '../change.ts'
import { byName } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import { newRecoveryCodes, recoveryFactor, spendRecoveryCode } from '../mfa/recovery-codes.ts'
import { devicesOf, spendCode } from '../mfa/totp-devices.ts'
import { type NewTotp, totpEnrolment } from '../mfa/totp-enrolment.ts'
import { newPassword, withPassword } from '../password/new-password.ts'
import { changedNow } from '../password/password-change.ts'
import { isLocked, mustReplace, passwordPolicyOf, passwordRule } from '../password/password-policy.ts'
import { type Factor, openThrottle } from '../password/throttle.ts'
import type { Trail } from '../with-audit.ts'

/** Where a try comes from. */
export interface From {
  readonly ip: string
  readonly userAgent: string | undefined
  readonly requestId: string
}

/** A person who typed their password. */
export interface ProvenPassword {
  readonly userId: string
  /** Names the password it was (LoginProfile.changedAt). */
  readonly passwordChangedAt: EpochSeconds
}

/** What stands between this person and a session; read anew at every step. */
export interface Standing {
  readonly userId: string
  readonly userName: string
  readonly mustChangePassword: boolean
  /** Epoch seconds. */
  readonly passwordChangedAt: EpochSeconds | undefined
  readonly hasTotp: boolean
  readonly mustEnrolTotp: boolean
}

export interface SignInParts {
  readonly store: Store
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify' | 'needsRehash'>
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** Whose users sign in. */
  readonly accountId: string
  /** Shown in authenticator apps. */
  readonly issuerName: string
  /** Whether a person without a second factor must enrol one before going on. Default: everybody. */
  readonly totpRequired?: (user: User) => boolean
  /** Ends what depends on the password before. Called before the change and after it. */
  readonly passwordReplaced?: (user: User, changedAt: EpochSeconds) => Promise<void>
}

export type SignInCredentials = ReturnType<typeof openSignInCredentials>

/** One name however it is typed: full-width letters, case, stray space (attacks.md 19, "other spellings"). */
const folded = (username: string): string => username.normalize('NFKC').trim().toLowerCase()
/** Longer than any name: looked up as no one, and cut before it is counted. */
const longestName = 64

export function openSignInCredentials(parts: SignInParts) {
  const { store, hasher, now } = parts
  const throttle = openThrottle(store)
  const enrolment = totpEnrolment(store, parts.issuerName)
  const totpRequired = parts.totpRequired ?? (() => true)

  /** Undefined: deleted or disabled. */
  const person = async (userId: string): Promise<User | undefined> => {
    const user = await store.get('user', userId)
    return user === undefined || user.disabled ? undefined : user
  }

  const record = (action: string, user: User | undefined, from: From, refused?: string): Promise<void> =>
    parts.trail.record({
      action: `signin:${action}`,
      accountId: user?.accountId ?? parts.accountId,
      // What was typed as a name may be a password: an unknown one is not kept.
      who: user ? userArn(user) : 'unknown',
      actor: user ? { kind: 'user', id: user.id } : { kind: 'anonymous' },
      outcome: refused === undefined ? 'done' : 'refused',
      reason: refused,
      requestId: from.requestId,
      sourceIp: from.ip,
      userAgent: from.userAgent,
      at: now(),
    })

  /** When the password that was right last changed; undefined: it was replaced, or the user disabled, meanwhile. */
  const passwordOk = async (
    user: User,
    login: LoginProfile,
    password: Secret,
  ): Promise<EpochSeconds | undefined> => {
    const renewed = hasher.needsRehash(login.hash) ? await hasher.hash(password) : login.hash
    const at = now()
    let right = false
    const { login: kept } = await change(
      store,
      'user',
      user.id,
      { gone: () => noSuch('user', user.name) },
      (old) => {
        // What was read may have been a second old: it is still so, or the password is wrong by now.
        right = !old.disabled && old.login?.changedAt === login.changedAt
        if (!right || old.login === undefined) return old
        const hash = old.login.hash === login.hash ? renewed : old.login.hash
        return { ...old, login: { ...old.login, hash }, passwordLastUsed: at }
      },
    )
    return right ? kept?.changedAt : undefined
  }

  /** One counted, recorded try at a factor of a known person. */
  const tried = async (
    factor: Factor,
    action: string,
    userId: string,
    from: From,
    check: (user: User) => Promise<boolean>,
  ): Promise<boolean> => {
    const attempt = await throttle.begin(factor, userId, from.ip, now())
    const user = await person(userId)
    const right = user !== undefined && (await check(user))
    if (!right) {
      await record(action, user, from, user ? 'wrong code' : 'gone or disabled')
      return false
    }
    await attempt.succeeded()
    await throttle.know(userId, from.ip, now())
    await record(action, user, from)
    return true
  }

  const spendTotp = async (userId: string, code: string, from: From): Promise<string | undefined> => {
    let used: string | undefined
    await tried('totp', 'CheckTotp', userId, from, async () => {
      for (const device of await devicesOf(store, userId)) {
        if (!(await spendCode(store, device, code.replace(/\s/g, ''), now()))) continue
        used = device.id
        return true
      }
      return false
    })
    return used
  }

  const spendRecovery = async (userId: string, code: string, from: From): Promise<string | undefined> => {
    let used: string | undefined
    await tried('recovery', 'CheckRecoveryCode', userId, from, async (user) => {
      if (!(await spendRecoveryCode(store, userId, code))) return false
      used = recoveryFactor(user)
      return true
    })
    return used
  }

  return {
    /**
     * Whose it is, or undefined: unknown name, wrong password, disabled, no password; one answer, one time.
     * @throws Problem('throttled')
     */
    async checkPassword(username: string, password: string, from: From): Promise<ProvenPassword | undefined> {
      const name = folded(username).slice(0, longestName + 1)
      const user = name.length <= longestName ? await byName(store, 'user', parts.accountId, name) : undefined
      const attempt = await throttle.begin('password', user?.id ?? `name:${name}`, from.ip, now())
      const secret = new Secret(password)
      // The hash of no one takes the time of a real one.
      const right = await hasher.verify(user?.login?.hash, secret)
      if (user === undefined || !right || user.disabled) {
        const reason = user === undefined ? 'unknown name' : user.disabled ? 'disabled' : 'wrong password'
        await record('CheckPassword', user, from, reason)
        return undefined
      }
      const policy = await passwordPolicyOf(store, user.accountId)
      if (user.login && isLocked(user.login, policy, now())) {
        await record('CheckPassword', user, from, 'password expired')
        return undefined
      }
      const passwordChangedAt = user.login && (await passwordOk(user, user.login, secret))
      if (passwordChangedAt === undefined) {
        await record('CheckPassword', user, from, 'replaced or disabled meanwhile')
        return undefined
      }
      await attempt.succeeded()
      await record('CheckPassword', user, from)
      return { userId: user.id, passwordChangedAt }
    },

    /** Undefined: deleted or disabled. */
    async standing(userId: string): Promise<Standing | undefined> {
      const user = await person(userId)
      if (user === undefined) return undefined
      const policy = await passwordPolicyOf(store, user.accountId)
      const hasTotp = (await devicesOf(store, userId)).length > 0
      return {
        userId,
        userName: user.name,
        mustChangePassword: user.login !== undefined && mustReplace(user.login, policy, now()),
        passwordChangedAt: user.login?.changedAt,
        hasTotp,
        mustEnrolTotp: !hasTotp && totpRequired(user),
      }
    },

    /** Spends the code's time step. @throws Problem('throttled') */
    checkTotp: async (userId: string, code: string, from: From): Promise<boolean> =>
      (await spendTotp(userId, code, from)) !== undefined,

    /** The same, with the serial number of the device whose code it was. */
    spendTotp,

    /** Spends the code. @throws Problem('throttled') */
    checkRecoveryCode: async (userId: string, code: string, from: From): Promise<boolean> =>
      (await spendRecovery(userId, code, from)) !== undefined,

    /** The same, with what the sign-in depends on from now on (mfa/recovery-codes.ts, recoveryFactor). */
    spendRecoveryCode: spendRecovery,

    /**
     * Only while the password must be changed, so that an old form cannot set one twice. Gives when it changed.
     * @throws Problem('password_policy_violation'), Problem('conflict') when it no longer must
     */
    async replaceGivenPassword(userId: string, password: string, from: From): Promise<EpochSeconds> {
      const user = await person(userId)
      const given = user?.login
      const settled = () =>
        new Problem('conflict', 'the password was changed already; sign in with the new one')
      const policy = await passwordPolicyOf(store, user?.accountId ?? parts.accountId)
      if (user === undefined || !given || !mustReplace(given, policy, now())) throw settled()
      const secret = new Secret(password)
      if (await hasher.verify(given.hash, secret))
        throw new Problem('password_policy_violation', 'Password should not be the one you were given')
      const made = await newPassword({ store, hasher }, user, secret)
      const changedAt = changedNow(given, now())
      await parts.passwordReplaced?.(user, changedAt)
      await change(store, 'user', userId, { gone: settled }, (old) => {
        if (old.login?.hash !== given.hash || !mustReplace(old.login, policy, now())) throw settled()
        return { ...old, login: { ...withPassword(old.login, made, now(), false), changedAt } }
      })
      await record('ReplacePassword', user, from)
      await parts.passwordReplaced?.(user, changedAt)
      return changedAt
    },

    /** The account's password rule in one sentence, for the form. */
    passwordRule: async (userId: string): Promise<string> => {
      const user = await store.get('user', userId)
      return passwordRule(await passwordPolicyOf(store, user?.accountId ?? parts.accountId))
    },

    /** The device begun before when it still waits, else a new one. @throws Problem('not_found') */
    async beginTotp(userId: string, begun?: string): Promise<NewTotp> {
      const user = await person(userId)
      if (user === undefined) throw noSuch('user', userId)
      return enrolment.begin(user, begun, now())
    },

    /** Enables it when the code is its; spends the step. False: wrong code. @throws Problem('throttled') */
    finishTotp: (userId: string, device: string, code: string, from: From): Promise<boolean> =>
      tried('totp', 'EnrolTotp', userId, from, (user) =>
        enrolment.finish(user, device, code.replace(/\s/g, ''), now()),
      ),

    /** The same for a person who has none; false also when another was enrolled at the same moment. */
    finishFirstTotp: (userId: string, device: string, code: string, from: From): Promise<boolean> =>
      tried('totp', 'EnrolTotp', userId, from, (user) =>
        enrolment.finish(user, device, code.replace(/\s/g, ''), now(), 1),
      ),

    /**
     * Replaces all recovery codes; the only time they are readable.
     * @throws Problem('not_found'), Problem('concurrent_modification') when another request just made others
     */
    async newRecoveryCodes(userId: string, from: From): Promise<readonly string[]> {
      const user = await person(userId)
      if (user === undefined) throw noSuch('user', userId)
      const { codes, kept } = newRecoveryCodes()
      await change(store, 'user', userId, { gone: () => noSuch('user', user.name) }, (old) => {
        // Codes that somebody is being shown stay good.
        if (old.recoveryCodes.some((code) => !user.recoveryCodes.includes(code)))
          throw new Problem('concurrent_modification', 'new recovery codes were just made; try again')
        return { ...old, recoveryCodes: kept }
      })
      await record('NewRecoveryCodes', user, from)
      return codes
    },
  }
}
