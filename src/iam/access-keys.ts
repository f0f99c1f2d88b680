// Long-term access keys. The quota spans records, so it is held in three steps: look, write, look again and take back
// what is one too many. Between processes two may both take back; each then tries once more after a random while.
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import { randomToken, uniqueId } from '../secure/random.ts'
import { Secret } from '../secure/secret.ts'
import type { AccessKey, User } from '../store/records.ts'
import { accountOf, rootArn } from './arn.ts'
import { opened, userNameOr } from './authorization/authorized-principal.ts'
import type { Call } from './caller.ts'
import { change } from './change.ts'
import type { Parts } from './dependencies.ts'
import { endingAround } from './ends.ts'
import { serially } from './key-lock.ts'
import { bearerArn } from './lookup.ts'
import { noSuch } from './messages.ts'
import type { Listed, ListRequest } from './paging.ts'
import { quotas, within } from './quotas.ts'
import { pageOf } from './segmented-list.ts'
import { resourceTagKeys } from './tags.ts'

/** Whose key: a user's, or with no user the account root's. */
export interface KeyOwner {
  readonly accountId: string
  readonly user: User | undefined
}

export interface OwnedKey {
  readonly key: AccessKey
  /** Undefined for root's. */
  readonly userName: string | undefined
}

interface Meant {
  readonly userName?: string | undefined
}

const attempts = 8
/** Thirty random bytes are 40 characters, as AWS's secrets are. */
const newSecret = () => new Secret(randomToken(30))

export const accessKeys = (parts: Parts) => {
  const { store, markers, authorizer } = parts

  const lookupOf = ({ accountId, user }: KeyOwner) =>
    user ? ({ by: 'user', value: user.id } as const) : ({ by: 'root', value: accountId } as const)
  const countOf = async (owner: KeyOwner) =>
    (await store.find('accessKey', lookupOf(owner), { limit: quotas.AccessKeysPerUser + 50 })).records.length

  /** The owner a call means, once the caller may do `action` to them. Root without a name means its own keys. */
  const ownerFor = async (call: Call, { userName }: Meant, action: string): Promise<KeyOwner> => {
    const accountId = accountOf(call.caller)
    if (userName === undefined && call.caller.kind === 'root') {
      await authorizer.authorize(call, action, rootArn(accountId))
      return { accountId, user: undefined }
    }
    return { accountId, user: await opened(parts, call, 'user', userNameOr(call, userName), action) }
  }

  /** A key of that owner; another's is not found, whoever asks. */
  const keyOf = async (owner: KeyOwner, id: string): Promise<AccessKey> => {
    const key = await store.get('accessKey', id)
    const theirs = key?.accountId === owner.accountId && key.userId === owner.user?.id
    if (key === undefined || !theirs) throw noSuch('accessKey', id)
    return key
  }

  const createWithin = async (owner: KeyOwner, now: number): Promise<AccessKey> => {
    for (let attempt = 1; ; attempt++) {
      within('AccessKeysPerUser', (await countOf(owner)) + 1)
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
      if (!gone && (await countOf(owner)) <= quotas.AccessKeysPerUser) return key
      await store.delete('accessKey', key.id)
      if (gone) throw noSuch('user', owner.user?.name ?? '')
      if (attempt === attempts)
        throw new Problem('concurrent_modification', 'too many keys are being made at once; try again')
      await wait(Math.random() * 10 * 2 ** attempt)
    }
  }

  return {
    /** The only time the secret is readable. */
    async createAccessKey(call: Call, input: Meant): Promise<OwnedKey> {
      const owner = await ownerFor(call, input, 'iam:CreateAccessKey')
      const id = owner.user?.id ?? owner.accountId
      const key = await serially(`access-keys:${id}`, () => createWithin(owner, call.circumstances.now))
      return { key, userName: owner.user?.name }
    },

    async listAccessKeys(
      call: Call,
      input: ListRequest & Meant,
    ): Promise<{ readonly keys: Listed<AccessKey>; readonly userName: string | undefined }> {
      const owner = await ownerFor(call, input, 'iam:ListAccessKeys')
      const list = `keys:${owner.user?.id ?? 'root'}`
      const keys = await pageOf<'accessKey'>(markers, call, list, input, (page) =>
        store.find('accessKey', lookupOf(owner), page),
      )
      return { keys, userName: owner.user?.name }
    },

    async updateAccessKey(
      call: Call,
      input: Meant & { readonly accessKeyId: string; readonly status: AccessKey['status'] },
    ): Promise<void> {
      const owner = await ownerFor(call, input, 'iam:UpdateAccessKey')
      const key = await keyOf(owner, input.accessKeyId)
      const gone = () => noSuch('accessKey', key.id)
      const update = () =>
        change(store, 'accessKey', key.id, { gone }, (old) => ({ ...old, status: input.status }))
      if (input.status === 'Inactive') await endingAround(() => parts.ends.accessKeyEnded(key), update)
      else await update()
    },

    async deleteAccessKey(call: Call, input: Meant & { readonly accessKeyId: string }): Promise<void> {
      const owner = await ownerFor(call, input, 'iam:DeleteAccessKey')
      const key = await keyOf(owner, input.accessKeyId)
      await endingAround(
        () => parts.ends.accessKeyEnded(key),
        async () => {
          if (!(await store.delete('accessKey', key.id))) throw noSuch('accessKey', key.id)
        },
      )
    },

    async getAccessKeyLastUsed(
      call: Call,
      { accessKeyId }: { readonly accessKeyId: string },
    ): Promise<OwnedKey> {
      const accountId = accountOf(call.caller)
      const found = await store.get('accessKey', accessKeyId)
      const key = found?.accountId === accountId ? found : undefined
      const user = key?.userId === undefined ? undefined : await store.get('user', key.userId)
      const arn = user ? bearerArn('user', user) : rootArn(accountId)
      await authorizer.authorize(call, 'iam:GetAccessKeyLastUsed', arn, resourceTagKeys(user?.tags))
      if (key === undefined) throw noSuch('accessKey', accessKeyId)
      return { key, userName: user?.name }
    },
  }
}
