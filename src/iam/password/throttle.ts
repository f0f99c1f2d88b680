// Limits attempts at passwords and codes. An attempt is counted before it is checked, so that concurrent attempts all count
// (docs/attacks.md 19). Each user has a counter per factor. The pause between attempts grows up to a maximum, so that an attacker can
// slow a user's sign-in down but never lock the user out. An address from which the user signed in before has a counter of its own,
// so that attempts from elsewhere do not slow the user there.
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { updateIfPresent, upsert } from '../../store/conditional-writes.ts'
import { type EpochSeconds, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { addressForLimits } from './address.ts'

export type Factor = 'password' | 'totp' | 'recovery' | 'passkey'

interface Limit {
  /** Attempts before the first pause. */
  readonly free: number
  /** Seconds; doubles with every further attempt. */
  readonly firstPause: number
  readonly longestPause: number
  /** Seconds after the last attempt until the counter is reset. */
  readonly forget: number
}

const perUser: Readonly<Record<Factor, Limit>> = {
  password: { free: 5, firstPause: 1, longestPause: 300, forget: 3600 },
  totp: { free: 5, firstPause: 2, longestPause: 300, forget: 3600 },
  recovery: { free: 5, firstPause: 5, longestPause: 900, forget: 3600 },
  // Signatures cannot be guessed: this bounds the audit entries.
  passkey: { free: 20, firstPause: 1, longestPause: 30, forget: 900 },
}
/**
 * Attempts from one address at any user. Many people may share an address, so successful attempts do not count and the pause stays
 * short; each user has a counter as well.
 */
const perAddress: Limit = { free: 50, firstPause: 1, longestPause: 8, forget: 900 }
/** Seconds for which an address is remembered after a user signed in from it. */
const addressKnown = 90 * 24 * 3600

export interface Attempt {
  /** The factor was correct: resets its counter. */
  succeeded(): Promise<void>
}

export interface Throttle {
  /**
   * Counts one attempt.
   * @param subject the user's id, or the normalized name when there is no such user
   * @param ip undefined for signed requests, which are limited by access key
   * @throws Problem('throttled') with retryAfter in seconds; the attempt is not counted and must not be checked
   */
  begin(factor: Factor, subject: string, ip: string | undefined, now: EpochSeconds): Promise<Attempt>
  /** All factors were correct: attempts from this address have a counter of their own from now on. */
  rememberAddress(subject: string, ip: string, now: EpochSeconds): Promise<void>
}

export function openThrottle(store: Store): Throttle {
  const knownId = (subject: string, address: string) => `known:${sha256base64url(`${subject} ${address}`)}`
  return {
    async begin(factor, subject, ip, now) {
      const address = ip === undefined ? undefined : addressForLimits(ip)
      const known =
        address !== undefined && (await store.get('counter', knownId(subject, address))) !== undefined
      const whose = known ? `${subject} ${address}` : subject
      const id = `try:${factor}:${sha256base64url(whose)}`
      const addressId = address === undefined ? undefined : `try:address:${sha256base64url(address)}`
      if (addressId !== undefined) await count(store, addressId, perAddress, now)
      await count(store, id, perUser[factor], now)
      return {
        async succeeded() {
          await Promise.all([store.delete('counter', id), addressId && uncount(store, addressId)])
        },
      }
    },
    async rememberAddress(subject, ip, now) {
      const id = knownId(subject, addressForLimits(ip))
      const seen = { count: 1, since: now, expiresAt: now + addressKnown }
      await upsert(store, 'counter', id, () => ({ id, accountId: serverAccount, ...seen }))
    },
  }
}

/** Seconds to wait after this number of attempts. */
const pauseAfter = (limit: Limit, tries: number): number =>
  tries < limit.free
    ? 0
    : Math.min(limit.longestPause, limit.firstPause * 2 ** Math.min(30, tries - limit.free))

async function count(store: Store, id: string, limit: Limit, now: EpochSeconds): Promise<void> {
  await upsert(store, 'counter', id, (old) => {
    const expired = old === undefined || old.expiresAt <= now
    // A time in the future was written before the clock was set back. It causes no pause; the count stays.
    const next = expired || old.since > now ? now : old.since + pauseAfter(limit, old.count)
    if (next > now)
      throw new Problem('throttled', 'too many attempts; wait a moment and try again', {
        retryAfter: next - now,
      })
    return {
      id,
      accountId: serverAccount,
      count: expired ? 1 : old.count + 1,
      since: now,
      expiresAt: now + limit.forget,
    }
  })
}

/** Takes one attempt back, unless the counter was reset meanwhile. */
async function uncount(store: Store, id: string): Promise<void> {
  await updateIfPresent(store.update('counter', id, (old) => ({ ...old, count: Math.max(0, old.count - 1) })))
}
