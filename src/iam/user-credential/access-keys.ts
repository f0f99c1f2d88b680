// Long-term access keys of users and of the account root. The quota covers several records, so creating a key counts before
// and after the write and deletes the new key when there are too many. When two processes both delete theirs, each tries again
// after a random pause.
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../../problem.ts'
import { randomToken, uniqueId } from '../../secure/random.ts'
import { Secret } from '../../secure/secret.ts'
import type { AccessKey, User } from '../../store/records.ts'
import { accountOf, rootArn } from '../arn.ts'
import { auditedCaller } from '../audit/audited-caller.ts'
import { getAuthorized, userNameOr } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { revokeAround } from '../ends.ts'
import { entityArn } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { checkQuota, quotas } from '../quotas.ts'
import { withKeyLock } from '../record/key-lock.ts'
import { pageOf } from '../record/segmented-list.ts'
import { updateRecord } from '../record/update-record.ts'
import { resourceTagKeys } from '../tags.ts'
import { checkStatus } from './credentials-of-user.ts'

/** The owner of a key: a user, or the account root when `user` is undefined. */
export interface KeyOwner {
  readonly accountId: string
  readonly user: User | undefined
}

export interface OwnedKey {
  readonly key: AccessKey
  /** Undefined for a key of the account root. */
  readonly userName: string | undefined
}

interface UserRef {
  readonly userName?: string | undefined
}

const attempts = 8
/** Thirty random bytes in base64url are 40 characters, the length of AWS's secrets. */
const newSecret = () => new Secret(randomToken(30))

export class AccessKeys {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  /** The result is the only place where the secret can be read. */
  async createAccessKey(call: Call, input: UserRef): Promise<OwnedKey> {
    const owner = await this.#authorizedOwner(call, input, 'iam:CreateAccessKey')
    const id = owner.user?.id ?? owner.accountId
    const key = await withKeyLock(`access-keys:${id}`, () =>
      this.#createWithinQuota(owner, call.circumstances.now),
    )
    return { key, userName: owner.user?.name }
  }

  async listAccessKeys(
    call: Call,
    input: ListRequest & UserRef,
  ): Promise<{ readonly keys: ListPage<AccessKey>; readonly userName: string | undefined }> {
    const { markers, store } = this.#deps
    const owner = await this.#authorizedOwner(call, input, 'iam:ListAccessKeys')
    const list = `keys:${owner.user?.id ?? 'root'}`
    const keys = await pageOf<'accessKey'>(markers, call, list, input, (page) =>
      store.find('accessKey', this.#lookupOf(owner), page),
    )
    return { keys, userName: owner.user?.name }
  }

  async updateAccessKey(
    call: Call,
    input: UserRef & { readonly accessKeyId: string; readonly status: string },
  ): Promise<void> {
    const owner = await this.#authorizedOwner(call, input, 'iam:UpdateAccessKey')
    const status = checkStatus(input.status)
    const key = await this.#getKeyOf(owner, input.accessKeyId)
    const notFound = () => noSuch('accessKey', key.id)
    const update = () =>
      updateRecord(this.#deps.store, 'accessKey', key.id, { notFound }, (old) => ({
        ...old,
        status,
      }))
    if (status === 'Inactive') await revokeAround(() => this.#deps.ends.accessKeyEnded(key), update)
    else await update()
  }

  async deleteAccessKey(call: Call, input: UserRef & { readonly accessKeyId: string }): Promise<void> {
    const owner = await this.#authorizedOwner(call, input, 'iam:DeleteAccessKey')
    const key = await this.#getKeyOf(owner, input.accessKeyId)
    await revokeAround(
      () => this.#deps.ends.accessKeyEnded(key),
      async () => {
        if (!(await this.#deps.store.delete('accessKey', key.id))) throw noSuch('accessKey', key.id)
      },
    )
  }

  async getAccessKeyLastUsed(
    call: Call,
    { accessKeyId }: { readonly accessKeyId: string },
  ): Promise<OwnedKey> {
    const { store, authorizer } = this.#deps
    const accountId = accountOf(call.caller)
    const found = await store.get('accessKey', accessKeyId)
    const key = found?.accountId === accountId ? found : undefined
    const user = key?.userId === undefined ? undefined : await store.get('user', key.userId)
    const arn = user ? entityArn('user', user) : rootArn(accountId)
    await authorizer.authorize(call, 'iam:GetAccessKeyLastUsed', arn, resourceTagKeys(user?.tags))
    // AWS does not say that there is no such key: keys of other accounts would be told apart by it.
    if (key === undefined)
      throw new Problem(
        'denied',
        `User: ${auditedCaller(call.caller).who} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${accessKeyId}`,
      )
    return { key, userName: user?.name }
  }

  #lookupOf({ accountId, user }: KeyOwner) {
    return user ? ({ by: 'user', value: user.id } as const) : ({ by: 'root', value: accountId } as const)
  }

  async #countOf(owner: KeyOwner) {
    return (
      await this.#deps.store.find('accessKey', this.#lookupOf(owner), {
        limit: quotas.AccessKeysPerUser + 50,
      })
    ).records.length
  }

  /** The owner that a request names, after `action` was authorized. Without a name, the account root means its own keys. */
  async #authorizedOwner(call: Call, { userName }: UserRef, action: string): Promise<KeyOwner> {
    const accountId = accountOf(call.caller)
    if (userName === undefined && call.caller.kind === 'root') {
      await this.#deps.authorizer.authorize(call, action, rootArn(accountId))
      return { accountId, user: undefined }
    }
    return {
      accountId,
      user: await getAuthorized(this.#deps, call, 'user', userNameOr(call, userName), action),
    }
  }

  /** A key of that owner. A key of anybody else is not found. */
  async #getKeyOf(owner: KeyOwner, id: string): Promise<AccessKey> {
    const key = await this.#deps.store.get('accessKey', id)
    const theirs = key?.accountId === owner.accountId && key.userId === owner.user?.id
    if (key === undefined || !theirs) throw noSuch('accessKey', id)
    return key
  }

  async #createWithinQuota(owner: KeyOwner, now: number): Promise<AccessKey> {
    const { store } = this.#deps
    for (let attempt = 1; ; attempt++) {
      checkQuota('AccessKeysPerUser', (await this.#countOf(owner)) + 1)
      const key: AccessKey = {
        id: uniqueId('AKIA'),
        accountId: owner.accountId,
        userId: owner.user?.id,
        secret: newSecret(),
        status: 'Active',
        createdAt: now,
        lastUsed: undefined,
      }
      await store.create('accessKey', key)
      const gone = owner.user !== undefined && (await store.get('user', owner.user.id)) === undefined
      if (!gone && (await this.#countOf(owner)) <= quotas.AccessKeysPerUser) return key
      await store.delete('accessKey', key.id)
      if (gone) throw noSuch('user', owner.user?.name ?? '')
      if (attempt === attempts)
        throw new Problem(
          'concurrent_modification',
          'too many access keys are being created at once; try again',
        )
      await wait(Math.random() * 10 * 2 ** attempt)
    }
  }
}
