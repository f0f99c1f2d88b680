// `access_groups` of a client. The configuration file has names of groups. The store has their unique ids: a renamed group keeps its
// access, and a group that is made with the name of a deleted one gets none (docs/attacks.md 34). Records of earlier versions have
// names, which the first start of this version replaces by ids; a name that is stored later matches no group.
import { createIfAbsent, updateIfPresent } from '../../store/conditional-writes.ts'
import { type ManagedClient, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { Person } from '../claims.ts'

/** A JSON object: metadata of a client. */
type ClientEntry = Readonly<Record<string, unknown>>

/** Marks an id. No group's name has a colon, so a group that is named like an id of another one is not taken for it. */
const mark = 'id:'

/** An entry that is of no group, because no id is empty. */
const nobody = mark

/** The setting that says that the names of this store were replaced. */
const recordId = 'client-groups-by-id'

/** A group as the store has it in `access_groups`. @param id unique id (`AGPA…`) */
export const groupById = (id: string): string => `${mark}${id}`

const idOf = (entry: string): string | undefined =>
  entry.startsWith(mark) ? entry.slice(mark.length) : undefined

const entriesOf = ({ access_groups: entries }: ClientEntry): readonly string[] =>
  Array.isArray(entries) ? entries.map(String) : []

const withEntries = (client: ClientEntry, entries: readonly string[]): ClientEntry =>
  client['access_groups'] === undefined ? client : { ...client, access_groups: [...new Set(entries)] }

/** Whether a person is in one of the groups that may use a client. Ids are compared with ids, names with names in any case. */
export function isInGroupsOf(client: ClientEntry, person: Pick<Person, 'groups' | 'groupIds'>): boolean {
  const ids = new Set(person.groupIds)
  const names = new Set(person.groups.map((name) => name.toLowerCase()))
  return entriesOf(client).some((entry) => {
    const id = idOf(entry)
    return id === undefined ? names.has(entry.toLowerCase()) : ids.has(id)
  })
}

/** Metadata with names of groups in place of ids; groups that are gone are left out. */
export async function withGroupNames(store: Pick<Store, 'get'>, metadata: ClientEntry): Promise<ClientEntry> {
  if (metadata['access_groups'] === undefined) return metadata
  const names = entriesOf(metadata).map(async (entry) => {
    const id = idOf(entry)
    return id === undefined ? entry : (await store.get('group', id))?.name
  })
  return { ...metadata, access_groups: (await Promise.all(names)).filter((name) => name !== undefined) }
}

/** The entry with group names replaced by an id that no group has: a name may have passed to another group since it was stored. */
export const withoutGroupNames = (entry: ClientEntry): ClientEntry =>
  withEntries(
    entry,
    entriesOf(entry).map((group) => (idOf(group) === undefined ? nobody : group)),
  )

export interface GroupNamesDependencies {
  readonly store: Pick<Store, 'create' | 'each' | 'get' | 'update'>
  /** Unique id of the group of that name, in any case, in the account that clients belong to. */
  readonly groupIdOf: (name: string) => Promise<string | undefined>
  /** Called for each name that no group has. */
  readonly onUnknown: (clientId: string, name: string) => void
}

/**
 * Replaces the names that earlier versions stored by ids, once per store. Several processes may do it at the same time, and an
 * interrupted one is done again by the next start: each record changes by compare-and-swap, and an id that is there stays.
 * A name that no group has is kept and matches no group: the group that it named was deleted.
 */
export async function replaceGroupNames({
  store,
  groupIdOf,
  onUnknown,
}: GroupNamesDependencies): Promise<void> {
  if ((await store.get('setting', recordId)) !== undefined) return
  for (const source of ['stored', 'registered'] as const)
    for await (const record of store.each('client', { by: 'source', value: source })) {
      const names = entriesOf(parsed(record)).filter((entry) => idOf(entry) === undefined)
      if (names.length === 0) continue
      const found = new Map<string, string | undefined>()
      for (const name of names) found.set(name, await groupIdOf(name))
      await updateIfPresent(store.update('client', record.id, (old) => withIds(old, found)))
      for (const [name, id] of found) if (id === undefined) onUnknown(record.id, name)
    }
  await createIfAbsent(store.create('setting', { id: recordId, accountId: serverAccount, value: 'done' }))
}

const parsed = ({ entry }: ManagedClient): ClientEntry => JSON.parse(entry) as ClientEntry

function withIds(record: ManagedClient, ids: ReadonlyMap<string, string | undefined>): ManagedClient {
  const entry = parsed(record)
  const groups = entriesOf(entry).map((group) => {
    if (idOf(group) !== undefined) return group
    const id = ids.get(group)
    return id === undefined ? nobody : groupById(id)
  })
  return { ...record, entry: JSON.stringify(withEntries(entry, groups)) }
}
