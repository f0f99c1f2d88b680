// Backup and restore of a MongoDB database. Replica sets and sharded clusters are read as one snapshot; other servers kind by kind,
// in an order that keeps references intact (backup/format.ts). A restore marks the store first and removes the mark last: until
// then nobody can open it, and another restore may start again.
import { randomInt, randomUUID } from 'node:crypto'
import { Problem } from '../../problem.ts'
import type { Parked, Source, Target } from '../backup/format.ts'
import { ruleOf } from '../kinds.ts'
import type { Kind } from '../records.ts'
import type { Sealer } from '../sealing.ts'
import { checkDatabase, createIndexes, type Database, markRestore } from './init.ts'
import { allKinds, type Stored, storedOf } from './layout.ts'
import { type Filter, live } from './queries.ts'

export interface WholeDatabase extends Database {
  /** In the order of the ids. */
  bodies(kind: Kind, filter: Filter): AsyncIterable<string>
  /** Returns the index of the first record whose id or unique value is taken. */
  insertAll(kind: Kind, all: readonly Stored[]): Promise<number | undefined>
  countAll(kind: Kind): Promise<number>
  /** Deletes all records and revisions. */
  clear(): Promise<void>
  /** Removes the mark of this restore. False when the mark is of another restore. */
  unmark(restore: string): Promise<boolean>
  /** Deletes the document that says that the database is ours, unless its mark is of another restore. */
  disown(restore: string): Promise<void>
  end(): Promise<void>
}

export async function mongoSource(
  server: WholeDatabase,
  name: string,
  consistency: Source['consistency'],
  masterKey: Sealer,
): Promise<Source> {
  await checkDatabase(server, name, masterKey)
  return {
    engine: 'mongodb',
    name,
    consistency,
    bodies: (kind, now) => server.bodies(kind, ruleOf(kind).expires ? live(now) : {}),
    close: () => server.end(),
  }
}

export async function mongoTarget(server: WholeDatabase, name: string, masterKey: Sealer): Promise<Target> {
  const restore = randomUUID()
  await markRestore(server, name, masterKey, restore)
  await server.clear()
  await createIndexes(server)
  const written = new Map<Kind, number>()
  return {
    name,
    async write(batch) {
      let at = 0
      for (const run of runs(batch)) {
        const { kind } = run
        const taken = await server.insertAll(kind, run.stored)
        if (taken !== undefined) return at + taken
        at += run.stored.length
        written.set(kind, (written.get(kind) ?? 0) + run.stored.length)
      }
      return undefined
    },
    async finish() {
      await checkAlone(server, name, written)
      if (!(await server.unmark(restore))) throw notAlone(name)
      await server.end()
    },
    async abandon() {
      try {
        // Another restore has taken over: the records are its own.
        if ((await server.about())?.restoring !== restore) return
        await server.clear()
        await server.disown(restore)
      } catch {
        // The server does not answer. The mark stays, so that the next restore may start again.
      } finally {
        await server.end()
      }
    },
  }
}

/** Successive records of one kind. */
function* runs(
  batch: readonly Parked[],
): Generator<{ readonly kind: Kind; readonly stored: readonly Stored[] }> {
  let start = 0
  while (start < batch.length) {
    const kind = batch[start]?.kind as Kind
    let end = start
    while (batch[end]?.kind === kind) end++
    const stored = batch
      .slice(start, end)
      .map(({ record, body }) => storedOf(kind, record, randomInt(2 ** 47), body))
    yield { kind, stored }
    start = end
  }
}

/** Another restore that began meanwhile may have written records. Kinds that expire are not counted, as records may have been deleted. */
async function checkAlone(
  server: WholeDatabase,
  name: string,
  written: ReadonlyMap<Kind, number>,
): Promise<void> {
  for (const kind of allKinds)
    if (!ruleOf(kind).expires && (await server.countAll(kind)) !== (written.get(kind) ?? 0))
      throw notAlone(name)
}

const notAlone = (name: string): Problem =>
  new Problem('conflict', `another restore into \`${name}\` began meanwhile: run one at a time`)
