// Links federated identities to users. Two records hold a link: the user has a list of its identities, and an IdentityLink record,
// whose id is the hash of the identity, names the user, so that of two concurrent sign-ins with one identity only one user results.
// The user is written first: after a crash the user lookup finds the identity, and the next sign-in writes the IdentityLink.
// A linked identity is recognized by provider, issuer and subject alone. An identity without a user becomes a new user if the provider
// may create users, or is linked to an existing user in one of two ways (docs/attacks.md 17): the user signs in and connects it
// (`connect`), or it has a verified address in a domain that the administrator configured for this provider.
import { isProblem, Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import { createIfAbsent } from '../../store/conditional-writes.ts'
import type { PersonAttributes } from '../../store/person.ts'
import type {
  EpochSeconds,
  IdentityLink,
  IdentityProvider,
  LinkedIdentity,
  Tag,
  User,
} from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'
import type { Trail } from '../audit/with-audit.ts'
import { byName } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import { accountQuotas, quotas } from '../quotas.ts'
import { updateRecord } from '../record/update-record.ts'
import { type RequestOrigin, requestFacts } from '../request-origin.ts'
import { newUserRecord } from '../users.ts'
import { type FederatedSubject, identityLinkId, identityLookup, isSameSubject } from './identity-key.ts'
import { isTrustedAddress, matchByEmail, updatedAddress, whyNotLinkable } from './known-address.ts'
import { newUserName } from './new-user-name.ts'

/** An identity that a provider authenticated, with its mapped attributes (federation/mapping.ts). */
export interface FederatedIdentity extends FederatedSubject {
  readonly person: {
    readonly name: string | undefined
    readonly displayName: string | undefined
    readonly email: string | undefined
    readonly emailVerified: boolean
    readonly attributes: PersonAttributes
    /** Names of groups of the account; they need not exist. */
    readonly groups: readonly string[]
    readonly tags: readonly Tag[]
  }
}

export interface IdentitiesDependencies {
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** The account of the users. */
  readonly accountId: string
}

/** The most identities of a user; keeps the user record small. */
const identitiesPerUser = 20

/** Attempts to find a free user name: the first ones append a number, the rest a random text. */
const nameTries = 12
const numberedTries = 9

export class Identities {
  readonly #store: Store
  readonly #trail: Trail
  readonly #now: () => EpochSeconds
  readonly #accountId: string

  constructor({ store, trail, now, accountId }: IdentitiesDependencies) {
    this.#store = store
    this.#trail = trail
    this.#now = now
    this.#accountId = accountId
  }

  /**
   * The id of the identity's user, who is created or linked if allowed. Undefined when there is no user; then only `connect` can
   * link the identity.
   * @throws Problem('denied') when the user is disabled, Problem('conflict') when no user name is free
   */
  async signIn(
    identity: FederatedIdentity,
    provider: IdentityProvider,
    origin: RequestOrigin,
  ): Promise<string | undefined> {
    const known = await this.#findUser(identity)
    if (known?.disabled) {
      await this.record('FederatedSignIn', identity, origin, known, 'the user is disabled')
      throw new Problem('denied', 'you cannot sign in here', { detail: 'the user is disabled' })
    }
    if (known) return (await this.#updateFromProvider(known, identity, provider, origin)).id
    const { person } = identity
    const verdict = matchByEmail(provider, person, await this.#usersWithEmail(person.email))
    if (verdict.match === 'link') {
      const linked = await this.#link(
        verdict.user,
        identity,
        (old) => whyNotLinkable(old, provider) === undefined,
      )
      await this.record('JoinIdentity', identity, origin, linked)
      return (await this.#updateFromProvider(linked, identity, provider, origin)).id
    }
    const mayCreate = provider.signIn?.createUsers === true
    if (!mayCreate || verdict.match === 'refuse') {
      // A concurrent request with the same identity may have created the user who has the address.
      if (await this.#findUser(identity)) return this.signIn(identity, provider, origin)
      const why = mayCreate ? 'a user with this address is here already' : 'the provider may not create users'
      await this.record('FederatedSignIn', identity, origin, undefined, `not joined: ${why}`)
      return undefined
    }
    const made = await this.#createUser(identity, provider)
    if (made === undefined) throw new Problem('conflict', 'no name is left for a new user')
    if (!(await this.#claim(identity, made))) {
      // A concurrent request with the same identity was first; its user is kept.
      await this.#store.delete('user', made.id)
      return this.signIn(identity, provider, origin)
    }
    await this.record('CreateUser', identity, origin, made)
    return (await this.#updateFromProvider(made, identity, provider, origin)).id
  }

  /**
   * Links an identity to a user who has just authenticated.
   * @throws Problem('conflict') when it is linked to another user, Problem('limit_exceeded')
   */
  async connect(
    userId: string,
    identity: FederatedIdentity,
    provider: IdentityProvider,
    origin: RequestOrigin,
  ): Promise<void> {
    const user = await this.#store.get('user', userId)
    if (user === undefined || user.disabled) throw notFound()
    const known = await this.#findUser(identity)
    if (known && known.id !== userId) {
      await this.record('JoinIdentity', identity, origin, user, 'the identity is another user’s')
      throw new Problem('conflict', 'this identity belongs to another user here')
    }
    const linked = known ?? (await this.#link(user, identity, () => true))
    await this.#updateFromProvider(linked, identity, provider, origin)
    await this.record('JoinIdentity', identity, origin, linked)
  }

  /**
   * Removes an identity and the groups that it gave.
   * @returns false when the user does not have it
   * @throws Problem('conflict') when it is the user's only way to sign in
   */
  async disconnect(userId: string, identity: FederatedSubject, origin: RequestOrigin): Promise<boolean> {
    const user = await this.#store.get('user', userId)
    if (user === undefined || identityOf(user, identity) === undefined) return false
    checkNotOnlySignIn(user)
    await this.#store.delete('joining', identityLinkId(identity))
    // Checked again within the write, so that of two concurrent removals one way to sign in remains.
    const left = await updateRecord(this.#store, 'user', userId, { notFound }, (old) => {
      if (identityOf(old, identity)) checkNotOnlySignIn(old)
      return withoutIdentity(old, identity)
    })
    await this.record('DisconnectIdentity', identity, origin, left)
    return true
  }

  /** The identities of a user; none when the user does not exist. */
  async of(userId: string): Promise<readonly LinkedIdentity[]> {
    return (await this.#store.get('user', userId))?.identities ?? []
  }

  /** Writes an audit entry `signin:<action>`. @param refused why the action was refused */
  record(
    action: string,
    identity: FederatedSubject,
    origin: RequestOrigin,
    user?: User,
    refused?: string,
  ): Promise<void> {
    return this.#trail.record({
      action: `signin:${action}`,
      accountId: this.#accountId,
      who: user ? userArn(user) : `${identity.issuer} ${identity.subject}`,
      actor: user ? { kind: 'user', id: user.id } : { kind: 'outside', id: identity.subject },
      resource: identity.provider,
      outcome: refused === undefined ? 'done' : 'refused',
      reason: refused,
      ...requestFacts(origin),
      at: this.#now(),
      details: { issuer: identity.issuer, subject: identity.subject },
    })
  }

  /** The user to whom the identity is linked. Completes a link that a crash left unfinished. */
  async #findUser(identity: FederatedSubject): Promise<User | undefined> {
    const link = await this.#store.get('joining', identityLinkId(identity))
    const user = link && (await this.#userWith(identity, link.userId))
    if (user) return user
    // The user was deleted or has disconnected the identity, which is unlinked from then on (docs/attacks.md 15).
    const lookup = { by: 'identity', value: identityLookup(identity) } as const
    const [unclaimed] = (await this.#store.find('user', lookup, { limit: 1 })).records
    return unclaimed && ((await this.#claim(identity, unclaimed)) ? unclaimed : this.#findUser(identity))
  }

  /** The user if it exists and has the identity. */
  async #userWith(identity: FederatedSubject, userId: string): Promise<User | undefined> {
    const user = await this.#store.get('user', userId)
    return user && identityOf(user, identity) && user
  }

  /** Writes the IdentityLink of this user. False when the identity is linked to another user. */
  async #claim(identity: FederatedSubject, user: User): Promise<boolean> {
    const id = identityLinkId(identity)
    const own = {
      id,
      accountId: this.#accountId,
      userId: user.id,
      claim: randomToken(),
      createdAt: this.#now(),
    }
    for (;;) {
      if (await createIfAbsent(this.#store.create('joining', own))) return true
      const existing = await this.#store.get('joining', id)
      if (!existing) continue
      if (existing.userId !== user.id && (await this.#userWith(identity, existing.userId))) return false
      // The link is this user's, or was left behind by a user who no longer has the identity.
      if (await this.#replaceLink(existing, own)) return true
    }
  }

  /** False when another request has replaced the link meanwhile. */
  async #replaceLink(seen: IdentityLink, own: IdentityLink): Promise<boolean> {
    const after = await this.#store
      .update('joining', own.id, (old) => (old.claim === seen.claim ? own : old))
      .catch(undefinedIfDeleted)
    return after?.claim === own.claim
  }

  async #usersWithEmail(email: string | undefined): Promise<readonly User[]> {
    if (email === undefined) return []
    const lookup = { by: 'email', value: `${this.#accountId}/${email}` } as const
    return (await this.#store.find('user', lookup, { limit: 100 })).records
  }

  async #groupIds(names: readonly string[]): Promise<readonly string[]> {
    const found = await Promise.all(names.map((name) => byName(this.#store, 'group', this.#accountId, name)))
    return found.flatMap((group) => (group ? [group.id] : []))
  }

  /**
   * Updates groups, tags, address and name from the provider, at every sign-in. A trusted address is removed from all other users.
   */
  async #updateFromProvider(
    user: User,
    identity: FederatedIdentity,
    provider: IdentityProvider,
    origin: RequestOrigin,
  ): Promise<User> {
    const groups = await this.#groupIds(identity.person.groups)
    const { GroupsPerUser } = await accountQuotas(this.#store, this.#accountId)
    const assigned = { groups, most: GroupsPerUser }
    const next = await updateRecord(this.#store, 'user', user.id, { notFound }, (old) =>
      withProviderData(old, identity, provider, assigned, this.#now()),
    )
    const { email } = identity.person
    if (email !== undefined && isTrustedAddress(provider, identity.person))
      for (const other of await this.#usersWithEmail(email))
        if (other.id !== user.id) await this.#removeAddress(other, email, identity, origin)
    return next
  }

  /** Removes an address that now belongs to another user (docs/attacks.md 34). */
  async #removeAddress(
    { id }: User,
    email: string,
    identity: FederatedIdentity,
    origin: RequestOrigin,
  ): Promise<void> {
    const after = await this.#store
      .update('user', id, (old) =>
        old.email === email ? { ...old, email: undefined, emailVerified: false } : old,
      )
      .catch(undefinedIfDeleted)
    if (after) await this.record('TakeAddress', identity, origin, after)
  }

  /** Undefined when no user name is free. */
  async #createUser(identity: FederatedIdentity, provider: IdentityProvider): Promise<User | undefined> {
    const { person } = identity
    const wanted = newUserName(provider, person.name)
    const now = this.#now()
    const user: User = {
      ...newUserRecord({ accountId: this.#accountId, name: wanted, path: '/', createdAt: now }),
      displayName: person.displayName,
      attributes: person.attributes,
      email: person.email,
      emailVerified: isTrustedAddress(provider, person),
      identities: [newIdentity(identity, true, now)],
    }
    for (let at = 1; at <= nameTries; at++) {
      const name = at === 1 ? wanted : `${wanted.slice(0, 55)}-${at <= numberedTries ? at : randomToken(6)}`
      if (await createIfAbsent(this.#store.create('user', { ...user, name }))) return { ...user, name }
    }
    return undefined
  }

  /**
   * Adds the identity to the user and writes the IdentityLink.
   * @param mayLink evaluated within the write, so that of two concurrent requests only one links
   * @throws Problem('conflict') when the identity is linked to another user or `mayLink` is false, Problem('limit_exceeded')
   */
  async #link(user: User, identity: FederatedIdentity, mayLink: (old: User) => boolean): Promise<User> {
    const linked = await updateRecord(this.#store, 'user', user.id, { notFound }, (old) => {
      if (identityOf(old, identity)) return old
      if (!mayLink(old)) throw new Problem('conflict', 'this identity cannot be joined to a user here')
      const { identities = [] } = old
      if (identities.length >= identitiesPerUser)
        throw new Problem(
          'limit_exceeded',
          `a user has at most ${identitiesPerUser} identities; disconnect one before you connect another`,
        )
      return { ...old, identities: [...identities, newIdentity(identity, false, this.#now())] }
    })
    if (await this.#claim(identity, linked)) return linked
    await updateRecord(this.#store, 'user', user.id, { notFound }, (old) => withoutIdentity(old, identity))
    throw new Problem('conflict', 'this identity belongs to another user here')
  }
}

const identityOf = (user: User, identity: FederatedSubject): LinkedIdentity | undefined =>
  user.identities?.find((one) => isSameSubject(one, identity))

/** @param owns whether the provider created the user */
const newIdentity = (identity: FederatedIdentity, owns: boolean, now: EpochSeconds): LinkedIdentity => ({
  provider: identity.provider,
  issuer: identity.issuer,
  subject: identity.subject,
  label: labelOf(identity),
  groups: [],
  owns,
  joinedAt: now,
  lastUsed: now,
})

/** The user with groups, tags, address and name as the provider has them now. Pure. @throws Problem('not_found') */
function withProviderData(
  old: User,
  identity: FederatedIdentity,
  provider: IdentityProvider,
  { groups, most }: { readonly groups: readonly string[]; readonly most: number },
  now: EpochSeconds,
): User {
  const before = identityOf(old, identity)
  if (before === undefined) throw notFound()
  const { person } = identity
  const kept = old.groups.filter((id) => !before.groups.includes(id))
  const room = Math.max(0, most - kept.length)
  const given = groups.filter((id) => !kept.includes(id)).slice(0, room)
  const linked: LinkedIdentity = { ...before, label: labelOf(identity), groups: given, lastUsed: now }
  return {
    ...old,
    ...updatedAddress(old, provider, person, before.owns),
    ...(before.owns || isTrustedAddress(provider, person)
      ? {
          displayName: person.displayName ?? old.displayName,
          attributes: { ...old.attributes, ...person.attributes },
        }
      : {}),
    groups: [...kept, ...given],
    tags: withProviderTags(old.tags, provider, person.tags),
    identities: (old.identities ?? []).map((one) => (isSameSubject(one, identity) ? linked : one)),
  }
}

/** @throws Problem('conflict') for a user without a password whose only identity would be removed */
function checkNotOnlySignIn({ login, identities = [] }: User): void {
  if (login === undefined && identities.length === 1)
    throw new Problem('conflict', 'this is your only way to sign in; add another one first')
}

function withoutIdentity(old: User, identity: FederatedSubject): User {
  const removed = identityOf(old, identity)
  if (removed === undefined) return old
  return {
    ...old,
    identities: (old.identities ?? []).filter((one) => one !== removed),
    groups: old.groups.filter((id) => !removed.groups.includes(id)),
  }
}

/** Tags that the mapping names belong to the provider, which sets, changes and removes them. */
function withProviderTags(
  old: readonly Tag[],
  provider: IdentityProvider,
  given: readonly Tag[],
): readonly Tag[] {
  const own = new Set(Object.keys(provider.signIn?.mapping.tags ?? {}).map((key) => key.toLowerCase()))
  if (own.size === 0) return old
  const kept = old.filter(({ key }) => !own.has(key.toLowerCase()))
  // Tag keys of users are compared without case (tags.ts).
  const once = [...new Map(given.map((tag) => [tag.key.toLowerCase(), tag])).values()]
  return [...kept, ...once.slice(0, Math.max(0, quotas.TagsPerUser - kept.length))]
}

const labelOf = ({ person, subject }: FederatedIdentity): string =>
  (person.email ?? person.name ?? person.displayName ?? subject).slice(0, 128)

function undefinedIfDeleted(error: unknown): undefined {
  if (!isProblem(error, 'not_found')) throw error
}

const notFound = (): Problem => noSuch('user', 'of this identity')
