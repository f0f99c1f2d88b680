// What checking a signature needs of a long-term key: its secret and whose it is. Kept in memory by record version, so
// that a signed call reads no store; a change is known here at once and elsewhere within a second.
import type { Secret } from '../secure/secret.ts'
import type { EpochSeconds } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { rootArn, userArn } from './arn.ts'
import type { Caller } from './caller.ts'
import { Fresh } from './fresh.ts'

export interface KeyCredentials {
  readonly secret: Secret
  readonly caller: Caller
}

/** Seconds between two notes of a key's use: it is a hint for people, not worth a write per call. */
const noteEvery = 900

export function openKeyCredentials(store: Store) {
  const held = new Fresh<KeyCredentials | undefined>(store, ['user'], ['accessKey'])
  const noted = new Map<string, EpochSeconds>()

  const load = async (id: string): Promise<KeyCredentials | undefined> => {
    const key = await store.get('accessKey', id)
    if (key === undefined || key.status !== 'Active') return undefined
    const { secret, accountId } = key
    if (key.userId === undefined)
      return { secret, caller: { kind: 'root', accountId, arn: rootArn(accountId), accessKeyId: id } }
    const user = await store.get('user', key.userId)
    if (user === undefined || user.disabled || user.accountId !== accountId) return undefined
    const caller: Caller = {
      kind: 'user',
      accountId,
      arn: userArn(user),
      userId: user.id,
      userName: user.name,
      accessKeyId: id,
      mfaAge: undefined,
      temporary: false,
      issuedAt: undefined,
    }
    return { secret, caller }
  }

  return {
    /** Undefined: no such key, inactive, or its user is gone or disabled. */
    find: (accessKeyId: string): Promise<KeyCredentials | undefined> =>
      held.get(`accessKey:${accessKeyId}`, () => load(accessKeyId)),

    /** Notes a use for GetAccessKeyLastUsed, at most every 15 minutes. Never fails; nothing waits for it. */
    noteUse(accessKeyId: string, service: string, region: string, now: EpochSeconds): void {
      if (now - (noted.get(accessKeyId) ?? 0) < noteEvery) return
      if (noted.size > 10_000) noted.clear()
      noted.set(accessKeyId, now)
      const lastUsed = { at: now, service, region }
      store.update('accessKey', accessKeyId, (old) => ({ ...old, lastUsed })).catch(() => undefined)
    },

    close: () => held.close(),
  }
}
