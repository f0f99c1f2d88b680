// Updates one record and replaces the store's errors with AWS's messages.
import { Problem } from '../../problem.ts'
import type { Kind, Records } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

export interface UpdateErrors {
  /** The record does not exist or was deleted meanwhile. */
  readonly notFound: () => Problem
  /** A unique field is taken. */
  readonly conflict?: () => Problem
}

/**
 * Compare-and-swap update of one record.
 * @param next pure: it may run more than once. What it throws is thrown to the caller unchanged.
 * @throws Problem from `errors` when the store reports `not_found` or `conflict`
 */
export async function updateRecord<K extends Kind>(
  store: Store,
  kind: K,
  id: string,
  errors: UpdateErrors,
  next: (old: Records[K]) => Records[K],
): Promise<Records[K]> {
  let thrownByNext: unknown
  try {
    return await store.update(kind, id, (old) => {
      try {
        thrownByNext = undefined
        return next(old)
      } catch (error) {
        thrownByNext = error
        throw error
      }
    })
  } catch (error) {
    if (error === thrownByNext || !(error instanceof Problem)) throw error
    if (error.code === 'not_found') throw errors.notFound()
    if (error.code === 'conflict' && errors.conflict) throw errors.conflict()
    throw error
  }
}
