// Answers of the store that callers expect, as values; and what is made of them.
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

/** False when its id or a unique field was taken. */
export const created = (creating: Promise<unknown>): Promise<boolean> => unless('conflict', creating)

/** False when the record to be changed was not there. */
export const whenThere = (changing: Promise<unknown>): Promise<boolean> => unless('not_found', changing)

/** Kinds of which a record (of artifacts: a consent) has no unique field: what is taken is its own id. */
type Puttable =
  | 'artifact'
  | 'counter'
  | 'credentialReport'
  | 'revocation'
  | 'sessionPolicy'
  | 'upstreamSession'

/**
 * Changes the record, or makes it, whichever it takes. `next` must be pure: it may run more than once; what it throws is
 * passed on, nothing changed.
 */
export async function put<K extends Puttable>(
  store: Pick<Store, 'create' | 'update'>,
  kind: K,
  id: string,
  next: (old: Records[K] | undefined) => Records[K],
): Promise<void> {
  for (;;) {
    if (await whenThere(store.update(kind, id, next))) return
    if (await created(store.create(kind, next(undefined)))) return
  }
}
