// `access_groups` of a client. The configuration file has names of groups. The store has their unique ids: a renamed group keeps its
// access, and a group that is made with the name of a deleted one gets none (docs/attacks.md 34). Records of earlier versions have
// names, which stay names until the client is next changed.
import type { ManagedClient } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { Person } from '../claims.ts'
import { type ClientEntry, entryOf } from './stored.ts'

/** Marks an id. No group's name has a colon, so a group that is named like an id of another one is not taken for it. */
const mark = 'id:'

/** A group as the store has it in `access_groups`. @param id unique id (`AGPA…`) */
export const groupById = (id: string): string => `${mark}${id}`

const idOf = (entry: string): string | undefined =>
  entry.startsWith(mark) ? entry.slice(mark.length) : undefined

const entriesOf = ({ access_groups: entries }: ClientEntry): readonly string[] =>
  Array.isArray(entries) ? entries.map(String) : []

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

/** Ids of the groups that a record of an earlier version has by name; those that are gone are left out. */
export async function idsOfNamedGroups(
  record: ManagedClient,
  groupIdOf: (name: string) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const names = entriesOf(entryOf(record)).filter((entry) => idOf(entry) === undefined)
  const found = await Promise.all(names.map(async (name) => [name, await groupIdOf(name)] as const))
  return new Map(found.flatMap(([name, id]) => (id === undefined ? [] : [[name, id]])))
}

/** The record with ids in place of the names that have one. */
export function withGroupIds(record: ManagedClient, ids: ReadonlyMap<string, string>): ManagedClient {
  if (ids.size === 0) return record
  const entry = entryOf(record)
  if (entry['access_groups'] === undefined) return record
  const groups = entriesOf(entry).map((name) => {
    const id = ids.get(name)
    return id === undefined ? name : groupById(id)
  })
  return { ...record, entry: JSON.stringify({ ...entry, access_groups: [...new Set(groups)] }) }
}
