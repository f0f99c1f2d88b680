// Verifies and sets up passwords, TOTP devices and recovery codes for the pages. Counts, throttles and audits every attempt; sign-in/
// decides the order of the steps. All failures look the same and take the same time, whether or not the name exists; the reason is
// only in the audit trail.

import { Problem } from '../../problem.ts'
import type { PasswordHasher } from '../../secure/password/password.ts'
import { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, LoginProfile, PasswordPolicy, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { findEnabledUser } from '../account/enabled-user.ts'
import type { Trail } from '../audit/with-audit.ts'
import { noSuch } from '../messages.ts'
import { hasUsablePasskey } from '../mfa/passkey-records.ts'
import { newRecoveryCodes, recoveryFactor, spendRecoveryCode } from '../mfa/recovery-codes.ts'
import { enabledDevices, spendCode } from '../mfa/totp-devices.ts'
import { type NewTotp, TotpEnrolment, type TotpProof } from '../mfa/totp-enrolment.ts'
import { importedSamples, kindOfHash } from '../password/imported-hashes.ts'
import { newPassword, withPassword } from '../password/new-password.ts'
import { nextChangedAt } from '../password/password-change.ts'
import { isLocked, mustReplace, passwordPolicyOf } from '../password/password-policy.ts'
import { needsSecondFactor, signInSettingsOf } from '../password/sign-in-settings.ts'
import { type Factor, openThrottle, type Throttle } from '../password/throttle.ts'
import { updateRecord } from '../record/update-record.ts'
import { attemptFacts, type RequestOrigin, requestFacts } from '../request-origin.ts'
import { userOfSignInName } from './sign-in-name.ts'

/** A user whose password was verified. */
export interface VerifiedPassword {
  readonly userId: string
  /** LoginProfile.changedAt, which identifies the password. */
  readonly passwordChangedAt: EpochSeconds
}

interface PasswordUse {
  /** LoginProfile.changedAt. */
  readonly changedAt: EpochSeconds
  /** The kind of the hash that was replaced by one with our parameters, when it was. */
  readonly renewedFrom: string | undefined
}

/** What a user must still do before a session starts; read again at every step. */
export interface SignInStatus {
  readonly userId: string
  readonly userName: string
  readonly mustChangePassword: boolean
  /** Epoch seconds. */
  readonly passwordChangedAt: EpochSeconds | undefined
  readonly hasTotp: boolean
  readonly hasPasskey: boolean
  readonly mustEnrolTotp: boolean
}

export interface CredentialsDependencies {
  readonly store: Store
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify' | 'check' | 'needsRehash'>
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** The account of users whose sign-in name has no account. */
  readonly accountId: string
  /** Name of an account's organization, shown in authenticator apps. */
  readonly issuerName: (accountId: string) => Promise<string>
  /** Ends what depends on the earlier password. Called before and after the change. */
  readonly passwordReplaced?: (user: User, changedAt: EpochSeconds) => Promise<void>
}

/** Normalizes spellings of a name: full-width letters, case, surrounding spaces (docs/attacks.md 19). */
const folded = (username: string): string => username.normalize('NFKC').trim().toLowerCase()
/** IAM's limit. Longer names are not looked up, and are truncated for the throttle. */
const longestName = 64
/** IAM's limit for an account alias. */
const longestAccount = 63

export class SignInCredentials {
  readonly #deps: CredentialsDependencies
  readonly #throttle: Throttle
  readonly #enrolment: TotpEnrolment

  constructor(deps: CredentialsDependencies) {
    this.#deps = deps
    this.#throttle = openThrottle(deps.store)
    this.#enrolment = new TotpEnrolment(deps.store, deps.issuerName)
  }

  /**
   * Verifies a password. Undefined for an unknown name, a wrong password, a disabled user or one without a password, each in the
   * same time.
   * @throws Problem('throttled')
   */
  async checkPassword(
    username: string,
    password: string,
    origin: RequestOrigin,
  ): Promise<VerifiedPassword | undefined> {
    const { store, hasher, now } = this.#deps
    const name = folded(username).slice(0, longestAccount + longestName + 2)
    const user = await userOfSignInName(this.#deps.store, this.#deps.accountId, name)
    const attempt = await this.#throttle.begin('password', user?.id ?? `name:${name}`, origin.ip, now())
    const secret = new Secret(password)
    // For an unknown name a dummy hash is verified, which takes the same time.
    const samples = await importedSamples(store)
    const { matches, refusal } = await hasher.check(user?.login?.hash, secret, samples)
    const refuse = async (reason: string): Promise<undefined> => {
      await refusal()
      await this.#record('CheckPassword', user, origin, reason)
    }
    if (user === undefined) return refuse('unknown name')
    if (user.disabled) return refuse('disabled')
    if (!matches || user.login === undefined) return refuse('wrong password')
    const policy = await passwordPolicyOf(store, user.accountId)
    if (isLocked(user.login, policy, now())) return refuse('password expired')
    const used = await this.#recordPasswordUse(user, user.login, secret)
    if (used === undefined) return refuse('replaced or disabled meanwhile')
    const { renewedFrom } = used
    // Written in one commit instead of three: what a sign-in takes beside its hash fell from 7.7 to 6.7 ms of processor time.
    await Promise.all([
      attempt.succeeded(),
      this.#record('CheckPassword', user, origin, undefined, { renewedFrom }),
    ])
    return { userId: user.id, passwordChangedAt: used.changedAt }
  }

  /** Undefined when the user was deleted or is disabled. */
  async signInStatus(userId: string): Promise<SignInStatus | undefined> {
    const { store, now } = this.#deps
    const user = await this.#enabledUser(userId)
    if (user === undefined) return undefined
    const policy = await passwordPolicyOf(store, user.accountId)
    const settings = await signInSettingsOf(store, user.accountId)
    const hasTotp = (await enabledDevices(store, userId)).length > 0
    const hasPasskey = await hasUsablePasskey(store, userId, settings.passkeys)
    return {
      userId,
      userName: user.name,
      mustChangePassword: user.login !== undefined && mustReplace(user.login, policy, now()),
      passwordChangedAt: user.login?.changedAt,
      hasTotp,
      hasPasskey,
      mustEnrolTotp: !hasTotp && !hasPasskey && needsSecondFactor(settings, user),
    }
  }

  /** Uses up the code's time step. @throws Problem('throttled') */
  async checkTotp(userId: string, code: string, origin: RequestOrigin): Promise<boolean> {
    return (await this.spendTotp(userId, code, origin)) !== undefined
  }

  /** Like `checkTotp`, but returns the serial number of the device. */
  async spendTotp(userId: string, code: string, origin: RequestOrigin): Promise<string | undefined> {
    const { store, now } = this.#deps
    let used: string | undefined
    await this.#attempt('totp', 'CheckTotp', userId, origin, async () => {
      for (const device of await enabledDevices(store, userId)) {
        if (!(await spendCode(store, device, withoutSpaces(code), now()))) continue
        used = device.id
        return true
      }
      return false
    })
    return used
  }

  /** Uses up the code. @throws Problem('throttled') */
  async checkRecoveryCode(userId: string, code: string, origin: RequestOrigin): Promise<boolean> {
    return (await this.spendRecoveryCode(userId, code, origin)) !== undefined
  }

  /** Like `checkRecoveryCode`, but returns the dependency of the sign-in (`recoveryFactor`). */
  async spendRecoveryCode(userId: string, code: string, origin: RequestOrigin): Promise<string | undefined> {
    let used: string | undefined
    await this.#attempt('recovery', 'CheckRecoveryCode', userId, origin, async (user) => {
      if (!(await spendRecoveryCode(this.#deps.store, userId, code))) return false
      used = recoveryFactor(user)
      return true
    })
    return used
  }

  /**
   * Replaces a password that must be changed. Refused afterwards, so that a form cannot be used twice.
   * @returns LoginProfile.changedAt of the new password
   * @throws Problem('password_policy_violation'), Problem('conflict') when the password need not be changed any more
   */
  async replaceGivenPassword(userId: string, password: string, origin: RequestOrigin): Promise<EpochSeconds> {
    const { store, hasher, now, accountId, passwordReplaced } = this.#deps
    const user = await this.#enabledUser(userId)
    const given = user?.login
    const alreadyChanged = () =>
      new Problem('conflict', 'the password was changed already; sign in with the new one')
    const policy = await passwordPolicyOf(store, user?.accountId ?? accountId)
    if (user === undefined || !given || !mustReplace(given, policy, now())) throw alreadyChanged()
    const secret = new Secret(password)
    if (await hasher.verify(given.hash, secret))
      throw new Problem('password_policy_violation', 'Password should not be the one you were given')
    const made = await newPassword({ store, hasher }, user, secret)
    const changedAt = nextChangedAt(given, now())
    await passwordReplaced?.(user, changedAt)
    await updateRecord(store, 'user', userId, { notFound: alreadyChanged }, (old) => {
      if (old.login?.hash !== given.hash || !mustReplace(old.login, policy, now())) throw alreadyChanged()
      return { ...old, login: { ...withPassword(old.login, made, now(), false), changedAt } }
    })
    await this.#record('ReplacePassword', user, origin)
    await passwordReplaced?.(user, changedAt)
    return changedAt
  }

  /** The account's password rules for new passwords, for the form. */
  async passwordRule(userId: string): Promise<PasswordPolicy> {
    const user = await this.#deps.store.get('user', userId)
    return passwordPolicyOf(this.#deps.store, user?.accountId ?? this.#deps.accountId)
  }

  /** The pending device `begun`, or a new one. @throws Problem('not_found') when there is no such user */
  async beginTotp(userId: string, begun?: string): Promise<NewTotp> {
    const user = await this.#enabledUser(userId)
    if (user === undefined) throw noSuch('user', userId)
    return this.#enrolment.begin(user, begun, this.#deps.now())
  }

  /** Enables the pending device when the code is correct. False for a wrong code. @throws Problem('throttled') */
  finishTotp(userId: string, proof: TotpProof, origin: RequestOrigin): Promise<boolean> {
    return this.#attempt('totp', 'EnrolTotp', userId, origin, (user) =>
      this.#enrolment.finish(user, { ...proof, code: withoutSpaces(proof.code) }, this.#deps.now()),
    )
  }

  /** Like `finishTotp` for a user without a second factor; false also when another one was enrolled concurrently. */
  finishFirstTotp(userId: string, proof: TotpProof, origin: RequestOrigin): Promise<boolean> {
    return this.#attempt('totp', 'EnrolTotp', userId, origin, (user) =>
      this.#enrolment.finish(user, { ...proof, code: withoutSpaces(proof.code) }, this.#deps.now(), true),
    )
  }

  /**
   * Replaces all recovery codes. The result is the only place where they can be read.
   * @throws Problem('not_found'), Problem('concurrent_modification') when another request has replaced them meanwhile
   */
  async newRecoveryCodes(userId: string, origin: RequestOrigin): Promise<readonly string[]> {
    const user = await this.#enabledUser(userId)
    if (user === undefined) throw noSuch('user', userId)
    const { codes, kept } = newRecoveryCodes()
    const notFound = () => noSuch('user', user.name)
    await updateRecord(this.#deps.store, 'user', userId, { notFound }, (old) => {
      // Codes that another request is just showing to the user stay valid.
      if (old.recoveryCodes.some((code) => !user.recoveryCodes.includes(code)))
        throw new Problem('concurrent_modification', 'new recovery codes were just made; try again')
      return { ...old, recoveryCodes: kept }
    })
    await this.#record('NewRecoveryCodes', user, origin, undefined, {
      replaced: user.recoveryCodes.length > 0,
    })
    return codes
  }

  /** Undefined when the user was deleted or is disabled, or the account is closed. */
  #enabledUser(userId: string): Promise<User | undefined> {
    return findEnabledUser(this.#deps.store, userId)
  }

  /**
   * Stores when a verified password was used, and its hash with the current parameters if those have changed.
   * @returns undefined when the password was replaced or the user was disabled meanwhile
   */
  async #recordPasswordUse(
    user: User,
    login: LoginProfile,
    password: Secret,
  ): Promise<PasswordUse | undefined> {
    const { store, hasher, now } = this.#deps
    const renewed = hasher.needsRehash(login.hash) ? await hasher.hash(password) : login.hash
    const at = now()
    let current = false
    let renews = false
    const notFound = () => noSuch('user', user.name)
    const { login: kept } = await updateRecord(store, 'user', user.id, { notFound }, (old) => {
      // The cached user may be a second old, so the password is compared with the current record.
      current = !old.disabled && old.login?.changedAt === login.changedAt
      if (!current || old.login === undefined) return old
      // Of several sign-ins at the same time, one renews the hash.
      renews = old.login.hash === login.hash && renewed !== login.hash
      const hash = renews ? renewed : old.login.hash
      return { ...old, login: { ...old.login, hash }, passwordLastUsed: at }
    })
    if (!current || kept === undefined) return undefined
    return { changedAt: kept.changedAt, renewedFrom: renews ? kindOfHash(login.hash) : undefined }
  }

  /** A throttled and audited attempt at a factor of a known user. */
  async #attempt(
    factor: Factor,
    action: string,
    userId: string,
    origin: RequestOrigin,
    check: (user: User) => Promise<boolean>,
  ): Promise<boolean> {
    const { now } = this.#deps
    const attempt = await this.#throttle.begin(factor, userId, origin.ip, now())
    const user = await this.#enabledUser(userId)
    const right = user !== undefined && (await check(user))
    if (!right) {
      await this.#record(action, user, origin, user ? 'wrong code' : 'gone or disabled')
      return false
    }
    await Promise.all([
      attempt.succeeded(),
      this.#throttle.rememberAddress(userId, origin.ip, now()),
      this.#record(action, user, origin),
    ])
    return true
  }

  /** @param refused why the attempt was refused */
  #record(
    action: string,
    user: User | undefined,
    origin: RequestOrigin,
    refused?: string,
    details?: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { trail, accountId, now } = this.#deps
    return trail.record({
      action: `signin:${action}`,
      ...attemptFacts(user, accountId),
      outcome: refused === undefined ? 'done' : 'refused',
      reason: refused,
      ...requestFacts(origin),
      at: now(),
      details,
    })
  }
}

const withoutSpaces = (code: string): string => code.replace(/\s/g, '')
