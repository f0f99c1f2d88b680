// Whether a browser was used by a person before, so that they get a notice of a sign-in from a new one. The browser keeps a
// random value in a cookie; the store has a record of each pair of person and value.
import { sha256base64url } from '../../secure/digest.ts'
import { randomToken } from '../../secure/random.ts'
import { upsert } from '../../store/conditional-writes.ts'
import { type Counter, type EpochSeconds, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** Seconds: the longest that browsers keep a cookie (RFC 6265bis §5.5). */
export const browserKnownFor = 400 * 24 * 3600
/** Seconds after which a use is written down again. */
const renewAfter = 30 * 24 * 3600

export interface KnownBrowsers {
  /**
   * @param cookie the value that the browser has
   * @returns the value for its cookie; `isNew` unless the person used this browser before, or is seen for the first time
   */
  see(
    userId: string,
    cookie: string | undefined,
  ): Promise<{ readonly isNew: boolean; readonly cookie: string }>
}

export function openKnownBrowsers(store: Store, now: () => EpochSeconds): KnownBrowsers {
  const write = (id: string): Promise<void> => {
    const at = now()
    const seen = { count: 1, since: at, expiresAt: at + browserKnownFor }
    return upsert(store, 'counter', id, () => ({ id, accountId: serverAccount, ...seen }))
  }
  const isStale = (record: Counter | undefined): boolean =>
    record === undefined || now() - record.since > renewAfter
  return {
    async see(userId, given) {
      const cookie = given !== undefined && /^[\w-]{20,64}$/.test(given) ? given : randomToken()
      const own = `browser:${sha256base64url(`${userId} ${cookie}`)}`
      const any = `browsers:${userId}`
      const [known, before] = await Promise.all([store.get('counter', own), store.get('counter', any)])
      for (const [id, record] of [
        [own, known],
        [any, before],
      ] as const)
        if (isStale(record)) await write(id)
      return { isNew: known === undefined && before !== undefined, cookie }
    },
  }
}
