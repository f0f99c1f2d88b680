// A person who forgot their password asks for a link by mail. The answer and its cost are the same for everybody: what was
// typed is queued unread, and this file looks for the person when the outbox comes to it. A link is sent to a verified address
// alone, ends after 30 minutes or with the password that it replaces, and does not end links of an administrator.
import type { EpochSeconds, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { isAccountOpen } from '../account/open-account.ts'
import { userArn } from '../arn.ts'
import type { Trail } from '../audit/with-audit.ts'
import { isLocked, passwordPolicyOf } from '../password/password-policy.ts'
import { type RequestOrigin, requestFacts } from '../request-origin.ts'
import { makeLink } from './link-token.ts'
import { countWithinHour } from './message-limit.ts'
import { userOfSignInName } from './sign-in-name.ts'

export interface ForgottenPasswordDependencies {
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** The account that names without an account, and addresses, are looked up in. */
  readonly accountId: string
  /** Queues a request; durable when it resolves. @param lifetime seconds */
  readonly queue: (values: ResetRequest, lifetime: number) => Promise<void>
  readonly messages: ResetMessages
}

export interface ResetMessages {
  /** @param id of the message: adding it twice adds it once */
  sendLink(
    user: User,
    link: { readonly token: string; readonly expiresAt: EpochSeconds },
    from: ResetRequest,
    id: string,
  ): Promise<void>
  /** To a person who signs in without a password of this server. */
  sendNoPassword(user: User, id: string): Promise<void>
}

export interface ResetRequest {
  /** A sign-in name or an e-mail address. */
  readonly typed: string
  readonly ip: string
  readonly userAgent: string
  readonly requestId: string
}

/** Seconds. */
export const resetLinkLifetime = 30 * 60
/** Messages to one person in an hour. */
const perPerson = 3
/** Persons with one address that get a message each. */
const mostPersons = 5
/** Characters that are queued of what was typed. */
const longest = 254

export class ForgottenPassword {
  readonly #deps: ForgottenPasswordDependencies

  constructor(deps: ForgottenPasswordDependencies) {
    this.#deps = deps
  }

  /** Does nothing that depends on who it is. @throws Problem('unavailable') when too many requests wait */
  request(typed: string, { ip, userAgent = '', requestId }: RequestOrigin): Promise<void> {
    const values = {
      typed: typed.trim().slice(0, longest),
      ip,
      userAgent: userAgent.slice(0, 256),
      requestId,
    }
    return this.#deps.queue(values, resetLinkLifetime)
  }

  /** Sends the messages of a request; may run twice for one. @param id of the request */
  async process(id: string, request: ResetRequest): Promise<void> {
    for (const [at, user] of (await this.#people(request.typed)).entries())
      await this.#sendTo(user, request, `${id}-${at}`)
  }

  async #sendTo(user: User, request: ResetRequest, id: string): Promise<void> {
    const { store, trail, now, messages } = this.#deps
    if (user.disabled || !user.emailVerified || user.email === undefined) return
    if (!(await isAccountOpen(store, user.accountId)) || (await this.#isFull(user))) return
    if (user.login === undefined) return messages.sendNoPassword(user, id)
    // An expired password that only an administrator may replace.
    if (isLocked(user.login, await passwordPolicyOf(store, user.accountId), now())) return
    const { accountId, id: userId, email } = user
    const { changedAt: passwordChangedAt } = user.login
    const link = { accountId, userId, purpose: 'reset', email, passwordChangedAt } as const
    await trail.record({
      at: now(),
      accountId,
      action: 'signin:RequestPasswordReset',
      who: userArn(user),
      actor: { kind: 'anonymous' },
      resource: userArn(user),
      outcome: 'done',
      ...requestFacts(request),
    })
    await messages.sendLink(user, await makeLink(store, link, now(), resetLinkLifetime), request, id)
  }

  async #people(typed: string): Promise<readonly User[]> {
    const { store, accountId } = this.#deps
    const named = await userOfSignInName(store, accountId, typed)
    if (named !== undefined || !typed.includes('@')) return named === undefined ? [] : [named]
    const lookup = { by: 'email', value: `${accountId}/${typed.toLowerCase()}` } as const
    const { records } = await store.find('user', lookup, { limit: 100 })
    return records.filter(({ emailVerified }) => emailVerified).slice(0, mostPersons)
  }

  /** So that nobody can fill a mailbox. */
  async #isFull({ id }: User): Promise<boolean> {
    const { store, now } = this.#deps
    return (await countWithinHour(store, `reset:${id}`, now())) > perPerson
  }
}
