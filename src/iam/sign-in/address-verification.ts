// Confirms that a person reads mail at their address: a link is sent there, and used while the person is signed in. A link
// alone is not enough, because anybody could enter somebody else's address and wait for them to follow the link: a verified
// address links identities of providers (docs/attacks.md 17).
import type { EpochSeconds, OneTimeLink, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { Trail } from '../audit/with-audit.ts'
import { noSuch } from '../messages.ts'
import { updateRecord } from '../record/update-record.ts'
import { type RequestOrigin, requestFacts, userFacts } from '../request-origin.ts'
import { linkOf, type MadeLink, makeLink } from './link-token.ts'
import { countWithinHour } from './message-limit.ts'

export interface AddressVerificationDependencies {
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
  readonly sendLink: (user: User, link: MadeLink) => Promise<void>
}

/** Seconds. */
const linkLifetime = 7 * 24 * 3600
/** Messages to one person in an hour. */
const perPerson = 3

export class AddressVerification {
  readonly #deps: AddressVerificationDependencies

  constructor(deps: AddressVerificationDependencies) {
    this.#deps = deps
  }

  /** Sends a link to the address of the person unless it is verified. @returns false when there were too many, or nothing to send */
  async send(userId: string): Promise<boolean> {
    const { store, now, sendLink } = this.#deps
    const user = await store.get('user', userId)
    if (user?.email === undefined || user.emailVerified || user.disabled) return false
    if ((await countWithinHour(store, `verify-address:${userId}`, now())) > perPerson) return false
    const { accountId, email } = user
    await sendLink(
      user,
      await makeLink(store, { accountId, userId, purpose: 'address', email }, now(), linkLifetime),
    )
    return true
  }

  /** The address that a link of this person confirms; undefined when it is somebody else's, unknown, used or over. */
  async look(userId: string, token: string): Promise<string | undefined> {
    return (await this.#find(userId, token))?.email
  }

  /** Spends the link. @returns the address; undefined when the link cannot be used */
  async confirm(userId: string, token: string, origin: RequestOrigin): Promise<string | undefined> {
    const { store, trail, now } = this.#deps
    const link = await this.#find(userId, token)
    if (link === undefined || (await store.take('oneTimeLink', link.id)) === undefined) return undefined
    const notFound = () => noSuch('user', userId)
    const user = await updateRecord(store, 'user', userId, { notFound }, (old) =>
      old.email === link.email ? { ...old, emailVerified: true } : old,
    )
    if (user.email !== link.email) return undefined
    await trail.record({
      action: 'account:VerifyAddress',
      ...userFacts(user),
      outcome: 'done',
      ...requestFacts(origin),
      at: now(),
      details: { email: user.email },
    })
    return user.email
  }

  async #find(userId: string, token: string): Promise<OneTimeLink | undefined> {
    const link = await linkOf(this.#deps.store, token, ['address'], this.#deps.now())
    if (link?.userId !== userId) return undefined
    const user = await this.#deps.store.get('user', userId)
    return user?.email === link.email && !user?.disabled ? link : undefined
  }
}
