// Writes that come while the writer waits for another process's lock.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openMasterKey } from '../../../src/secure/key/master-key.ts'
import { prepareFile } from '../../../src/store/sqlite/file.ts'
import { numberOf, type Value } from '../../../src/store/sqlite/layout.ts'
import { op } from '../../../src/store/sqlite/messages.ts'
import { WriteQueue } from '../../../src/store/sqlite/queue.ts'
import { until } from '../../support/waiting.ts'

const ping: readonly Value[] = [op.ping]
/** Of a record that does not exist; its result is null. */
const remove: readonly Value[] = [op.remove, numberOf('spent'), 'nobody']

/** A queue, and another connection that holds the lock of its file. */
async function lockedQueue(t: TestContext, patience: number) {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-queue-'))
  const path = join(dir, 'store.db')
  prepareFile(path, openMasterKey(join(dir, 'keys'), { storeExists: false }))
  // A ping stores the time, and SQLite writes no page for a value that is there already.
  let now = 0
  const clock = () => ++now
  const queue = await WriteQueue.open({ path, patience }, clock, () => undefined)
  const other = new DatabaseSync(path)
  t.after(async () => {
    other.close()
    await queue.close()
    rmSync(dir, { recursive: true, force: true })
  })
  await queue.add(ping) // begins the -wal file
  other.exec('BEGIN IMMEDIATE')
  return { path, queue, other }
}

/** Adds the operations in one turn of the event loop each, once the writer waits. */
async function addWhileWaiting(queue: WriteQueue, operations: readonly (readonly Value[])[]) {
  const added: Promise<Value>[] = []
  for (const operation of operations) {
    const settled = queue.add(operation)
    settled.catch(() => undefined)
    added.push(settled)
    await until('the writer waits for the lock', () => queue.waitsForLock)
    await nextTurn()
  }
  return added
}

/** Transactions in the -wal file, whose last frame has the size of the database (SQLite, "WAL-mode File Format" section 1). */
function commitsIn(path: string): number {
  const wal = readFileSync(`${path}-wal`)
  const frame = 24 + wal.readUInt32BE(8)
  const salts = wal.subarray(16, 24)
  let commits = 0
  for (let at = 32; at + frame <= wal.length; at += frame)
    if (wal.readUInt32BE(at + 4) > 0 && wal.subarray(at + 8, at + 16).equals(salts)) commits++
  return commits
}

test('writes that come while another process has the lock are one transaction', {
  timeout: 300_000,
}, async (t) => {
  const { path, queue, other } = await lockedQueue(t, 120_000)
  const before = commitsIn(path)
  const added = await addWhileWaiting(queue, [ping, remove, ping])
  other.exec('ROLLBACK')
  assert.deepEqual(await Promise.all(added), [1, null, 1])
  assert.equal(commitsIn(path) - before, 1)
  assert.equal(queue.waitsForLock, false)
})

test('they fail together when it stays locked, and later ones are written', {
  timeout: 300_000,
}, async (t) => {
  const { queue, other } = await lockedQueue(t, 2000)
  const added = await addWhileWaiting(queue, [ping, ping])
  for (const one of await Promise.allSettled(added)) assert.equal(one.status, 'rejected')
  other.exec('ROLLBACK')
  assert.equal(await queue.add(ping), 1)
})
