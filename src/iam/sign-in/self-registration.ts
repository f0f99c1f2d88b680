// People who create an account by themselves, where an administrator allows it (iam/password/sign-in-settings.ts). The address is
// proven before there is an account: a request is queued unread, a link is sent to the address, and the form of the link
// creates the account, whose name is the address. Whoever has an account gets a message that says so, and the page says the same
// to everybody.
import { isProblem, Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { PasswordHasher } from '../../secure/password/password.ts'
import { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, OneTimeLink, PasswordPolicy, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { isAccountOpen } from '../account/open-account.ts'
import { userArn } from '../arn.ts'
import type { Trail } from '../audit/with-audit.ts'
import { byName } from '../lookup.ts'
import { firstChangedAt } from '../password/login-profiles.ts'
import { newPassword } from '../password/new-password.ts'
import { passwordPolicyOf } from '../password/password-policy.ts'
import { signInSettingsOf } from '../password/sign-in-settings.ts'
import { createWithinQuota } from '../record/create-within-quota.ts'
import { type RequestOrigin, requestFacts } from '../request-origin.ts'
import { newUserRecord } from '../users.ts'
import { linkOf, type MadeLink, makeLink } from './link-token.ts'
import { countWithinHour } from './message-limit.ts'

export interface SelfRegistrationDependencies {
  readonly store: Store
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify'>
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** Whose users they become. */
  readonly accountId: string
  /** Title of the identity provider that people with this address sign in with; undefined: none. */
  readonly providerOf: (email: string) => Promise<string | undefined>
  /** Whether mail is configured now. */
  readonly canSend: () => boolean
  /** Queues a request; durable when it resolves. @param lifetime seconds */
  readonly queue: (values: { readonly email: string }, lifetime: number) => Promise<void>
  readonly messages: RegistrationMessages
}

export interface RegistrationMessages {
  /** @param id of the message: adding it twice adds it once */
  sendLink(email: string, link: MadeLink, id: string): Promise<void>
  sendKnown(user: User, id: string): Promise<void>
}

/** Seconds. */
const linkLifetime = 24 * 3600
const requestLifetime = 1800
/** Messages to one address in an hour. */
const perAddress = 3

/** User names (IAM API: CreateUser) are ASCII with few signs; the address becomes the name. */
const nameable = /^[\w+=,.-]+@[a-z0-9.-]+$/
const longestName = 64

export class SelfRegistration {
  readonly #deps: SelfRegistrationDependencies

  constructor(deps: SelfRegistrationDependencies) {
    this.#deps = deps
  }

  /** Whether people may register by themselves now. */
  async isOn(): Promise<boolean> {
    const { store, accountId, canSend } = this.#deps
    if (!canSend()) return false
    const { selfRegistration = 'off' } = await signInSettingsOf(store, accountId)
    return selfRegistration !== 'off' && (await isAccountOpen(store, accountId))
  }

  /**
   * Depends on the address and the settings alone, not on who has an account.
   * @throws Problem('invalid_input') when this address may not register · Problem('unavailable') when too many requests wait
   */
  async request(typed: string): Promise<void> {
    const email = typed.trim().toLowerCase()
    await this.#checkAddress(email)
    await this.#deps.queue({ email }, requestLifetime)
  }

  /** Sends the message of a request; may run twice for one. @param requestId id of the request */
  async process(requestId: string, email: string): Promise<void> {
    // The request is a record of the same kind.
    const id = `${requestId}-0`
    const { store, now, accountId, messages } = this.#deps
    if (!(await this.#isAllowed(email))) return
    if ((await countWithinHour(store, `register:${sha256base64url(email)}`, now())) > perAddress) return
    const known = await this.#userOf(email)
    if (known) return known.disabled ? undefined : messages.sendKnown(known, id)
    const link = { accountId, userId: '', purpose: 'registration', email } as const
    await messages.sendLink(email, await makeLink(store, link, now(), linkLifetime), id)
  }

  /** What the form of a link shows; undefined when the link cannot be used. */
  async look(token: string): Promise<{ readonly email: string; readonly rule: PasswordPolicy } | undefined> {
    const { store, accountId } = this.#deps
    const link = await this.#find(token)
    return link && { email: link.email, rule: await passwordPolicyOf(store, accountId) }
  }

  /**
   * Creates the account and spends the link.
   * @throws Problem('password_policy_violation'), and the link can be used again; Problem('not_found') when it cannot be used;
   * Problem('limit_exceeded') when the account has as many users as it may have
   * @returns LoginProfile.changedAt of the password, which counts as used: the sign-in goes on with it
   */
  async register(
    token: string,
    password: string,
    origin: RequestOrigin,
  ): Promise<{ readonly userId: string; readonly passwordChangedAt: EpochSeconds }> {
    const { store, hasher, trail, now, accountId } = this.#deps
    const link = await this.#find(token)
    if (link === undefined || (await this.#userOf(link.email))) throw unusable()
    const at = now()
    const bare = newUserRecord({ accountId, name: link.email, path: '/', createdAt: at })
    const person: User = { ...bare, email: link.email, emailVerified: true, groups: await this.#groups() }
    const { hash } = await newPassword({ store, hasher }, person, new Secret(password))
    // Of two forms that are sent at the same time, one takes it.
    if ((await store.take('oneTimeLink', link.id)) === undefined) throw unusable()
    const changedAt = await firstChangedAt(store, person, at)
    const login = { hash, mustChange: false, createdAt: at, changedAt }
    const user: User = { ...person, login, passwordLastUsed: at }
    try {
      await createWithinQuota(store, { kind: 'user', record: user, ...limit(accountId) }, () =>
        store.create('user', user),
      )
    } catch (error) {
      throw isProblem(error, 'conflict') ? unusable() : error
    }
    await trail.record({
      action: 'signin:Register',
      accountId,
      who: userArn(user),
      actor: { kind: 'user', id: user.id },
      resource: userArn(user),
      outcome: 'done',
      ...requestFacts(origin),
      at,
      details: { email: user.email, groups: user.groups },
    })
    return { userId: user.id, passwordChangedAt: changedAt }
  }

  async #find(token: string): Promise<(OneTimeLink & { readonly email: string }) | undefined> {
    const { store, now, accountId } = this.#deps
    const link = await linkOf(store, token, ['registration'], now())
    if (link?.email === undefined || link.accountId !== accountId) return undefined
    // The settings may have changed since it was sent.
    return (await this.#isAllowed(link.email)) ? { ...link, email: link.email } : undefined
  }

  async #checkAddress(email: string): Promise<void> {
    if (!nameable.test(email) || email.length > longestName)
      throw new Problem(
        'invalid_input',
        'enter an e-mail address of at most 64 letters, digits and `+ = , . - _`',
      )
    const provider = await this.#deps.providerOf(email)
    if (provider !== undefined)
      throw new Problem(
        'invalid_input',
        `people with this address sign in with ${provider}; no account is needed`,
      )
    if (!(await this.#isAllowed(email)))
      throw new Problem(
        'invalid_input',
        'accounts with an address of this domain are created by an administrator',
      )
  }

  async #isAllowed(email: string): Promise<boolean> {
    const { store, accountId } = this.#deps
    if (!(await this.isOn())) return false
    const { selfRegistration, selfRegistrationDomains = [] } = await signInSettingsOf(store, accountId)
    const domain = email.slice(email.lastIndexOf('@') + 1)
    return selfRegistration === 'anyone' || selfRegistrationDomains.includes(domain)
  }

  /** Whoever has this name, or has proven to have this address. */
  async #userOf(email: string): Promise<User | undefined> {
    const { store, accountId } = this.#deps
    const named = await byName(store, 'user', accountId, email)
    if (named) return named
    const { records } = await store.find(
      'user',
      { by: 'email', value: `${accountId}/${email}` },
      { limit: 100 },
    )
    return records.find(({ emailVerified }) => emailVerified)
  }

  /** The group of the settings, if it exists. */
  async #groups(): Promise<readonly string[]> {
    const { store, accountId } = this.#deps
    const { selfRegistrationGroup: id } = await signInSettingsOf(store, accountId)
    const group = id === undefined ? undefined : await store.get('group', id)
    return group?.accountId === accountId ? [group.id] : []
  }
}

/** So that anonymous visitors cannot fill the store: as many users as the account may have. */
const limit = (accountId: string) =>
  ({ quota: 'UsersPerAccount', lookup: { by: 'account', value: accountId } }) as const

const unusable = (): Problem => new Problem('not_found', 'this link cannot be used any more')
