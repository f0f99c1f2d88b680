// Writes revocations. Sessions are not stored, so a revocation is an instant: sessions whose dependency is older than `before` have
// ended. Records are kept until every session they could concern has expired.
import type { RevocationScope } from '../../secure/session/session-dependencies.ts'
import { upsert } from '../../store/conditional-writes.ts'
import type { EpochSeconds, Revocation } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** The longest session in seconds: 36 hours, of GetSessionToken and GetFederationToken; sessions of roles last at most twelve. */
export const maxSessionSeconds = 129_600

/** Seconds within which every process learns that a record changed. */
const propagationSeconds = 1

/**
 * The `before` of a revocation when something is deleted or disabled at `now`. Instants are whole seconds, so sessions made within
 * this second must be covered, and so must those of a process that has not yet learned of the change.
 */
export const revokedBefore = (now: EpochSeconds): EpochSeconds => now + 1 + propagationSeconds

export interface NewRevocation {
  /** `serverAccount` for a revocation that counts in all accounts. */
  readonly accountId: string
  readonly scope: RevocationScope
  readonly value: string
  readonly before: EpochSeconds
}

/** The record of a revocation; there is one per account, scope and value. */
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
  expiresAt: now + maxSessionSeconds,
})

export const revocationId = ({
  accountId,
  scope,
  value,
}: Pick<Revocation, 'accountId' | 'scope' | 'value'>) => `${accountId} ${scope}:${value}`

/**
 * Stores a revocation; durable when it returns. Of two revocations with the same id the later `before` counts. A revocation that
 * follows a lift takes effect again.
 */
export const saveRevocation = (store: Store, next: Revocation): Promise<void> =>
  upsert(store, 'revocation', next.id, (old) => {
    if (old === undefined) return next
    if (old.before > next.before || (old.before === next.before && old.at === next.at)) return old
    // Verifiers order a lift and a later revocation by `before`, so the later one must be greater.
    const before = Math.max(next.before, (old.lifted ?? 0) <= next.at + 60 ? (old.lifted ?? 0) + 1 : 0)
    return { ...next, before }
  })

/**
 * Lifts a revocation. The record stays, so that services that have read the revocation also read the lift.
 * @returns the lifted `before`; undefined when nothing was revoked
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
