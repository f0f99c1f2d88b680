// A user as the admin API shows it: attributes, state and memberships, without anything secret.
import { sha256base64url } from '../../secure/digest.ts'
import { describedUser, modifiedAtOf } from '../../store/modification-times.ts'
import type { PersonAttributes } from '../../store/person.ts'
import type { EpochSeconds, ExternalId, Tag, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'

export interface Person {
  /** Unique id (`AIDA…`). */
  readonly id: string
  readonly name: string
  readonly path: string
  readonly arn: string
  readonly displayName: string | undefined
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly attributes: PersonAttributes
  /** Names, in alphabetical order. */
  readonly groups: readonly string[]
  /** The same groups with their unique ids. */
  readonly memberships: readonly { readonly id: string; readonly name: string }[]
  /** Ids of the person at clients that provision, each with the unique id of the user or role that set it. */
  readonly externalIds: readonly ExternalId[]
  /** Of the user: condition keys of what is asked about them. */
  readonly tags: readonly Tag[]
  readonly boundary: string | undefined
  readonly disabled: boolean
  readonly password: 'none' | 'set' | 'must-change'
  /** When the password was last used. */
  readonly passwordLastUsed: EpochSeconds | undefined
  readonly identities: readonly {
    /** ARN. */
    readonly provider: string
    readonly label: string
    readonly lastUsed: EpochSeconds
  }[]
  readonly createdAt: EpochSeconds
  /** When anything that `version` is about was last changed. */
  readonly modifiedAt: EpochSeconds
  /** Changes with everything that an administrator can change. */
  readonly version: string
}

/** Groups that are gone are left out. */
export async function personOf(store: Pick<Store, 'get'>, user: User): Promise<Person> {
  const found = await Promise.all(user.groups.map((id) => store.get('group', id)))
  const memberships = found
    .flatMap((group) => (group === undefined ? [] : [{ id: group.id, name: group.name }]))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    id: user.id,
    name: user.name,
    path: user.path,
    arn: userArn(user),
    displayName: user.displayName,
    email: user.email,
    emailVerified: user.emailVerified,
    attributes: user.attributes ?? {},
    groups: memberships.map(({ name }) => name),
    memberships,
    externalIds: user.externalIds ?? [],
    tags: user.tags,
    boundary: user.boundary,
    disabled: user.disabled,
    password: user.login === undefined ? 'none' : user.login.mustChange ? 'must-change' : 'set',
    passwordLastUsed: user.passwordLastUsed,
    identities: (user.identities ?? []).map(({ provider, label, lastUsed }) => ({
      provider,
      label,
      lastUsed,
    })),
    createdAt: user.createdAt,
    modifiedAt: modifiedAtOf(user),
    version: versionOf(user),
  }
}

/** Of what an administrator sees and can change: a sign-in in between is no change. */
export const versionOf = (user: User): string =>
  sha256base64url(JSON.stringify(describedUser(user))).slice(0, 22)
