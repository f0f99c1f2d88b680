// The secrets of a client that is managed at run time: two may be valid at once, so that a new one can be given to every
// instance of an application before the old one is removed. The last use of each is recorded.
import { LRUCache } from 'lru-cache'
import { atMost } from '../../iam/record/at-most.ts'
import { randomToken } from '../../secure/random.ts'
import { Secret } from '../../secure/secret.ts'
import { upsert } from '../../store/conditional-writes.ts'
import { type EpochSeconds, type ManagedClient, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { withOAuthErrors } from '../artifacts/tombstones.ts'
import { secretsOf } from './stored.ts'

export const maxSecrets = 2
/** Seconds between two records of the use of one secret. */
const noteEvery = 60
/** Seconds for which the last use is kept. */
const useKnown = 400 * 24 * 3600
/** The most secrets for which this process remembers when it recorded their use. */
const mostNoted = 10_000

export const newSecret = (now: EpochSeconds) => ({
  facts: { id: randomToken(9), createdAt: now },
  value: randomToken(32),
})

const useId = (clientId: string, secretId: string): string => `client-secret:${clientId}:${secretId}`

/** When a secret was last used, to the minute; undefined when it was not used within 400 days. */
export const lastUseOf = async (
  store: Pick<Store, 'get'>,
  clientId: string,
  secretId: string,
): Promise<EpochSeconds | undefined> => (await store.get('counter', useId(clientId, secretId)))?.since

export interface SecretCheck {
  /**
   * Whether it is one of the secrets of a client that is managed at run time; undefined for other clients.
   */
  compare(clientId: string, presented: string): Promise<boolean | undefined>
  /** The older of two secrets, which is valid for client_secret_jwt as well; undefined when there is only one. */
  older(clientId: string): Promise<string | undefined>
}

export function openSecretCheck(
  store: Pick<Store, 'get' | 'create' | 'update'>,
  now: () => EpochSeconds,
  onError: (error: unknown) => void,
): SecretCheck {
  const noted = new LRUCache<string, EpochSeconds>(atMost(mostNoted))
  const note = (clientId: string, secretId: string): void => {
    const id = useId(clientId, secretId)
    const at = now()
    if (at - (noted.get(id) ?? 0) < noteEvery) return
    noted.set(id, at)
    // The request does not wait for this. When the write fails, the next use is recorded.
    upsert(store, 'counter', id, () => ({
      id,
      accountId: serverAccount,
      count: 1,
      since: at,
      expiresAt: at + useKnown,
    })).catch((error: unknown) => {
      noted.delete(id)
      onError(error)
    })
  }
  const stored = (clientId: string): Promise<ManagedClient | undefined> =>
    withOAuthErrors(async () => {
      const record = await store.get('client', clientId)
      return record?.source === 'stored' ? record : undefined
    })
  return {
    async compare(clientId, presented) {
      const record = await stored(clientId)
      if (record === undefined) return undefined
      let used: string | undefined
      // Every secret is compared, so that the time taken does not reveal which one matched.
      for (const [at, value] of secretsOf(record).entries())
        if (new Secret(value).equals(presented)) used = record.secretFacts[at]?.id
      if (used === undefined) return false
      note(clientId, used)
      return true
    },
    async older(clientId) {
      const record = await stored(clientId)
      const values = record === undefined ? [] : secretsOf(record)
      return values.length > 1 ? values[0] : undefined
    },
  }
}
