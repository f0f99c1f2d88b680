// What the queues of work in the store have in common (oidc/session/logout-outbox.ts, mail/outbox.ts): any process may do the
// work of a record. It claims the record first by a compare-and-swap that moves `nextAt` behind the time that the work may
// take. When the process dies, the record is due again after that time, and another process does the work.
import { isProblem, Problem } from '../problem.ts'
import type { EpochSeconds, Records } from './records.ts'
import type { Page, RecordPage, Store } from './store.ts'

type QueuedKind = 'delivery' | 'mail'

/** Records whose time has come, in that order; `next` is undefined when the page has the last of them. */
export async function findDue<K extends QueuedKind>(
  store: Pick<Store, 'find'>,
  kind: K,
  now: EpochSeconds,
  page: Page,
): Promise<RecordPage<Records[K]>> {
  const { records, next } = await store.find<K>(kind, { by: 'next', value: 'all' }, page)
  const due = records.filter(({ nextAt }) => nextAt <= now)
  return { records: due, next: due.length < records.length ? undefined : next }
}

/** Changes a record unless another process did so since it was `seen`. @returns undefined when another process was first */
export function changeQueued<K extends QueuedKind>(
  store: Pick<Store, 'update'>,
  kind: K,
  seen: Records[K],
  change: (old: Records[K]) => Records[K],
): Promise<Records[K] | undefined> {
  return undefinedIfLost(() =>
    store.update(kind, seen.id, (old) => {
      if (old.nextAt !== seen.nextAt || old.tries !== seen.tries)
        throw new Problem('conflict', 'another process has changed this record')
      return change(old)
    }),
  )
}

/** Undefined when another process has made, changed or removed the record. */
export async function undefinedIfLost<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (isProblem(error, 'conflict', 'not_found')) return undefined
    throw error
  }
}

/** Random, 25 % more or less, so that work that failed together is not tried again together. */
export const spread = (about: number): number => about * (0.75 + Math.random() / 2)

/** Seconds before the next attempt after `tries` attempts: `first`, then `factor` times as long each time, up to `longest`. */
export const growingPause = (
  tries: number,
  { first, longest, factor }: { readonly first: number; readonly longest: number; readonly factor: number },
): number => Math.round(spread(Math.min(longest, first * factor ** (tries - 1))))
