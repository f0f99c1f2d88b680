// The credentials of a signed-in user, for the account pages. The session determines the user, and account/ checks how recently the
// user authenticated. Attempts count towards the same throttle as those at sign-in.
import type { PasswordHasher } from '../../secure/password/password.ts'
import { Secret } from '../../secure/secret.ts'
import { attributeNames, personAttributes } from '../../store/person.ts'
import type { EpochSeconds, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'
import type { Trail } from '../audit/with-audit.ts'
import { noSuch } from '../messages.ts'
import { deviceLabel, factorName } from '../mfa/factor-name.ts'
import { passkeysOf } from '../mfa/passkey-records.ts'
import { enabledDevices } from '../mfa/totp-devices.ts'
import type { TotpProof } from '../mfa/totp-enrolment.ts'
import { removeTrustedBrowsers } from '../mfa/trusted-browsers.ts'
import { newPassword, withPassword } from '../password/new-password.ts'
import { nextChangedAt } from '../password/password-change.ts'
import { openThrottle, type Throttle } from '../password/throttle.ts'
import { updateRecord } from '../record/update-record.ts'
import { type RequestOrigin, requestFacts, userFacts } from '../request-origin.ts'
import type { SignInCredentials } from './credentials.ts'

export interface OwnCredentialsDependencies {
  readonly store: Store
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify'>
  readonly trail: Trail
  readonly now: () => EpochSeconds
  readonly signIn: SignInCredentials
}

class Replaced extends Error {}

export class OwnCredentials {
  readonly #deps: OwnCredentialsDependencies
  readonly #throttle: Throttle

  constructor(deps: OwnCredentialsDependencies) {
    this.#deps = deps
    this.#throttle = openThrottle(deps.store)
  }

  passwordRule(userId: string) {
    return this.#deps.signIn.passwordRule(userId)
  }

  beginTotp(userId: string, begun?: string) {
    return this.#deps.signIn.beginTotp(userId, begun)
  }

  finishTotp(userId: string, proof: TotpProof, from: RequestOrigin) {
    return this.#deps.signIn.finishTotp(userId, proof, from)
  }

  newRecoveryCodes(userId: string, from: RequestOrigin) {
    return this.#deps.signIn.newRecoveryCodes(userId, from)
  }

  /** Undefined when the user was deleted or is disabled. */
  async profile(userId: string) {
    const { store } = this.#deps
    const user = await this.#person(userId)
    if (user === undefined) return undefined
    const groups = await Promise.all(user.groups.map((id) => store.get('group', id)))
    const devices = await enabledDevices(store, userId)
    return {
      userId,
      userName: user.name,
      displayName: user.displayName,
      email: user.email,
      emailVerified: user.emailVerified,
      attributes: attributeNames.flatMap((name) => {
        const value = user.attributes?.[name]
        return value === undefined ? [] : [{ label: personAttributes[name].label, value }]
      }),
      arn: userArn(user),
      groups: groups.flatMap((group) => (group?.accountId === user.accountId ? [group.name] : [])),
      passwordChangedAt: user.login?.changedAt,
      authenticators: devices.map((device) => ({
        id: device.id,
        name: deviceLabel(device),
        since: device.enabledAt ?? device.createdAt,
      })),
      passkeys: (await passkeysOf(store, userId))
        .toSorted((one, other) => other.createdAt - one.createdAt)
        .map(({ id, name, createdAt, lastUsedAt, synced, copiedAt }) => ({
          id,
          name,
          since: createdAt,
          lastUsed: lastUsedAt,
          synced,
          copied: copiedAt !== undefined,
        })),
      recoveryCodes: user.recoveryCodes.length,
    }
  }

  /**
   * Replaces the password.
   * @param replacing called before the change with its LoginProfile.changedAt, to end what depends on the old password
   * @returns LoginProfile.changedAt; undefined when the current password is wrong or was replaced meanwhile
   * @throws Problem('password_policy_violation'), Problem('throttled')
   */
  async changePassword(
    userId: string,
    current: string,
    next: string,
    from: RequestOrigin,
    replacing?: (changedAt: EpochSeconds) => Promise<void>,
  ): Promise<EpochSeconds | undefined> {
    const { now, hasher, store } = this.#deps
    const attempt = await this.#throttle.begin('password', userId, from.ip, now())
    const user = await this.#person(userId)
    const known = user?.login?.hash
    const right = await hasher.verify(known, new Secret(current))
    if (user === undefined || known === undefined || !right) {
      if (user) await this.#record('ChangePassword', user, from, 'wrong password')
      return undefined
    }
    await attempt.succeeded()
    const password = new Secret(next)
    const made = await newPassword({ store, hasher }, user, password)
    if (user.login) await replacing?.(nextChangedAt(user.login, now()))
    let changed: User
    try {
      changed = await updateRecord(
        store,
        'user',
        userId,
        { notFound: () => noSuch('user', user.name) },
        (old) => {
          if (old.login?.hash !== known) throw new Replaced()
          return { ...old, login: withPassword(old.login, made, now(), false) }
        },
      )
    } catch (error) {
      if (error instanceof Replaced) return undefined
      throw error
    }
    await this.#record('ChangePassword', user, from)
    return changed.login?.changedAt
  }

  /** False when the user has no such device. */
  async renameTotp(userId: string, device: string, name: string, from: RequestOrigin): Promise<boolean> {
    const { store } = this.#deps
    const user = await this.#person(userId)
    if (user === undefined || (await store.get('mfaDevice', device))?.userId !== userId) return false
    const notFound = () => noSuch('mfaDevice', device)
    const { userId: owner } = await updateRecord(store, 'mfaDevice', device, { notFound }, (old) =>
      old.userId === userId ? { ...old, label: factorName(name, deviceLabel(old)) } : old,
    )
    if (owner !== userId) return false
    await this.#record('RenameTotp', user, from)
    return true
  }

  /** False when the user has no such device. */
  async removeTotp(userId: string, device: string, from: RequestOrigin): Promise<boolean> {
    const { store } = this.#deps
    const user = await this.#person(userId)
    const found = user && (await store.get('mfaDevice', device))
    if (user === undefined || found?.userId !== userId) return false
    const removed = await store.delete('mfaDevice', device)
    if (!removed) return false
    await removeTrustedBrowsers(store, userId)
    await this.#record('RemoveTotp', user, from)
    return true
  }

  async #person(userId: string): Promise<User | undefined> {
    const user = await this.#deps.store.get('user', userId)
    return user === undefined || user.disabled ? undefined : user
  }

  #record(action: string, user: User, from: RequestOrigin, refused?: string): Promise<void> {
    return this.#deps.trail.record({
      action: `account:${action}`,
      ...userFacts(user),
      outcome: refused === undefined ? 'done' : 'refused',
      reason: refused,
      ...requestFacts(from),
      at: this.#deps.now(),
      details: {},
    })
  }
}
