// One-time links with which a person chooses a password: the first one (an invitation), or a new one. A link is used once,
// in the browser that first used it, until its end. It does not replace a second factor: the sign-in that follows asks for
// it. Only the hash of a link's token is stored.

import { isProblem, Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { PasswordHasher } from '../../secure/password/password.ts'
import { randomToken } from '../../secure/random.ts'
import { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, LoginProfile, OneTimeLink, PasswordPolicy, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { isAccountOpen } from '../account/open-account.ts'
import type { Trail } from '../audit/with-audit.ts'
import { firstChangedAt } from '../password/login-profiles.ts'
import { newPassword, withPassword } from '../password/new-password.ts'
import { nextChangedAt } from '../password/password-change.ts'
import { passwordPolicyOf } from '../password/password-policy.ts'
import { updateRecord } from '../record/update-record.ts'
import { type RequestOrigin, requestFacts, userFacts } from '../request-origin.ts'
import { linkOf, type MadeLink, makeLink, removePasswordLinks } from './link-token.ts'

export interface OneTimeLinksDependencies {
  readonly store: Store
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify'>
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** Ends what depends on the password before. Called before the change and after it. */
  readonly passwordReplaced: (user: User, changedAt: EpochSeconds) => Promise<void>
}

/** A link that can be used. */
export interface UsableLink {
  readonly userName: string
  /** Who made it wants them to choose their first password. */
  readonly first: boolean
  /** The account's rules for new passwords. */
  readonly rule: PasswordPolicy
}

export class OneTimeLinks {
  readonly #deps: OneTimeLinksDependencies

  constructor(deps: OneTimeLinksDependencies) {
    this.#deps = deps
  }

  /** No link for a password of this person that exists now can be used any more. */
  removeAll(person: Pick<User, 'id'>): Promise<void> {
    return removePasswordLinks(this.#deps.store, person)
  }

  /**
   * Makes a link; earlier ones of this person can no longer be used.
   * @param lifetime seconds
   * @param sentTo the address that it is sent to, which counts as verified when the link is used
   */
  async create(person: Pick<User, 'id' | 'accountId'>, lifetime: number, sentTo?: string): Promise<MadeLink> {
    const { now, store } = this.#deps
    await this.removeAll(person)
    const { id: userId, accountId } = person
    return makeLink(store, { userId, accountId, email: sentTo }, now(), lifetime)
  }

  /** Whether an administrator's link of this person can still be used. */
  async isOpen({ id }: Pick<User, 'id'>): Promise<boolean> {
    const { now, store } = this.#deps
    for await (const { purpose, expiresAt } of store.each('oneTimeLink', { by: 'user', value: id }))
      if (purpose === undefined && expiresAt > now()) return true
    return false
  }

  /** @param browser the secret that this browser got when it first used the link */
  async look(token: string, browser: string | undefined): Promise<UsableLink | undefined> {
    const found = await this.#find(token, browser)
    if (found === undefined) return undefined
    const { user } = found
    const rule = await passwordPolicyOf(this.#deps.store, user.accountId)
    return { userName: user.name, first: user.login === undefined, rule }
  }

  /**
   * Binds the link to a browser. @returns the browser's secret, new when this is the first use; undefined: it cannot be
   * used, or another browser was first
   */
  async bind(token: string, browser: string | undefined): Promise<string | undefined> {
    const found = await this.#find(token, browser)
    if (found === undefined) return undefined
    if (found.link.browser !== undefined) return browser
    const secret = randomToken()
    const own = sha256base64url(secret)
    try {
      const bound = await this.#deps.store.update('oneTimeLink', found.link.id, (old) =>
        old.browser === undefined ? { ...old, browser: own } : old,
      )
      return bound.browser === own ? secret : undefined
    } catch (error) {
      if (isProblem(error, 'not_found')) return undefined
      throw error
    }
  }

  /**
   * Sets the password and spends the link.
   * @throws Problem('password_policy_violation'), and the link can be used again in this browser; Problem('not_found')
   * when it cannot be used
   * @returns LoginProfile.changedAt of the password, which counts as used: the sign-in goes on with it
   */
  async choosePassword(
    token: string,
    browser: string,
    password: string,
    from: RequestOrigin,
  ): Promise<{ readonly userId: string; readonly passwordChangedAt: EpochSeconds }> {
    const { store, hasher, now, passwordReplaced, trail } = this.#deps
    const found = await this.#find(token, browser)
    if (found === undefined || found.link.browser === undefined) throw unusable()
    const { link, user } = found
    const made = await newPassword({ store, hasher }, user, new Secret(password))
    // Of two forms that are sent at the same time, one takes it.
    if ((await store.take('oneTimeLink', link.id)) === undefined) throw unusable()
    const at = now()
    const first = await firstChangedAt(store, user, at)
    const next = ({ login }: User): LoginProfile =>
      login === undefined
        ? { hash: made.hash, mustChange: false, createdAt: at, changedAt: first }
        : withPassword(login, made, at, false)
    if (user.login !== undefined) await passwordReplaced(user, nextChangedAt(user.login, at))
    const changed = await updateRecord(store, 'user', user.id, { notFound: unusable }, (old) => {
      if (old.disabled) throw unusable()
      const verified = old.emailVerified || (link.email !== undefined && link.email === old.email)
      return { ...old, login: next(old), passwordLastUsed: at, emailVerified: verified }
    })
    await this.removeAll(user)
    if (user.login !== undefined && changed.login) await passwordReplaced(user, changed.login.changedAt)
    await trail.record({
      action: 'signin:ChoosePassword',
      ...userFacts(user),
      outcome: 'done',
      ...requestFacts(from),
      at,
      details: { first: user.login === undefined, by: link.purpose ?? 'administrator' },
    })
    return { userId: user.id, passwordChangedAt: changed.login?.changedAt ?? first }
  }

  /** The link and its person; undefined when it is unknown, used, over, of another browser or its person may not sign in. */
  async #find(
    token: string,
    browser: string | undefined,
  ): Promise<{ readonly link: OneTimeLink; readonly user: User } | undefined> {
    const { store, now } = this.#deps
    const link = await linkOf(store, token, ['password', 'reset'], now())
    if (link === undefined) return undefined
    if (link.browser !== undefined && link.browser !== sha256base64url(browser ?? '')) return undefined
    const user = await store.get('user', link.userId)
    if (user === undefined || user.disabled || !(await isAccountOpen(store, user.accountId))) return undefined
    // The address may have become that of another person.
    if (link.email !== undefined && link.email !== user.email) return undefined
    if (link.purpose === 'reset' && link.passwordChangedAt !== user.login?.changedAt) return undefined
    return { link, user }
  }
}

const unusable = (): Problem => new Problem('not_found', 'this link cannot be used any more')
