// People of one account: found by name, listed and searched. Callers have been authorized (admin/operation.ts); every
// record that is returned is of the caller's account.
import type { AccessKey, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf, groupArn, userArn } from '../arn.ts'
import type { Call } from '../caller.ts'
import { byName } from '../lookup.ts'
import type { ListPage, ListRequest, Markers } from '../paging.ts'
import { pageOfSegments, recordSegment, type Segment } from '../record/segmented-list.ts'
import { type Person, personOf } from './person.ts'
import { type PersonUse, usesOf } from './person-use.ts'

export interface PeopleFilter {
  /** Beginning of the user name, the e-mail address or the display name, in any case. */
  readonly search?: string | undefined
  readonly state?: 'enabled' | 'disabled' | undefined
  /** Unique id of a group. */
  readonly group?: string | undefined
}

export interface PeopleDependencies {
  readonly store: Store
  readonly markers: Markers
}

export interface FoundGroup {
  readonly id: string
  readonly name: string
  readonly arn: string
}

export class People {
  readonly #deps: PeopleDependencies
  readonly markers: Markers

  constructor(deps: PeopleDependencies) {
    this.#deps = deps
    this.markers = deps.markers
  }

  /** By user name in any case, or by unique id. Undefined when the account has no such user. */
  async find(call: Call, nameOrId: string): Promise<Person | undefined> {
    const { store } = this.#deps
    const user = await findUser(store, accountOf(call.caller), nameOrId)
    return user && personOf(store, user)
  }

  /** Long-term access keys, without the secret. */
  async accessKeys({ id }: Pick<Person, 'id'>): Promise<readonly Omit<AccessKey, 'secret'>[]> {
    const keys = await Array.fromAsync(this.#deps.store.each('accessKey', { by: 'user', value: id }))
    return keys.map(({ secret: _, ...key }) => key)
  }

  /** By user name alone, in any case. */
  async named(call: Call, name: string): Promise<Person | undefined> {
    const { store } = this.#deps
    const user = await byName(store, 'user', accountOf(call.caller), name)
    return user && personOf(store, user)
  }

  /** The account's group of that name, in any case. */
  async group(call: Call, name: string): Promise<FoundGroup | undefined> {
    const found = await byName(this.#deps.store, 'group', accountOf(call.caller), name)
    return found && { id: found.id, name: found.name, arn: groupArn(found) }
  }

  /**
   * A page in the order of names; of a search, first those whose name begins so, then e-mail address, then display name.
   * @param list name of the list with its filter, to which cursors are bound
   */
  list(call: Call, filter: PeopleFilter, list: string, request: ListRequest): Promise<ListPage<Person>> {
    const { markers, store } = this.#deps
    const accountId = accountOf(call.caller)
    return pageOfSegments(markers, call, list, request, segmentsOf(store, accountId, filter))
  }

  /** ARNs of the account's users whom a rule concerns, read page by page; undefined when there are more than `most` users. */
  async arnsOf(
    call: Call,
    concerns: (user: Pick<User, 'email' | 'identities'>) => boolean,
    { most }: { readonly most: number },
  ): Promise<readonly string[] | undefined> {
    const arns: string[] = []
    let read = 0
    for await (const user of this.#deps.store.each('user', {
      by: 'account',
      value: accountOf(call.caller),
    })) {
      if (++read > most) return undefined
      if (concerns(user)) arns.push(userArn(user))
    }
    return arns
  }

  /** Second factors and last sign-in of each, in the same order: two lookups of at most ten records a person. */
  uses(people: readonly Person[]): Promise<readonly PersonUse[]> {
    return usesOf(this.#deps.store, people)
  }
}

/** An id takes precedence over a name, so that a user name that looks like an id never selects another user. */
export async function findUser(
  store: Pick<Store, 'get' | 'getBy'>,
  accountId: string,
  nameOrId: string,
): Promise<User | undefined> {
  const byId = /^AIDA[A-Z0-9]{10,30}$/.test(nameOrId) ? await store.get('user', nameOrId) : undefined
  return byId?.accountId === accountId ? byId : byName(store, 'user', accountId, nameOrId)
}

function segmentsOf(store: Store, accountId: string, filter: PeopleFilter): readonly Segment<Person>[] {
  const { search = '', state, group } = filter
  const prefix = search.toLowerCase()
  const begins = (value: string | undefined): boolean => value?.toLowerCase().startsWith(prefix) === true
  const inState = (user: User): boolean => state === undefined || user.disabled === (state === 'disabled')
  const segment = (
    lookup: { by: 'group' | 'named' | 'disabled' | 'addressed' | 'titled'; value: string; prefix?: string },
    keep: (user: User) => boolean,
  ): Segment<Person> =>
    recordSegment<'user', Person>(
      (page) => store.find('user', lookup, page),
      (user) => (inState(user) && keep(user) ? personOf(store, user) : undefined),
    )
  if (group !== undefined)
    return [
      segment(
        { by: 'group', value: group },
        (user) => begins(user.name) || begins(user.email) || begins(user.displayName),
      ),
    ]
  const names = segment(
    { by: state === 'disabled' ? 'disabled' : 'named', value: accountId, prefix },
    () => true,
  )
  if (prefix === '') return [names]
  return [
    names,
    segment({ by: 'addressed', value: accountId, prefix }, (user) => !begins(user.name)),
    segment({ by: 'titled', value: accountId, prefix }, (user) => !begins(user.name) && !begins(user.email)),
  ]
}
