// What the kinds of credential in this folder have in common: each belongs to one user, is found by its id only through that
// user, can be made inactive, and has a quota.
import { Problem } from '../../problem.ts'
import type { Records, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { getAuthorized, userNameOr } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { noSuch } from '../messages.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { checkQuota, type Quota } from '../quotas.ts'
import { withKeyLock } from '../record/key-lock.ts'
import { pageOf } from '../record/segmented-list.ts'
import { updateRecord } from '../record/update-record.ts'

export type CredentialKind = 'sshPublicKey' | 'signingCertificate' | 'serviceSpecificCredential'

export interface OfUser {
  /** The caller's own when absent. */
  readonly userName?: string | undefined
}

/** Identifies a credential of a user. */
export interface CredentialId extends OfUser {
  readonly id: string
}

export interface PageOptions<K extends CredentialKind> {
  /** Which of the user's credentials are listed; all by default. */
  readonly keep: (record: Records[K]) => boolean
  /** Differs for each `keep`, so that a marker of one list is not accepted by another. */
  readonly filter: string
}

export class CredentialsOfUser<K extends CredentialKind> {
  readonly #deps: IamDependencies
  readonly #kind: K

  constructor(deps: IamDependencies, kind: K) {
    this.#deps = deps
    this.#kind = kind
  }

  /** The user a call names, once the caller may do `action` to them. @throws Problem('denied' | 'not_found' | 'validation') */
  authorizedUser(call: Call, { userName }: OfUser, action: string): Promise<User> {
    return getAuthorized(this.#deps, call, 'user', userNameOr(call, userName), action)
  }

  /**
   * Stores a new credential within the quota: counted again after the write, and deleted when it is one too many or its user
   * was deleted meanwhile.
   * @param counts which of the user's credentials count
   * @throws Problem('limit_exceeded' | 'not_found')
   */
  create(
    user: User,
    quota: Quota,
    create: () => Promise<Records[K]>,
    counts: (record: Records[K]) => boolean = () => true,
  ): Promise<Records[K]> {
    const { store } = this.#deps
    return withKeyLock(`${this.#kind}:${user.id}`, async () => {
      const count = async () => (await this.#find(user, { limit: 200 })).records.filter(counts).length
      checkQuota(quota, (await count()) + 1)
      const made = await create()
      try {
        checkQuota(quota, await count())
        if ((await store.get('user', user.id)) === undefined) throw noSuch('user', user.name)
      } catch (error) {
        await store.delete(this.#kind, made.id)
        throw error
      }
      return made
    })
  }

  /** A credential of that user; another user's is not found. @throws Problem('not_found') */
  async get(user: User, id: string): Promise<Records[K]> {
    const found = await this.#deps.store.get(this.#kind, id)
    if (found === undefined || found.userId !== user.id || found.accountId !== user.accountId)
      throw noSuch(this.#kind, id)
    return found
  }

  page(
    call: Call,
    user: User,
    request: ListRequest,
    { keep, filter }: Partial<PageOptions<K>> = {},
  ): Promise<ListPage<Records[K]>> {
    const list = `${this.#kind}:${user.id}:${filter ?? ''}`
    return pageOf<K>(this.#deps.markers, call, list, request, (page) => this.#find(user, page), keep)
  }

  /** Changes a credential by compare-and-swap. `next` must be pure. @throws Problem('not_found') */
  async update(user: User, id: string, next: (old: Records[K]) => Records[K]): Promise<Records[K]> {
    await this.get(user, id)
    const notFound = () => noSuch(this.#kind, id)
    return updateRecord(this.#deps.store, this.#kind, id, { notFound }, next)
  }

  /** Makes a credential active or inactive. @throws Problem('denied' | 'not_found' | 'invalid_input') */
  async setStatus(
    call: Call,
    credential: CredentialId & { readonly status: string },
    action: string,
  ): Promise<void> {
    const user = await this.authorizedUser(call, credential, action)
    const status = checkStatus(credential.status)
    await this.update(user, credential.id, (old) => ({ ...old, status }))
  }

  /** @throws Problem('denied' | 'not_found' | 'validation') */
  async delete(call: Call, credential: CredentialId, action: string): Promise<void> {
    const user = await this.authorizedUser(call, credential, action)
    await this.get(user, credential.id)
    if (!(await this.#deps.store.delete(this.#kind, credential.id))) throw noSuch(this.#kind, credential.id)
  }

  /** Every kind of this folder has a lookup by user. */
  #find(user: User, page: Parameters<Store['find']>[2]) {
    const { store } = this.#deps
    const lookup = { by: 'user', value: user.id } as Parameters<typeof store.find<K>>[1]
    return store.find<K>(this.#kind, lookup, page)
  }
}

/** The status as it was sent. `Expired` is in AWS's list of values, and nobody can set it. @throws Problem('invalid_input') */
export function checkStatus(status: string): 'Active' | 'Inactive' {
  if (status === 'Active' || status === 'Inactive') return status
  throw new Problem(
    'invalid_input',
    `Operation does not support status ${status}: it must be Active or Inactive`,
  )
}
