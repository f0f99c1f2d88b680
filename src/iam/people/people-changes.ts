// Changes of people by an administrator: create, edit, disable, delete. Callers have been authorized (admin/operation.ts).
// What ends with a change ends before it is answered (docs/ends.md).
import { Problem } from '../../problem.ts'
import type { PasswordHasher } from '../../secure/password/password.ts'
import { Secret } from '../../secure/secret.ts'
import type { LoginProfile, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import { type Ends, revokeAround } from '../ends.ts'
import { checkName, checkPath } from '../names.ts'
import { rememberImported } from '../password/imported-hashes.ts'
import { firstChangedAt } from '../password/login-profiles.ts'
import { newPassword, withPassword } from '../password/new-password.ts'
import { nextChangedAt } from '../password/password-change.ts'
import { type AccountQuotas, accountQuotas, checkAccountQuota } from '../quotas.ts'
import { updateRecord } from '../record/update-record.ts'
import { deleteLeftovers, newUserRecord } from '../users.ts'
import { type AttributeChanges, withAttributes } from './attributes.ts'
import { type Ending, endingOf, type SignInReader } from './ending.ts'
import { refuseTakenExternalId, withExternalId } from './external-ids.ts'
import { type Person, personOf, versionOf } from './person.ts'

export interface PeopleChangesDependencies {
  readonly store: Store
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify'>
  readonly ends: Ends
  readonly signIns: SignInReader
}

export interface NewPerson {
  readonly name: string
  readonly path?: string | undefined
  readonly displayName?: string | undefined
  readonly email?: string | undefined
  readonly emailVerified?: boolean | undefined
  readonly attributes?: AttributeChanges | undefined
  /** Unique ids. */
  readonly groups: readonly string[]
  readonly password?: string | undefined
  /** Instead of a password: a hash of it without faults (iam/password/imported-hashes.ts). It need not be changed. */
  readonly passwordHash?: string | undefined
  /** Default true: an administrator's password is replaced at the first sign-in. */
  readonly mustChangePassword?: boolean | undefined
  /** Created disabled. */
  readonly disabled?: boolean | undefined
  /** The caller's own id for the person. */
  readonly externalId?: string | undefined
}

/** What is undefined stays; null removes. */
export interface PersonChange {
  readonly name?: string | undefined
  readonly path?: string | undefined
  readonly displayName?: string | null | undefined
  readonly email?: string | null | undefined
  readonly emailVerified?: boolean | undefined
  readonly attributes?: AttributeChanges | undefined
  /** Memberships that change; the others stay as they are, also those that change at the same time. */
  readonly groups?: MembershipChange | undefined
  /** The caller's own id for the person. */
  readonly externalId?: string | null | undefined
}

/** Unique ids of groups. */
export interface MembershipChange {
  readonly join: readonly string[]
  readonly leave: readonly string[]
}

export interface Changed {
  readonly before: Person
  readonly after: Person
}

/** @throws Problem('precondition_failed') */
export type Expect = (version: string) => void

export class PeopleChanges {
  readonly #deps: PeopleChangesDependencies

  constructor(deps: PeopleChangesDependencies) {
    this.#deps = deps
  }

  /** @throws Problem('conflict' | 'password_policy_violation' | 'limit_exceeded') */
  async create(call: Call, input: NewPerson): Promise<Person> {
    const { store } = this.#deps
    const { now } = call.circumstances
    await this.checkGroupCount(call, input.groups.length)
    const bare = newUserRecord({
      accountId: accountOf(call.caller),
      name: checkName('user', input.name),
      path: checkPath(input.path),
      createdAt: now,
    })
    const user: User = {
      ...bare,
      displayName: input.displayName,
      email: input.email,
      emailVerified: input.email !== undefined && input.emailVerified === true,
      attributes: withAttributes({}, input.attributes),
      groups: [...new Set(input.groups)],
      login: await this.#firstLogin(
        { ...bare, email: input.email, displayName: input.displayName },
        input,
        now,
      ),
      disabled: input.disabled === true,
      externalIds: withExternalId([], call, input.externalId),
    }
    await refuseTakenExternalId(store, 'user', user, call)
    await store.create('user', user).catch((error: unknown) => {
      throw error instanceof Problem && error.code === 'conflict' ? nameTaken(user.name) : error
    })
    await refuseTakenExternalId(store, 'user', user, call, () => store.delete('user', user.id))
    return personOf(store, user)
  }

  /** @throws Problem('limit_exceeded') when a person of the account may not be in that many groups */
  async checkGroupCount(call: Call, count: number): Promise<void> {
    const limits = await accountQuotas(this.#deps.store, accountOf(call.caller))
    checkAccountQuota(limits, 'GroupsPerUser', count)
  }

  /** @throws Problem('conflict' | 'not_found' | 'limit_exceeded') */
  async update(call: Call, person: Person, change: PersonChange, expect: Expect): Promise<Changed> {
    const { name, path, groups, email, attributes } = change
    const wanted = { ...person, externalIds: withExternalId(person.externalIds, call, change.externalId) }
    if (change.externalId !== undefined)
      await refuseTakenExternalId(
        this.#deps.store,
        'user',
        { ...wanted, accountId: accountOf(call.caller) },
        call,
      )
    const limits = await accountQuotas(this.#deps.store, accountOf(call.caller))
    return this.#update({ ...person, wanted: name }, expect, (old) => {
      const newEmail = email === undefined ? old.email : (email ?? undefined)
      // An address that nobody confirmed is not verified, whatever the one before was.
      const verified = change.emailVerified ?? (newEmail === old.email && old.emailVerified)
      return {
        ...old,
        name: name === undefined ? old.name : checkName('user', name),
        path: path === undefined ? old.path : checkPath(path),
        displayName: change.displayName === undefined ? old.displayName : (change.displayName ?? undefined),
        email: newEmail,
        emailVerified: newEmail !== undefined && verified,
        attributes: withAttributes(old.attributes ?? {}, attributes),
        groups: groups === undefined ? old.groups : withMemberships(limits, old.groups, groups),
        externalIds: withExternalId(old.externalIds ?? [], call, change.externalId),
      }
    })
  }

  /**
   * What deleting or disabling this person, signing them out or replacing their password ends. Nothing is changed.
   */
  ending(person: Person, event: Parameters<typeof endingOf>[2]): Promise<Ending> {
    return endingOf({ store: this.#deps.store, signIns: this.#deps.signIns }, person, event)
  }

  /** Sessions end, and nothing that depends on the person is accepted any more. @throws Problem('unmodifiable') for oneself */
  async disable(call: Call, person: Person, expect: Expect): Promise<Changed> {
    refuseOneself(call, person, 'disable')
    const owner = { id: person.id, accountId: accountOf(call.caller) }
    return revokeAround(
      () => this.#deps.ends.userEnded(owner),
      () => this.#update(person, expect, (old) => ({ ...old, disabled: true })),
    )
  }

  /** What ended stays ended; the person can sign in again. */
  enable(person: Person, expect: Expect): Promise<Changed> {
    return this.#update(person, expect, (old) => ({ ...old, disabled: false }))
  }

  /** With access keys, MFA devices, linked identities, memberships and policies. @throws Problem('unmodifiable') for oneself */
  async remove(call: Call, person: Person, expect: Expect): Promise<void> {
    const { ends, store } = this.#deps
    refuseOneself(call, person, 'delete')
    const owner = { id: person.id, accountId: accountOf(call.caller) }
    await revokeAround(
      () => ends.userEnded(owner),
      async () => {
        // Disabled first: what is refused from here on cannot use what is deleted one by one.
        await this.#update(person, expect, (old) => ({ ...old, disabled: true }))
        if (!(await store.delete('user', person.id))) throw gone(person.name)
        await deleteLeftovers(store, person)
      },
    )
  }

  /**
   * Sets a password, whether or not there was one; sign-ins by an older one end.
   * @throws Problem('password_policy_violation')
   */
  async setPassword(
    call: Call,
    person: Person,
    input: { readonly password: string; readonly mustChange: boolean },
    expect: Expect,
  ): Promise<Changed> {
    const { store, hasher, ends } = this.#deps
    const { now } = call.circumstances
    const user = await store.get('user', person.id)
    if (user === undefined) throw gone(person.name)
    const made = await newPassword({ store, hasher }, user, new Secret(input.password))
    const first = await firstChangedAt(store, user, now)
    const loginAfter = ({ login }: User): LoginProfile =>
      login === undefined
        ? { hash: made.hash, mustChange: input.mustChange, createdAt: now, changedAt: first }
        : withPassword(login, made, now, input.mustChange)
    if (user.login !== undefined) await ends.passwordReplaced(user, nextChangedAt(user.login, now))
    let changedAt = now
    const changed = await this.#update(person, expect, (old) => {
      const login = loginAfter(old)
      changedAt = login.changedAt
      return { ...old, login }
    })
    if (user.login !== undefined) await ends.passwordReplaced(user, changedAt)
    return changed
  }

  async #update(
    { id, name, wanted = name }: Pick<Person, 'id' | 'name'> & { readonly wanted?: string | undefined },
    expect: Expect,
    next: (old: User) => User,
  ): Promise<Changed> {
    const { store } = this.#deps
    let before: User | undefined
    const after = await updateRecord(store, 'user', id, errorsFor(name, wanted), (old) => {
      expect(versionOf(old))
      before = old
      return next(old)
    })
    return { before: await personOf(store, before ?? after), after: await personOf(store, after) }
  }

  async #firstLogin(user: User, input: NewPerson, now: number): Promise<LoginProfile | undefined> {
    const { store, hasher } = this.#deps
    const { passwordHash } = input
    if (passwordHash !== undefined) {
      await rememberImported(store, passwordHash)
      return { hash: passwordHash, mustChange: false, createdAt: now, changedAt: now }
    }
    if (input.password === undefined) return undefined
    const { hash } = await newPassword({ store, hasher }, user, new Secret(input.password))
    return { hash, mustChange: input.mustChangePassword ?? true, createdAt: now, changedAt: now }
  }
}

/** @throws Problem('limit_exceeded') */
function withMemberships(
  limits: AccountQuotas,
  old: readonly string[],
  { join, leave }: MembershipChange,
): readonly string[] {
  const groups = [...new Set([...old.filter((id) => !leave.includes(id)), ...join])]
  if (groups.length > old.length) checkAccountQuota(limits, 'GroupsPerUser', groups.length)
  return groups
}

const gone = (name: string): Problem => new Problem('not_found', `there is no person \`${name}\` any more`)
const nameTaken = (name: string): Problem => new Problem('conflict', `the name \`${name}\` is taken`)
const errorsFor = (name: string, wanted: string) => ({
  notFound: () => gone(name),
  conflict: () => nameTaken(wanted),
})

/** So that the last administrator does not lock everybody out by mistake. */
function refuseOneself({ caller }: Call, { id }: Person, verb: 'disable' | 'delete'): void {
  if (caller.kind === 'user' && caller.userId === id)
    throw new Problem('unmodifiable', `you cannot ${verb} yourself: another administrator can`)
}
