// Tries at a factor, counted before they are checked, so that a thousand at once are a thousand (attacks.md 19).
// Each factor has its own counter on the canonical user. The pause between tries grows and is capped: a stranger can
// slow tries at a name down, never end them; and from an address this user signed in from before, they do not even
// slow the user, because such an address has a counter of its own.
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { put, whenThere } from '../../store/conditional-writes.ts'
import { type EpochSeconds, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { countedAddress } from './address.ts'

export type Factor = 'password' | 'totp' | 'recovery'

interface Limit {
  /** Tries before the first pause. */
  readonly free: number
  /** Seconds; doubles with every further try. */
  readonly firstPause: number
  readonly longestPause: number
  /** Seconds after the last try when all is forgotten. */
  readonly forget: number
}

const perUser: Readonly<Record<Factor, Limit>> = {
  password: { free: 5, firstPause: 1, longestPause: 300, forget: 3600 },
  totp: { free: 5, firstPause: 2, longestPause: 300, forget: 3600 },
  recovery: { free: 5, firstPause: 5, longestPause: 900, forget: 3600 },
}
/**
 * Tries of many names from one address. Many people may share one: what was right does not count, and the pause stays
 * short, because each name has a counter of its own besides.
 */
const perAddress: Limit = { free: 50, firstPause: 1, longestPause: 8, forget: 900 }
/** Seconds an address is remembered after the user signed in from it. */
const addressKnown = 90 * 24 * 3600

export interface Attempt {
  /** The factor was right: its counter starts anew. */
  succeeded(): Promise<void>
}

export interface Throttle {
  /**
   * Counts one try. `subject` is the user's id, or the folded name when there is no such user; `ip` is undefined for
   * signed calls, which have their own limits by key.
   * @throws Problem('throttled') with retryAfter; such a try is not counted and must not be checked.
   */
  begin(factor: Factor, subject: string, ip: string | undefined, now: EpochSeconds): Promise<Attempt>
  /** All factors were right: this address counts for itself from now on. */
  know(subject: string, ip: string, now: EpochSeconds): Promise<void>
}

export function openThrottle(store: Store): Throttle {
  const knownId = (subject: string, address: string) => `known:${sha256base64url(`${subject} ${address}`)}`
  return {
    async begin(factor, subject, ip, now) {
      const address = ip === undefined ? undefined : countedAddress(ip)
      const known =
        address !== undefined && (await store.get('counter', knownId(subject, address))) !== undefined
      const whose = known ? `${subject} ${address}` : subject
      const id = `try:${factor}:${sha256base64url(whose)}`
      const addressId = address === undefined ? undefined : `try:address:${sha256base64url(address)}`
      if (addressId !== undefined) await count(store, addressId, perAddress, now)
      await count(store, id, perUser[factor], now)
      return {
        async succeeded() {
          await store.delete('counter', id)
          if (addressId !== undefined) await uncount(store, addressId)
        },
      }
    },
    async know(subject, ip, now) {
      const id = knownId(subject, countedAddress(ip))
      const seen = { count: 1, since: now, expiresAt: now + addressKnown }
      await put(store, 'counter', id, () => ({ id, accountId: serverAccount, ...seen }))
    },
  }
}

/** Seconds to wait after so many tries. */
const pauseAfter = (limit: Limit, tries: number): number =>
  tries < limit.free
    ? 0
    : Math.min(limit.longestPause, limit.firstPause * 2 ** Math.min(30, tries - limit.free))

async function count(store: Store, id: string, limit: Limit, now: EpochSeconds): Promise<void> {
  await put(store, 'counter', id, (old) => {
    const fresh = old === undefined || old.expiresAt <= now
    // Counted in the future: the clock was put back. Nobody waits for that; the count stays.
    const next = fresh || old.since > now ? now : old.since + pauseAfter(limit, old.count)
    if (next > now)
      throw new Problem('throttled', 'too many tries; wait a moment and try again', {
        retryAfter: next - now,
      })
    return {
      id,
      accountId: serverAccount,
      count: fresh ? 1 : old.count + 1,
      since: now,
      expiresAt: now + limit.forget,
    }
  })
}

/** One try less, unless they were forgotten meanwhile. */
async function uncount(store: Store, id: string): Promise<void> {
  await whenThere(store.update('counter', id, (old) => ({ ...old, count: Math.max(0, old.count - 1) })))
}
