// One record's change, with AWS's own words for what the store refuses.
import { Problem } from '../problem.ts'
import type { Kind, Records } from '../store/records.ts'
import type { Store } from '../store/store.ts'

export interface Refusals {
  /** The record went away meanwhile. */
  readonly gone: () => Problem
  /** A unique field is taken. */
  readonly taken?: () => Problem
}

/**
 * Compare-and-swap. `change` must be pure; what it throws is passed on as it is.
 * @throws Problem
 */
export async function change<K extends Kind>(
  store: Store,
  kind: K,
  id: string,
  refusals: Refusals,
  next: (old: Records[K]) => Records[K],
): Promise<Records[K]> {
  let own: unknown
  try {
    return await store.update(kind, id, (old) => {
      try {
        own = undefined
        return next(old)
      } catch (error) {
        own = error
        throw error
      }
    })
  } catch (error) {
    if (error === own || !(error instanceof Problem)) throw error
    if (error.code === 'not_found') throw refusals.gone()
    if (error.code === 'conflict' && refusals.taken) throw refusals.taken()
    throw error
  }
}
