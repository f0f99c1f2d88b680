// Two processes on one file: each gets its turn at the lock.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { prepareFile, schemaVersion } from '../../src/store/sqlite/file.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { spent } from './sample.ts'

/** Holds the lock for 20 ms at a time, counted in `turns`, and lets it go for a third of one, as a process does that has much to write. */
const greedy = `
  const { workerData, parentPort } = require('node:worker_threads')
  const { DatabaseSync } = require('node:sqlite')
  const cell = new Int32Array(new SharedArrayBuffer(4))
  const db = new DatabaseSync(workerData.path, { timeout: 10000 })
  parentPort.postMessage('greedy')
  for (;;) {
    db.exec('BEGIN IMMEDIATE')
    Atomics.add(workerData.turns, 0, 1)
    Atomics.wait(cell, 0, 0, 20)
    db.exec('COMMIT')
    Atomics.wait(cell, 0, 0, 0.3)
  }`

test('another process that commits without rest does not keep us from our turn', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-turns-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const path = join(dir, 'store.db')
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
  const store = await openSqlite(path, { masterKey })
  const turns = new Int32Array(new SharedArrayBuffer(4))
  const other = new Worker(greedy, { eval: true, workerData: { path, turns } })
  t.after(async () => {
    await other.terminate()
    await store.close()
  })
  await new Promise((started) => other.once('message', started))
  const writes = 20
  const before = Atomics.load(turns, 0)
  for (let n = 0; n < writes; n++) await store.create('spent', spent(`jti-${n}`, 4_000_000_000))
  const each = (Atomics.load(turns, 0) - before) / writes
  assert.ok(each < 5, `a write waited for ${each} turns of the other`)
})

/** Holds the lock for so many milliseconds, or until it is notified. */
const holding = `
  const { workerData, parentPort } = require('node:worker_threads')
  const { DatabaseSync } = require('node:sqlite')
  const db = new DatabaseSync(workerData.path)
  db.exec('BEGIN IMMEDIATE')
  parentPort.postMessage('holding')
  Atomics.wait(workerData.released, 0, 0, workerData.ms)
  db.exec('COMMIT')`

test('writes that wait for one lock share the time limit and fail together', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-turns-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const path = join(dir, 'store.db')
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
  const patience = 1000
  const store = await openSqlite(path, { masterKey, patience })
  const later = await openSqlite(path, { masterKey, patience })
  const other = new DatabaseSync(path)
  t.after(async () => {
    other.close()
    await store.close()
    await later.close()
  })
  other.exec('BEGIN IMMEDIATE')
  const refused = (one: Store, id: string) =>
    assert.rejects(one.create('spent', spent(id, 4_000_000_000)), { code: 'unavailable', retryAfter: 1 })
  const order: string[] = []
  const note = (what: string) => () => void order.push(what)
  const limit = pause(patience * 0.5).then(note('the time limit'))
  await refused(store, 'jti-0').then(note('the first write'))
  await limit
  // Another process begins to wait now, for the whole time limit; the further writes of this one no longer do.
  const itsOwn = refused(later, 'jti-later').then(note('a write that waits for itself'))
  // One after the other, as a request makes them.
  for (let n = 1; n < 4; n++) await refused(store, `jti-${n}`)
  note('the further writes')()
  await itsOwn
  assert.deepEqual(order, [
    'the time limit',
    'the first write',
    'the further writes',
    'a write that waits for itself',
  ])
  const create = () => store.create('spent', spent('jti-then', 4_000_000_000))
  // A lock that is let go of soon is waited for all the same.
  const waits = create()
  await new Promise((next) => setTimeout(next, 20))
  other.exec('COMMIT')
  await waits
  other.exec('BEGIN IMMEDIATE')
  order.length = 0
  const again = pause(patience * 0.5).then(note('the time limit'))
  await assert.rejects(store.delete('spent', 'jti-then'), { code: 'unavailable' })
  note('the write')()
  await again
  assert.deepEqual(order, ['the time limit', 'the write'], 'another lock is waited for as long as the first')
  other.exec('COMMIT')
})

test('who starts while another process brings the store to this version waits for its end, however long', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-turns-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const path = join(dir, 'store.db')
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
  prepareFile(path, masterKey)
  const whileHeld = async (ms = 120_000) => {
    const released = new Int32Array(new SharedArrayBuffer(4))
    const other = new Worker(holding, { eval: true, workerData: { path, released, ms } })
    await once(other, 'message')
    const said: string[] = []
    try {
      prepareFile(path, masterKey, { say: (line) => said.push(line), patience: 50 })
    } finally {
      Atomics.store(released, 0, 1)
      Atomics.notify(released, 0)
      await once(other, 'exit')
    }
    return said
  }
  await assert.rejects(whileHeld(), {
    code: 'unavailable',
    message: /is locked by another process: try again/,
  })
  const db = new DatabaseSync(path)
  db.exec('PRAGMA user_version = 2')
  db.close()
  assert.match(
    (await whileHeld(400)).join(),
    new RegExp(`has version 2 and is now upgraded to version ${schemaVersion}`),
  )
  assert.deepEqual(await whileHeld().catch(({ code }) => code), 'unavailable', 'it is of this version now')
})
