// Limits guessing of device user codes (RFC 8628 §5.1). A code is one of 20^8 and valid for ten minutes. Wrong codes are counted
// per address in the store before they are looked up, so that concurrent guesses are all counted. A correct code is subtracted
// again but does not reset the count, or an attacker could use a code of their own in between.
import type { Middleware } from 'koa'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { addressForLimits } from '../../iam/password/address.ts'
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { updateIfPresent, upsert } from '../../store/conditional-writes.ts'
import { type Counter, type EpochSeconds, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** Wrong codes of one address before it must wait: people mistype, and share addresses. */
export const freeGuesses = 20
/** Seconds after the last wrong code until the count is reset; also the longest wait. */
const forgetAfter = 600

interface Guesses {
  /** @throws Problem('throttled') with the seconds to wait */
  count(address: string): Promise<void>
  subtract(address: string): Promise<void>
}

/** @param clock milliseconds */
function openGuesses(store: Store, clock: () => number): Guesses {
  const now = (): EpochSeconds => Math.floor(clock() / 1000)
  const idOf = (address: string): string => `user-code:${sha256base64url(addressForLimits(address))}`
  const next = (id: string, old: Counter | undefined): Counter => {
    const live = old !== undefined && old.expiresAt > now() ? old : undefined
    if (live && live.count >= freeGuesses)
      throw new Problem('throttled', 'too many wrong codes from this address; wait a while', {
        retryAfter: live.expiresAt - now(),
      })
    return {
      id,
      accountId: serverAccount,
      count: (live?.count ?? 0) + 1,
      since: now(),
      expiresAt: now() + forgetAfter,
    }
  }
  return {
    count(address) {
      const id = idOf(address)
      return upsert(store, 'counter', id, (old) => next(id, old))
    },
    async subtract(address) {
      await updateIfPresent(
        store.update('counter', idOf(address), (old) => ({ ...old, count: Math.max(0, old.count - 1) })),
      )
    },
  }
}

/** Middleware that runs before oidc-provider; `path` is the page where codes are entered. */
export function countUserCodes(store: Store, clock: () => number, path: string): Middleware {
  const guesses = openGuesses(store, clock)
  return async (ctx, next) => {
    if (ctx.method !== 'POST' || ctx.path !== path) return next()
    await guesses.count(ctx.ip)
    await next()
    const { oidc } = ctx as unknown as Partial<KoaContextWithOIDC>
    const empty = oidc?.params !== undefined && !oidc.params['user_code']
    if (empty || oidc?.entities.DeviceCode) await guesses.subtract(ctx.ip)
  }
}
