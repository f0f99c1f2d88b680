// Turns the expected failures `conflict` and `not_found` into booleans, and offers an upsert.
import { isProblem, type ProblemCode } from '../problem.ts'
import type { Records } from './records.ts'
import type { Store } from './store.ts'

async function unless(code: ProblemCode, work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (isProblem(error, code)) return false
    throw error
  }
}

/** Waits for a `create`; false when the id or a unique field was taken. */
export const createIfAbsent = (creating: Promise<unknown>): Promise<boolean> => unless('conflict', creating)

/** Waits for an `update`; false when there was no such record. */
export const updateIfPresent = (changing: Promise<unknown>): Promise<boolean> => unless('not_found', changing)

/** Kinds whose records have no unique field (of artifacts: consents), so that a conflict can only be the id. */
type Puttable =
  | 'artifact'
  | 'brand'
  | 'brandDraft'
  | 'counter'
  | 'credentialReport'
  | 'mailServer'
  | 'revocation'
  | 'serviceAccess'
  | 'sessionPolicy'
  | 'setting'
  | 'upstreamSession'

/**
 * Upsert: updates the record, or creates it. `next` must be pure: it may run more than once. If it throws, its error is thrown
 * and nothing changes.
 */
export async function upsert<K extends Puttable>(
  store: Pick<Store, 'create' | 'update'>,
  kind: K,
  id: string,
  next: (old: Records[K] | undefined) => Records[K],
): Promise<void> {
  for (;;) {
    if (await updateIfPresent(store.update(kind, id, next))) return
    if (await createIfAbsent(store.create(kind, next(undefined)))) return
  }
}
