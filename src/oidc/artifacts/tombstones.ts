// Tombstones for ended sessions, grants and interactions, so that a slower request cannot save them again; and failures of
// the store as OAuth errors.
import { errors } from 'oidc-provider'
import { isProblem } from '../../problem.ts'
import type { Artifact, EpochSeconds } from '../../store/records.ts'
import { encodeContent } from './artifact.ts'
import { currentRequest, setStoreFailure } from './token-request.ts'

/** Models that leave a tombstone when they are destroyed. */
export const modelsWithTombstone = new Set(['Session', 'Grant', 'Interaction'])
/** Seconds a tombstone stays: longer than any request runs. */
const tombstoneLifetime = 600

/** The record of a destroyed artifact, without its content. */
export const tombstoneOf = (old: Artifact, now: EpochSeconds): Artifact => ({
  ...old,
  payload: encodeContent({ payload: {} }),
  grantId: undefined,
  uid: undefined,
  subject: undefined,
  consumedAt: old.consumedAt ?? 0,
  expiresAt: now + tombstoneLifetime,
})

export const isEnded = (record: Artifact): boolean =>
  modelsWithTombstone.has(record.model) && record.consumedAt !== undefined

export const storeUnavailable = 'the store is not reachable; try again'

/**
 * Runs `work`; in a request that oidc-provider handles, a failure of the store becomes `temporarily_unavailable`
 * (RFC 6749 §4.1.2.1). Elsewhere Problems pass through.
 */
export async function withOAuthErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isProblem(error, 'unavailable') || !currentRequest()) throw error
    setStoreFailure(error)
    const unavailable = new errors.TemporarilyUnavailable(storeUnavailable)
    Object.assign(unavailable, { status: 503, statusCode: 503 })
    throw unavailable
  }
}
