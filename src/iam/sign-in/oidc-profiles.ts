// A user as OpenID Connect tells of one. Asked at every authorization, refresh and exchange, so it comes from memory.
import type { PersonAttributes } from '../../store/person.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { Fresh } from '../read-through-cache.ts'

export interface Person {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly displayName: string | undefined
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly attributes: PersonAttributes
  /** Names of the groups. */
  readonly groups: readonly string[]
  /** Names their password (LoginProfile.changedAt); undefined: they have none. */
  readonly passwordChangedAt: EpochSeconds | undefined
}

export function openPeople(store: Store) {
  const held = new Fresh<Person | undefined>(store, ['group'], ['user'])

  const load = async (userId: string): Promise<Person | undefined> => {
    const user = await store.get('user', userId)
    if (user === undefined || user.disabled) return undefined
    const groups = await Promise.all(user.groups.map((id) => store.get('group', id)))
    const { id, accountId, name, displayName, email, emailVerified, attributes = {}, login } = user
    const names = groups.flatMap((group) => (group?.accountId === accountId ? [group.name] : []))
    const passwordChangedAt = login?.changedAt
    const about = { name, displayName, email, emailVerified, attributes }
    return { id, accountId, ...about, groups: names, passwordChangedAt }
  }

  return {
    /** Undefined when the user was deleted or is disabled. */
    find: (userId: string): Promise<Person | undefined> => held.get(`user:${userId}`, () => load(userId)),
    close: () => held.close(),
  }
}
