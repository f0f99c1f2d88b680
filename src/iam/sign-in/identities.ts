// Who from elsewhere is whom here. Two records: the user holds its identities, and a joining, whose id is the hash of
// the identity, says whose it is, so that of two who bring one identity at once one user comes out. The user is written
// first: what a crash leaves behind is found by the user's lookup and joined at the next sign-in.
// A user is joined by (provider, issuer, subject) alone. Someone unknown becomes a new user where the provider may make
// one, or joins an existing user in two ways and no other (attacks.md 17): by proving to be that user (`connect`), or by
// a verified address in a domain the administrator declared this provider to speak for.
import { isProblem, Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import { created } from '../../store/conditional-writes.ts'
import type { PersonAttributes } from '../../store/person.ts'
import type {
  EpochSeconds,
  IdentityLink,
  IdentityProvider,
  OutsideIdentity,
  Tag,
  User,
} from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'
import { change } from '../change.ts'
import { byName } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import { quotas } from '../quotas.ts'
import { blankUser } from '../users.ts'
import type { Trail } from '../with-audit.ts'
import type { From } from './credentials.ts'
import { identityLookup, isSame, joiningId, type OutsideSubject } from './identity-key.ts'
import { followedAddress, judgeAddress, notSpokenFor, speaksFor } from './known-address.ts'
import { newUserName } from './new-user-name.ts'

/** Somebody a provider vouched for, mapped (federation/mapping.ts). */
export interface Arriving extends OutsideSubject {
  readonly person: {
    readonly name: string | undefined
    readonly displayName: string | undefined
    readonly email: string | undefined
    readonly emailVerified: boolean
    readonly attributes: PersonAttributes
    /** Names of groups of ours, existing or not. */
    readonly groups: readonly string[]
    readonly tags: readonly Tag[]
  }
}

export interface IdentityParts {
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** Whose users sign in. */
  readonly accountId: string
}

/** More than anybody is known by elsewhere; a user's record, which holds them, stays small. */
const identitiesPerUser = 20

/** How many names are tried for a new user whose own is taken: it with numbers, then with what nobody has. */
const nameTries = 12
const numberedTries = 9

export function openIdentities(parts: IdentityParts) {
  const { store, now, accountId } = parts

  const record = (action: string, arriving: OutsideSubject, from: From, user?: User, refused?: string) =>
    parts.trail.record({
      action: `signin:${action}`,
      accountId,
      who: user ? userArn(user) : `${arriving.issuer} ${arriving.subject}`,
      actor: user ? { kind: 'user', id: user.id } : { kind: 'outside', id: arriving.subject },
      resource: arriving.provider,
      outcome: refused === undefined ? 'done' : 'refused',
      reason: refused,
      requestId: from.requestId,
      sourceIp: from.ip,
      userAgent: from.userAgent,
      at: now(),
      details: { issuer: arriving.issuer, subject: arriving.subject },
    })

  /** Undefined: not there, or does not have it. */
  const userWith = async (identity: OutsideSubject, userId: string): Promise<User | undefined> => {
    const user = await store.get('user', userId)
    return user && identityOf(user, identity) && user
  }

  /** Whose it is by the records there are; what a crash left unfinished is finished. */
  const holder = async (identity: OutsideSubject): Promise<User | undefined> => {
    const joining = await store.get('joining', joiningId(identity))
    const user = joining && (await userWith(identity, joining.userId))
    if (user) return user
    // The user was deleted, or disconnected it: who comes now is somebody new, whatever the name (attacks.md 15).
    const { records } = await store.find(
      'user',
      { by: 'identity', value: identityLookup(identity) },
      { limit: 1 },
    )
    const [left] = records
    return left && ((await claim(identity, left)) ? left : holder(identity))
  }

  /** True when the identity is this user's from now on; false when another was first. */
  const claim = async (identity: OutsideSubject, user: User): Promise<boolean> => {
    const id = joiningId(identity)
    const own = { id, accountId, userId: user.id, claim: randomToken(), createdAt: now() }
    for (;;) {
      if (await created(store.create('joining', own))) return true
      const there = await store.get('joining', id)
      if (!there) continue
      if (there.userId !== user.id && (await userWith(identity, there.userId))) return false
      // This user's already, or left behind by a user who does not have it any more.
      if (await takenOver(there, own)) return true
    }
  }

  /** False when it was claimed meanwhile. */
  const takenOver = async (seen: IdentityLink, own: IdentityLink): Promise<boolean> => {
    const after = await store
      .update('joining', own.id, (old) => (old.claim === seen.claim ? own : old))
      .catch(unlessGone)
    return after?.claim === own.claim
  }

  const usersWithEmail = async (email: string | undefined): Promise<readonly User[]> => {
    if (email === undefined) return []
    const lookup = { by: 'email', value: `${accountId}/${email}` } as const
    return (await store.find('user', lookup, { limit: 100 })).records
  }

  const groupIds = async (names: readonly string[]): Promise<readonly string[]> => {
    const found = await Promise.all(names.map((name) => byName(store, 'group', accountId, name)))
    return found.flatMap((group) => (group ? [group.id] : []))
  }

  /** The user as the provider says they are now. Pure, so that it may run again. */
  const followed = (
    old: User,
    arriving: Arriving,
    provider: IdentityProvider,
    groups: readonly string[],
  ): User => {
    const before = identityOf(old, arriving)
    if (before === undefined) throw gone()
    const { person } = arriving
    const kept = old.groups.filter((id) => !before.groups.includes(id))
    const room = Math.max(0, quotas.GroupsPerUser - kept.length)
    const given = groups.filter((id) => !kept.includes(id)).slice(0, room)
    const identity: OutsideIdentity = { ...before, label: labelOf(arriving), groups: given, lastUsed: now() }
    return {
      ...old,
      ...followedAddress(old, provider, person, before.owns),
      ...(before.owns || speaksFor(provider, person)
        ? {
            displayName: person.displayName ?? old.displayName,
            attributes: { ...old.attributes, ...person.attributes },
          }
        : {}),
      groups: [...kept, ...given],
      tags: withProviderTags(old.tags, provider, person.tags),
      identities: (old.identities ?? []).map((one) => (isSame(one, arriving) ? identity : one)),
    }
  }

  /**
   * Groups, tags, address and name follow the provider at every sign-in. An address that the provider speaks for is this
   * user's alone from then on.
   */
  const follow = async (
    user: User,
    arriving: Arriving,
    provider: IdentityProvider,
    from: From,
  ): Promise<User> => {
    const groups = await groupIds(arriving.person.groups)
    const next = await change(store, 'user', user.id, { gone }, (old) =>
      followed(old, arriving, provider, groups),
    )
    const { email } = arriving.person
    if (email !== undefined && speaksFor(provider, arriving.person))
      for (const other of await usersWithEmail(email))
        if (other.id !== user.id) await takeAddress(other, email, arriving, from)
    return next
  }

  /** The address is somebody else's now (attacks.md 34): it is not said of this user any more. */
  const takeAddress = async ({ id }: User, email: string, arriving: Arriving, from: From): Promise<void> => {
    const after = await store
      .update('user', id, (old) =>
        old.email === email ? { ...old, email: undefined, emailVerified: false } : old,
      )
      .catch(unlessGone)
    if (after) await record('TakeAddress', arriving, from, after)
  }

  const newUser = async (arriving: Arriving, provider: IdentityProvider): Promise<User | undefined> => {
    const { person } = arriving
    const wanted = newUserName(provider, person.name)
    const user: User = {
      ...blankUser({ accountId, name: wanted, path: '/', createdAt: now() }),
      displayName: person.displayName,
      attributes: person.attributes,
      email: person.email,
      emailVerified: speaksFor(provider, person),
      identities: [newIdentity(arriving, true)],
    }
    for (let at = 1; at <= nameTries; at++) {
      const name = at === 1 ? wanted : `${wanted.slice(0, 55)}-${at <= numberedTries ? at : randomToken(6)}`
      if (await created(store.create('user', { ...user, name }))) return { ...user, name }
    }
    return undefined
  }

  const newIdentity = (arriving: Arriving, owns: boolean): OutsideIdentity => ({
    provider: arriving.provider,
    issuer: arriving.issuer,
    subject: arriving.subject,
    label: labelOf(arriving),
    groups: [],
    owns,
    joinedAt: now(),
    lastUsed: now(),
  })

  /**
   * @param may looked at in the very write, so that of two who come at once one is joined
   * @throws Problem('conflict') when the identity is another user's, or the user may not have it · Problem('limit_exceeded')
   */
  const attach = async (user: User, arriving: Arriving, may: (old: User) => boolean): Promise<User> => {
    const joined = await change(store, 'user', user.id, { gone }, (old) => {
      if (identityOf(old, arriving)) return old
      if (!may(old)) throw new Problem('conflict', 'this identity cannot be joined to a user here')
      const { identities = [] } = old
      if (identities.length >= identitiesPerUser)
        throw new Problem(
          'limit_exceeded',
          `a user has at most ${identitiesPerUser} identities; disconnect one before you connect another`,
        )
      return { ...old, identities: [...identities, newIdentity(arriving, false)] }
    })
    if (await claim(arriving, joined)) return joined
    await change(store, 'user', user.id, { gone }, (old) => withoutIdentity(old, arriving))
    throw new Problem('conflict', 'this identity belongs to another user here')
  }

  return {
    /**
     * The user this identity is, made or joined when it may be; undefined: nobody here, and only `connect` can join it.
     * @throws Problem('denied') when the user is disabled
     */
    async signIn(arriving: Arriving, provider: IdentityProvider, from: From): Promise<string | undefined> {
      const known = await holder(arriving)
      if (known?.disabled) {
        await record('FederatedSignIn', arriving, from, known, 'the user is disabled')
        throw new Problem('denied', 'you cannot sign in here', { detail: 'the user is disabled' })
      }
      if (known) return (await follow(known, arriving, provider, from)).id
      const { person } = arriving
      const verdict = judgeAddress(provider, person, await usersWithEmail(person.email))
      if (verdict.comesTo === 'join') {
        const joined = await attach(
          verdict.user,
          arriving,
          (old) => notSpokenFor(old, provider) === undefined,
        )
        await record('JoinIdentity', arriving, from, joined)
        return (await follow(joined, arriving, provider, from)).id
      }
      const mayCreate = provider.signIn?.createUsers === true
      if (!mayCreate || verdict.comesTo === 'refuse') {
        // Another request with the same identity may have been first: it is its user who has the address.
        if (await holder(arriving)) return this.signIn(arriving, provider, from)
        const why = mayCreate
          ? 'a user with this address is here already'
          : 'the provider may not create users'
        await record('FederatedSignIn', arriving, from, undefined, `not joined: ${why}`)
        return undefined
      }
      const made = await newUser(arriving, provider)
      if (made === undefined) throw new Problem('conflict', 'no name is left for a new user')
      if (!(await claim(arriving, made))) {
        // Another request with the same identity was first: its user is the one.
        await store.delete('user', made.id)
        return this.signIn(arriving, provider, from)
      }
      await record('CreateUser', arriving, from, made)
      return (await follow(made, arriving, provider, from)).id
    },

    /**
     * Joins an identity to the user who has just proven to be that user.
     * @throws Problem('conflict') when it is another user's
     */
    async connect(userId: string, arriving: Arriving, provider: IdentityProvider, from: From): Promise<void> {
      const user = await store.get('user', userId)
      if (user === undefined || user.disabled) throw gone()
      const known = await holder(arriving)
      if (known && known.id !== userId) {
        await record('JoinIdentity', arriving, from, user, 'the identity is another user’s')
        throw new Problem('conflict', 'this identity belongs to another user here')
      }
      const joined = known ?? (await attach(user, arriving, () => true))
      await follow(joined, arriving, provider, from)
      await record('JoinIdentity', arriving, from, joined)
    },

    /** False when it was not theirs. The groups it gave go with it. */
    async disconnect(userId: string, identity: OutsideSubject, from: From): Promise<boolean> {
      const user = await store.get('user', userId)
      if (user === undefined || identityOf(user, identity) === undefined) return false
      keepAWayIn(user)
      await store.delete('joining', joiningId(identity))
      // Looked at again in the very write: of two ways in that are taken away at once, one stays.
      const left = await change(store, 'user', userId, { gone }, (old) => {
        if (identityOf(old, identity)) keepAWayIn(old)
        return withoutIdentity(old, identity)
      })
      await record('DisconnectIdentity', identity, from, left)
      return true
    },

    /** The identities of a user, for their own page. */
    async of(userId: string): Promise<readonly OutsideIdentity[]> {
      return (await store.get('user', userId))?.identities ?? []
    },

    record,
  }
}

export type Identities = ReturnType<typeof openIdentities>

const identityOf = (user: User, identity: OutsideSubject): OutsideIdentity | undefined =>
  user.identities?.find((one) => isSame(one, identity))

/** A user whom nothing else lets in would be locked out. */
function keepAWayIn({ login, identities = [] }: User): void {
  if (login === undefined && identities.length === 1)
    throw new Problem('conflict', 'this is your only way to sign in; add another one first')
}

function withoutIdentity(old: User, identity: OutsideSubject): User {
  const left = identityOf(old, identity)
  if (left === undefined) return old
  return {
    ...old,
    identities: (old.identities ?? []).filter((one) => one !== left),
    groups: old.groups.filter((id) => !left.groups.includes(id)),
  }
}

/** Tags the mapping names are the provider's: set, changed and taken away by it. */
function withProviderTags(
  old: readonly Tag[],
  provider: IdentityProvider,
  given: readonly Tag[],
): readonly Tag[] {
  const own = new Set(Object.keys(provider.signIn?.mapping.tags ?? {}).map((key) => key.toLowerCase()))
  if (own.size === 0) return old
  const kept = old.filter(({ key }) => !own.has(key.toLowerCase()))
  // Keys of users' tags are the same in any case (tags.ts).
  const once = [...new Map(given.map((tag) => [tag.key.toLowerCase(), tag])).values()]
  return [...kept, ...once.slice(0, Math.max(0, quotas.TagsPerUser - kept.length))]
}

const labelOf = ({ person, subject }: Arriving): string =>
  (person.email ?? person.name ?? person.displayName ?? subject).slice(0, 128)

function unlessGone(error: unknown): undefined {
  if (!isProblem(error, 'not_found')) throw error
}

const gone = (): Problem => noSuch('user', 'of this identity')
