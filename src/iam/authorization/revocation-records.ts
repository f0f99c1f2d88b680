// How revocations are written. A session is not stored, so a revocation is an instant: what depends on the named thing
// since before that instant has ended. Records stay until no session they could concern is alive.
import type { RevocationScope } from '../../secure/session-dependencies.ts'
import { put } from '../../store/conditional-writes.ts'
import type { EpochSeconds, Revocation } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** Seconds: no session lives longer (twelve hours for roles, 36 for GetSessionToken and GetFederationToken). */
export const longestSession = 129_600

/** Seconds within which every process has learned that a record changed (design.md section 5). */
const propagation = 1

/**
 * The `before` of a revocation because something was deleted or disabled at `now`. Instants are whole seconds, so what was
 * made within this one counts as before; and so does what a process made that had not learned of the change yet.
 */
export const afterEnd = (now: EpochSeconds): EpochSeconds => now + 1 + propagation

export interface NewRevocation {
  /** `serverAccount` for what belongs to no account: it counts in all of them. */
  readonly accountId: string
  readonly scope: RevocationScope
  readonly value: string
  readonly before: EpochSeconds
}

/** @returns the record, with the id under which it is kept: one per account, scope and value */
export const revocationRecord = (
  { accountId, scope, value, before }: NewRevocation,
  now: EpochSeconds,
): Revocation => ({
  id: revocationId({ accountId, scope, value }),
  accountId,
  scope,
  value,
  before,
  at: now,
  expiresAt: now + longestSession,
})

export const revocationId = ({
  accountId,
  scope,
  value,
}: Pick<Revocation, 'accountId' | 'scope' | 'value'>) => `${accountId} ${scope}:${value}`

/**
 * Durable when it returns. Of two revocations of one thing the later instant counts; one that follows a lift counts for
 * itself.
 */
export const keepRevocation = (store: Store, next: Revocation): Promise<void> =>
  put(store, 'revocation', next.id, (old) => {
    if (old === undefined) return next
    if (old.before > next.before || (old.before === next.before && old.at === next.at)) return old
    // Verifiers order a lift and a later revocation by their instants, so the later one must be greater.
    const before = Math.max(next.before, (old.lifted ?? 0) <= next.at + 60 ? (old.lifted ?? 0) + 1 : 0)
    return { ...next, before }
  })

/**
 * Takes a revocation back. The record stays, so that services that learned of the revocation learn of the lift.
 * @returns the instant that was lifted; undefined when nothing was revoked
 */
export async function liftRevocation(
  store: Store,
  id: string,
  now: EpochSeconds,
): Promise<EpochSeconds | undefined> {
  const known = await store.get('revocation', id)
  if (known === undefined || known.before === 0) return undefined
  await store.update('revocation', id, (old) =>
    old.before === 0
      ? old
      : { ...old, before: 0, lifted: Math.max(old.before, old.lifted ?? 0), at: Math.max(now, old.at) },
  )
  return known.before
}
