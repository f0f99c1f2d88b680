// A person changes their own e-mail address: a link is sent to the new one, and the address changes when the link is used while the
// person is signed in. Until then everything stays. Whether another account has the address is said only to who reads its mail.
import { sha256base64url } from '../../secure/digest.ts'
import type { EpochSeconds, OneTimeLink, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { findEnabledUser } from '../account/enabled-user.ts'
import type { Trail } from '../audit/with-audit.ts'
import { noSuch } from '../messages.ts'
import { withKeyLock } from '../record/key-lock.ts'
import { updateRecord } from '../record/update-record.ts'
import { type RequestOrigin, requestFacts, userFacts } from '../request-origin.ts'
import { emailAddress } from './email-address.ts'
import { linkOf, type MadeLink, makeLink } from './link-token.ts'
import { countWithinHour } from './message-limit.ts'

export interface AddressChangeDependencies {
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** Title of the provider that people with this address sign in with. */
  readonly providerOf: (email: string) => Promise<string | undefined>
  /** Sends the link to the new address. */
  readonly sendLink: (user: User, email: string, link: MadeLink) => Promise<void>
  /** Notifies the person at the former address. */
  readonly notifyChanged: (user: User, before: string, after: string) => Promise<void>
}

/** Why there is no link, or where it was sent. */
export type AddressRequest =
  | { readonly sentTo: string }
  | { readonly refused: 'invalid' | 'unchanged' | 'too-many' | 'of-provider' }

export type ConfirmedChange = 'changed' | 'taken' | 'unusable'

/** Seconds. */
const linkLifetime = 24 * 3600
/** Messages within an hour. */
const perPerson = 3
const perAddress = 3

/** RFC 5321 §4.5.3.1.3. */

type ChangeLink = OneTimeLink & { readonly email: string }

export class AddressChange {
  readonly #deps: AddressChangeDependencies

  constructor(deps: AddressChangeDependencies) {
    this.#deps = deps
  }

  /** Whether the person may have another address: not when it comes from their identity provider. */
  async isAllowed(userId: string): Promise<boolean> {
    const user = await findEnabledUser(this.#deps.store, userId)
    return user !== undefined && (await this.#isOwn(user))
  }

  /** Sends a link to another address; an earlier one can no longer be used. */
  async request(userId: string, typed: string, origin: RequestOrigin): Promise<AddressRequest> {
    const { store, now, sendLink } = this.#deps
    const email = emailAddress.safeParse(typed.trim().toLowerCase()).data
    const user = await findEnabledUser(store, userId)
    if (user === undefined) throw noSuch('user', userId)
    if (email === undefined) return { refused: 'invalid' }
    if (email === user.email?.toLowerCase()) return { refused: 'unchanged' }
    if (!(await this.#isOwn(user)) || (await this.#deps.providerOf(email)) !== undefined)
      return { refused: 'of-provider' }
    const counts = [
      await countWithinHour(store, `change-address:${userId}`, now()),
      await countWithinHour(store, `change-address-to:${sha256base64url(email)}`, now()),
    ]
    if (counts.some((count, at) => count > (at === 0 ? perPerson : perAddress)))
      return { refused: 'too-many' }
    await this.#removeLinks(userId, ({ purpose }) => purpose === 'new-address')
    const { accountId } = user
    const link = { accountId, userId, purpose: 'new-address', email, replaces: user.email } as const
    await this.#record('RequestAddressChange', user, origin, { email })
    await sendLink(user, email, await makeLink(store, link, now(), linkLifetime))
    return { sentTo: email }
  }

  /** The address that a link of this person sets; undefined when it is somebody else's, unknown, used or over. */
  async look(userId: string, token: string): Promise<string | undefined> {
    return (await this.#find(userId, token))?.link.email
  }

  /**
   * Changes the address and spends the link. All other links of the person end, since they may wait in the mailbox of the address
   * before.
   */
  async confirm(userId: string, token: string, origin: RequestOrigin): Promise<ConfirmedChange> {
    const found = await this.#find(userId, token)
    if (found === undefined) return 'unusable'
    const { link, user } = found
    return withKeyLock(`address:${link.accountId}/${link.email}`, () => this.#change(link, user, origin))
  }

  async #change(link: ChangeLink, user: User, origin: RequestOrigin): Promise<ConfirmedChange> {
    const { store, notifyChanged } = this.#deps
    if (await this.#isTaken(link)) return 'taken'
    // Of two forms that are sent at the same time, one takes it.
    if ((await store.take('oneTimeLink', link.id)) === undefined) return 'unusable'
    const notFound = () => noSuch('user', user.name)
    const changed = await updateRecord(store, 'user', user.id, { notFound }, (old) =>
      old.email === link.replaces && !old.disabled ? { ...old, email: link.email, emailVerified: true } : old,
    )
    if (changed.email !== link.email) return 'unusable'
    // Another process may have given the same address to somebody else at the same moment: then nobody has it.
    if (await this.#isTaken(link)) {
      await updateRecord(store, 'user', user.id, { notFound }, (old) =>
        old.email === link.email ? { ...old, email: user.email, emailVerified: user.emailVerified } : old,
      )
      return 'taken'
    }
    await this.#removeLinks(user.id, () => true)
    await this.#record('ChangeAddress', changed, origin, { email: link.email, before: user.email })
    if (user.email !== undefined && user.emailVerified) await notifyChanged(changed, user.email, link.email)
    return 'changed'
  }

  async #find(
    userId: string,
    token: string,
  ): Promise<{ readonly link: ChangeLink; readonly user: User } | undefined> {
    const { store, now, providerOf } = this.#deps
    const link = await linkOf(store, token, ['new-address'], now())
    if (link?.userId !== userId || link.email === undefined) return undefined
    const user = await findEnabledUser(store, userId)
    if (user === undefined || user.email !== link.replaces) return undefined
    // A provider may have got the domain since the link was sent.
    if (!(await this.#isOwn(user)) || (await providerOf(link.email)) !== undefined) return undefined
    return { link: { ...link, email: link.email }, user }
  }

  /** Addresses of a provider's domain, and of people whom it created, follow the provider (known-address.ts). */
  async #isOwn({ email, identities = [] }: User): Promise<boolean> {
    if (identities.some(({ owns }) => owns)) return false
    return email === undefined || (await this.#deps.providerOf(email)) === undefined
  }

  /** Whether somebody else has proven to read mail at the address, or signs in with a password under it. */
  async #isTaken({ accountId, userId, email }: ChangeLink): Promise<boolean> {
    const { store } = this.#deps
    const holders = store.each('user', { by: 'email', value: `${accountId}/${email}` })
    for await (const { id, emailVerified } of holders) if (id !== userId && emailVerified) return true
    const named = await store.getBy('user', 'name', `${accountId}/${email}`)
    return named !== undefined && named.id !== userId
  }

  async #removeLinks(userId: string, matches: (link: OneTimeLink) => boolean): Promise<void> {
    const { store } = this.#deps
    for await (const link of store.each('oneTimeLink', { by: 'user', value: userId }))
      if (matches(link)) await store.delete('oneTimeLink', link.id)
  }

  #record(
    action: string,
    user: User,
    origin: RequestOrigin,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.#deps.trail.record({
      action: `account:${action}`,
      ...userFacts(user),
      outcome: 'done',
      ...requestFacts(origin),
      at: this.#deps.now(),
      details,
    })
  }
}
