// Compare-and-swap for every engine. Concurrent changes to one record within a process are applied in order and written together,
// so that a thousand of them need only a commit or two. Between processes the record version decides, and the loser reads the
// record again.
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import type { Kind, Records } from './records.ts'

/** A record as read, with the version that the write must still find. */
export interface Read<R> {
  readonly record: R
  readonly version: number
}

export type Swapped = 'done' | 'lost' | 'taken'

/** The engine's operations on one record. */
export interface Swappable<R> {
  /** A synchronous engine returns the record itself instead of a promise. */
  read(): Read<R> | undefined | Promise<Read<R> | undefined>
  /** Durable when it resolves to `done`. */
  swap(old: Read<R>, changed: R): Promise<Swapped>
}

interface Asked<R> {
  readonly change: (old: R) => R
  readonly resolve: (changed: R) => void
  readonly reject: (error: unknown) => void
}

type Outcome<R> = { readonly changed: R } | { readonly threw: unknown }

/** Consecutive lost swaps before giving up. With four processes on one record three are common, 200 are not. */
const mostAttempts = 200
/** Milliseconds. */
const longestPause = 20

export class Updates {
  readonly #queues = new Map<string, Asked<never>[]>()

  /** @throws as `Store.update` does. */
  update<K extends Kind>(
    kind: K,
    id: string,
    change: (old: Records[K]) => Records[K],
    engine: Swappable<Records[K]>,
  ): Promise<Records[K]> {
    type R = Records[K]
    const key = `${kind} ${id}`
    return new Promise<R>((resolve, reject) => {
      const asked: Asked<R> = { change, resolve, reject }
      const queue = this.#queues.get(key) as unknown as Asked<R>[] | undefined
      if (queue) {
        queue.push(asked)
        return
      }
      const started: Asked<R>[] = [asked]
      this.#queues.set(key, started as unknown as Asked<never>[])
      void drain(started, engine, `${kind} \`${id}\``, () => this.#queues.delete(key))
    })
  }
}

/**
 * Never rejects: failures go to the callers. Synchronous until its first write. `ended` is called in the same turn in which the
 * queue was found empty: a change queued in between would otherwise wait forever.
 */
async function drain<R>(
  queue: Asked<R>[],
  engine: Swappable<R>,
  name: string,
  ended: () => void,
): Promise<void> {
  let lost = 0
  let most = Number.POSITIVE_INFINITY
  while (queue.length > 0) {
    const taken = queue.slice(0, most)
    const swapped = await round(taken, engine, name).catch((error: unknown) =>
      // A change that produced an invalid record fails alone.
      taken.length > 1 && !(error instanceof Problem) ? 'taken' : failAll(taken, error),
    )
    if (swapped === 'done') {
      queue.splice(0, taken.length)
      lost = 0
      most = Number.POSITIVE_INFINITY
    } else if (swapped === 'taken') {
      most = 1 // find out whose change it was
    } else if (++lost >= mostAttempts) {
      failAll(
        taken,
        new Problem('concurrent_modification', 'too many changes at once; try again', { retryAfter: 1 }),
      )
      queue.splice(0, taken.length)
    } else await wait(Math.random() * Math.min(longestPause, 2 ** lost))
  }
  ended()
}

/** Applies the changes in order and writes the last result. Returns `done` when every caller was answered. */
async function round<R>(taken: readonly Asked<R>[], engine: Swappable<R>, name: string): Promise<Swapped> {
  const reading = engine.read()
  const old = reading instanceof Promise ? await reading : reading
  if (!old) return failAll(taken, new Problem('not_found', `${name} is not there`))
  let record = old.record
  const outcomes = taken.map(({ change }): Outcome<R> => {
    try {
      record = change(record)
      return { changed: record }
    } catch (threw) {
      return { threw }
    }
  })
  // No result, nor an error that is based on one, is reported before it is written.
  const swapped = record === old.record ? 'done' : await engine.swap(old, record)
  if (swapped === 'taken' && taken.length === 1)
    return failAll(taken, new Problem('conflict', 'the name already exists'))
  if (swapped !== 'done') return swapped
  for (const [at, { resolve, reject }] of taken.entries()) {
    const outcome = outcomes[at]
    if (outcome && 'changed' in outcome) resolve(outcome.changed)
    else reject(outcome?.threw)
  }
  return 'done'
}

function failAll<R>(taken: readonly Asked<R>[], error: unknown): 'done' {
  for (const { reject } of taken) reject(error)
  return 'done'
}
