// When users and groups were last changed, for `meta.lastModified` of SCIM (RFC 7643 §3.1). It is set here, beneath everything that
// writes, so that no writer can forget it: the AWS wire, the admin API, the pages, and sign-ins by identity providers. A sign-in by
// itself is no change.
import { isDeepStrictEqual } from 'node:util'
import { LRUCache } from 'lru-cache'
import { Problem } from '../problem.ts'
import type { EpochSeconds, Group, Kind, Records, User } from './records.ts'
import type { Store } from './store.ts'

/** What of a user an administrator sees and can change; versions (ETag) and the time of the last change are about it. */
export function describedUser(user: User): readonly unknown[] {
  const { name, path, displayName, email, emailVerified, attributes = {}, groups, disabled, login } = user
  const { externalIds = [] } = user
  const about = [name, path, displayName, email, emailVerified, Object.entries(attributes).sort(), groups]
  return [...about, disabled, externalIds, login?.changedAt, login?.mustChange]
}

/** The same of a group; its members are stored on the users. */
export const describedGroup = (group: Group): readonly unknown[] => {
  const { name, path, attached, inline, displayName, externalIds = [] } = group
  return [name, path, attached, inline, displayName, externalIds]
}

/** Seconds since the epoch; that of the creation when nothing was changed, or not since this was recorded. */
export const modifiedAtOf = ({ createdAt, modifiedAt }: User | Group): EpochSeconds =>
  Math.max(createdAt, modifiedAt ?? 0)

/**
 * A store that sets `modifiedAt` of users and groups. Of a group it is also the time when a member joined, left, was deleted or
 * got another name. That of the group is written after the change to the user: who reads both sees a change at the latest with the
 * next second. At most one such write for each group and second.
 */
export function withModificationTimes(
  store: Store,
  clock: () => EpochSeconds = () => Math.floor(Date.now() / 1000),
): Store {
  const members = new MembershipTimes(store, clock)
  const stamped = <K extends Kind>(kind: K, old: Records[K], changed: Records[K]): Records[K] => {
    if (changed === old || !isModified(kind, old, changed)) return changed
    const times = [old, changed].map((record) => (record as unknown as User).modifiedAt ?? 0)
    return { ...changed, modifiedAt: Math.max(clock(), ...times) }
  }
  return {
    async create(kind, record) {
      await store.create(kind, record)
      if (kind === 'user') await members.changed((record as unknown as User).groups)
    },
    async update(kind, id, change) {
      if (kind !== 'user' && kind !== 'group') return store.update(kind, id, change)
      let before: Records[typeof kind] | undefined
      const changed = await store.update(kind, id, (old) => {
        before = old
        return stamped(kind, old, change(old))
      })
      if (kind === 'user' && before !== undefined)
        await members.changed(groupsConcerned(before as unknown as User, changed as unknown as User))
      return changed
    },
    async delete(kind, id) {
      if (kind !== 'user') return store.delete(kind, id)
      const gone = await store.take('user', id)
      await members.changed(gone?.groups ?? [])
      return gone !== undefined
    },
    async take(kind, id) {
      const gone = await store.take(kind, id)
      if (kind === 'user') await members.changed((gone as unknown as User | undefined)?.groups ?? [])
      return gone
    },
    get: (kind, id) => store.get(kind, id),
    getBy: (kind, unique, value) => store.getBy(kind, unique, value),
    find: (kind, lookup, page) => store.find(kind, lookup, page),
    count: (kind, lookup) => store.count(kind, lookup),
    each: (kind, lookup, options) => store.each(kind, lookup, options),
    sweep: (now, limit) => store.sweep(now, limit),
    watch: (listener) => store.watch(listener),
    ping: () => store.ping(),
    close: () => store.close(),
  }
}

function isModified<K extends Kind>(kind: K, old: Records[K], changed: Records[K]): boolean {
  const described =
    kind === 'user' ? describedUser : (describedGroup as (record: never) => readonly unknown[])
  return !isDeepStrictEqual(described(old as never), described(changed as never))
}

/** Groups whose members are other ones than before, or have other names. */
function groupsConcerned(old: User, changed: User): readonly string[] {
  if (old.name !== changed.name) return [...new Set([...old.groups, ...changed.groups])]
  if (old.groups === changed.groups) return []
  const both = new Set(old.groups).intersection(new Set(changed.groups))
  return [...old.groups, ...changed.groups].filter((id) => !both.has(id))
}

class MembershipTimes {
  readonly #store: Store
  readonly #clock: () => EpochSeconds
  /** By group: when this process last wrote it. */
  readonly #written = new LRUCache<string, EpochSeconds>({ max: 1000 })

  constructor(store: Store, clock: () => EpochSeconds) {
    this.#store = store
    this.#clock = clock
  }

  async changed(groups: readonly string[]): Promise<void> {
    for (const id of groups) await this.#write(id)
  }

  async #write(id: string): Promise<void> {
    const now = this.#clock()
    if ((this.#written.get(id) ?? 0) >= now) return
    try {
      await this.#store.update('group', id, (old) =>
        (old.modifiedAt ?? 0) >= now ? old : { ...old, modifiedAt: now },
      )
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'not_found')) throw error
    }
    this.#written.set(id, now)
  }
}
