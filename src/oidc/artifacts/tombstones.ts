// What writing artifacts takes, whatever they are: a mark in the place of what was ended, and the store's answers as the
// adapters use them.
import { errors } from 'oidc-provider'
import { isProblem } from '../../problem.ts'
import type { Artifact, EpochSeconds } from '../../store/records.ts'
import { sealable } from './artifact.ts'
import { currentRequest, noteAway } from './token-request.ts'

/** Models of which a destroyed one leaves a mark behind. */
export const marked = new Set(['Session', 'Grant', 'Interaction'])
/** Seconds such a mark stays: longer than any request is under way. */
const markLifetime = 600

/** A destroyed session, grant or interaction: nothing is left but that it was. */
export const ended = (old: Artifact, now: EpochSeconds): Artifact => ({
  ...old,
  payload: sealable({ payload: {} }),
  grantId: undefined,
  uid: undefined,
  subject: undefined,
  consumedAt: old.consumedAt ?? 0,
  expiresAt: now + markLifetime,
})

export const isEnded = (record: Artifact): boolean =>
  marked.has(record.model) && record.consumedAt !== undefined

export const storeAway = 'the store is not reachable; try again'

/** The store's own failures in OAuth's words (RFC 6749 §4.1.2.1), where oidc-provider answers; our pages have Problems. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isProblem(error, 'unavailable') || !currentRequest()) throw error
    noteAway(error)
    const unavailable = new errors.TemporarilyUnavailable(storeAway)
    Object.assign(unavailable, { status: 503, statusCode: 503 })
    throw unavailable
  }
}
