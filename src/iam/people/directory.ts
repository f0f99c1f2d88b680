// People and groups of an account for clients that page by number and look up by attribute (SCIM). Callers have been authorized.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Group, User } from '../../store/records.ts'
import type { Lookup, Page, RecordPage, Store } from '../../store/store.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import { byName } from '../lookup.ts'
import { externalIdOwner } from './external-ids.ts'
import { type GroupView, groupViewOf } from './group-changes.ts'
import { type Person, personOf } from './person.ts'

/** How records are found without reading all of them. Prefixes are in lower case. */
export type DirectoryLookup =
  | { readonly by: 'id' | 'name'; readonly value: string }
  | { readonly by: 'member'; readonly value: string }
  | { readonly by: 'externalId' | 'email' | 'group'; readonly value: string }
  | { readonly by: 'names' | 'addresses' | 'displayNames'; readonly prefix: string }
  | { readonly by: 'disabled' }
  | { readonly by: 'everything' }

export interface Directory<T> {
  /** How many there are in the account. */
  count(call: Call): Promise<number>
  /**
   * Records in the order of names.
   * @param skip how many go before
   * @param limit 1 to 1000
   * @returns undefined when it would take reading more than `mostSkipped` records
   */
  slice(call: Call, skip: number, limit: number): Promise<readonly T[] | undefined>
  /** @param after `next` of the page before */
  page(
    call: Call,
    after: string | undefined,
    limit: number,
  ): Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>
  /** Lookups that this kind of record has not find nothing. */
  by(call: Call, lookup: DirectoryLookup): AsyncIterable<T>
}

/** Records that one request skips beyond the nearest known position. */
export const mostSkipped = 200_000
/** A position is remembered every so many records. */
const stride = 1000
/** Positions remembered in a process. */
const mostPositions = 10_000

export function openPeopleDirectory(store: Store): Directory<Person> {
  const view = (user: User): Promise<Person> => personOf(store, user)
  return {
    ...numbered({
      count: (value) => store.count('user', { by: 'account', value }),
      find: (value, page) => store.find('user', { by: 'named', value }, page),
      view,
    }),
    async *by(call, lookup) {
      const accountId = accountOf(call.caller)
      const one = async (user: User | undefined): Promise<readonly Person[]> =>
        user?.accountId === accountId ? [await view(user)] : []
      switch (lookup.by) {
        case 'id':
          return yield* await one(await store.get('user', lookup.value))
        case 'name':
          return yield* await one(await byName(store, 'user', accountId, lookup.value))
        case 'member':
          return
        default:
          for await (const user of store.each('user', userLookup(call, lookup)))
            if (user.accountId === accountId) yield view(user)
      }
    },
  }
}

function userLookup(
  call: Call,
  lookup: Exclude<DirectoryLookup, { by: 'id' | 'name' } | { by: 'member' }>,
): Lookup<'user'> {
  const accountId = accountOf(call.caller)
  switch (lookup.by) {
    case 'externalId':
      return { by: 'external', value: `${accountId} ${externalIdOwner(call.caller)} ${lookup.value}` }
    case 'email':
      return { by: 'email', value: `${accountId}/${lookup.value.toLowerCase()}` }
    case 'group':
      return { by: 'group', value: lookup.value }
    case 'names':
      return { by: 'named', value: accountId, prefix: lookup.prefix }
    case 'addresses':
      return { by: 'addressed', value: accountId, prefix: lookup.prefix }
    case 'displayNames':
      return { by: 'titled', value: accountId, prefix: lookup.prefix }
    case 'disabled':
      return { by: 'disabled', value: accountId }
    case 'everything':
      return { by: 'named', value: accountId }
  }
}

export function openGroupDirectory(store: Store): Directory<GroupView> {
  const view = async (group: Group): Promise<GroupView> => groupViewOf(group)
  return {
    ...numbered({
      count: (value) => store.count('group', { by: 'account', value }),
      find: (value, page) => store.find('group', { by: 'named', value }, page),
      view,
    }),
    async *by(call, lookup) {
      const accountId = accountOf(call.caller)
      const all = (groups: readonly (Group | undefined)[]): readonly GroupView[] =>
        groups.flatMap((group) => (group?.accountId === accountId ? [groupViewOf(group)] : []))
      switch (lookup.by) {
        case 'id':
          return yield* all([await store.get('group', lookup.value)])
        case 'name':
          return yield* all([await byName(store, 'group', accountId, lookup.value)])
        case 'member': {
          const user = await store.get('user', lookup.value)
          const ids = user?.accountId === accountId ? user.groups : []
          return yield* all(await Promise.all(ids.map((id) => store.get('group', id))))
        }
        case 'externalId': {
          const value = `${accountId} ${externalIdOwner(call.caller)} ${lookup.value}`
          for await (const group of store.each('group', { by: 'external', value })) yield groupViewOf(group)
          return
        }
        case 'names':
        case 'everything': {
          const prefix = 'prefix' in lookup ? lookup.prefix : ''
          for await (const group of store.each('group', { by: 'named', value: accountId, prefix }))
            yield groupViewOf(group)
        }
      }
    },
  }
}

interface Source<R, T> {
  readonly count: (accountId: string) => Promise<number>
  /** In the order of names. */
  readonly find: (accountId: string, page: Page) => Promise<RecordPage<R>>
  readonly view: (record: R) => Promise<T>
}

function numbered<R, T>({ count, find, view }: Source<R, T>): Omit<Directory<T>, 'by'> {
  /** Cursors by account and number of records before them. A change meanwhile shifts pages, as RFC 7644 §3.4.2.4 permits. */
  const positions = new Map<string, string>()
  const remember = (accountId: string, skip: number, cursor: string): void => {
    if (positions.size >= mostPositions) positions.clear()
    positions.set(`${accountId} ${skip}`, cursor)
  }

  return {
    count: (call) => count(accountOf(call.caller)),

    async slice(call, skip, limit) {
      const accountId = accountOf(call.caller)
      let at = skip
      let after = positions.get(`${accountId} ${at}`)
      if (after === undefined) {
        at = skip - (skip % stride)
        while (at > 0 && !positions.has(`${accountId} ${at}`)) at -= stride
        at = Math.max(0, at)
        after = positions.get(`${accountId} ${at}`)
        if (skip - at > mostSkipped) return undefined
      }
      while (at < skip) {
        const { next } = await find(accountId, { limit: Math.min(stride, skip - at), after })
        if (next === undefined) return []
        at = Math.min(at + stride, skip)
        after = next
        remember(accountId, at, after)
        await nextTurn()
      }
      const { records, next } = await find(accountId, { limit, after })
      if (next !== undefined) remember(accountId, skip + records.length, next)
      return Promise.all(records.map(view))
    },

    async page(call, after, limit) {
      const { records, next } = await find(accountOf(call.caller), { limit, after })
      return { items: await Promise.all(records.map(view)), next }
    },
  }
}
