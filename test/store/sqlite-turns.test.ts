// Two processes on one file: each gets its turn at the lock.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { openMasterKey } from '../../src/secure/master-key.ts'
import { prepareFile } from '../../src/store/sqlite/file.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { spent } from './sample.ts'

/** Holds the lock for 20 ms at a time and lets it go for a third of one, as a process does that has much to write. */
const greedy = `
  const { workerData, parentPort } = require('node:worker_threads')
  const { DatabaseSync } = require('node:sqlite')
  const cell = new Int32Array(new SharedArrayBuffer(4))
  const db = new DatabaseSync(workerData, { timeout: 10000 })
  parentPort.postMessage('greedy')
  for (;;) {
    db.exec('BEGIN IMMEDIATE')
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
  const other = new Worker(greedy, { eval: true, workerData: path })
  t.after(async () => {
    await other.terminate()
    await store.close()
  })
  await new Promise((started) => other.once('message', started))
  const began = performance.now()
  const writes = 20
  for (let n = 0; n < writes; n++) await store.create('spent', spent(`jti-${n}`, 4_000_000_000))
  const each = (performance.now() - began) / writes
  assert.ok(each < 100, `a write took ${each.toFixed(0)} ms, where the other holds the lock for 20`)
})

const holding = `
  const { workerData, parentPort } = require('node:worker_threads')
  const { DatabaseSync } = require('node:sqlite')
  const db = new DatabaseSync(workerData)
  db.exec('BEGIN IMMEDIATE')
  parentPort.postMessage('holding')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400)
  db.exec('COMMIT')`

test('changes that wait behind one lock wait together, and are told together that it is held', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-turns-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const path = join(dir, 'store.db')
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
  const store = await openSqlite(path, { masterKey, patience: 300 })
  const other = new DatabaseSync(path)
  t.after(async () => {
    other.close()
    await store.close()
  })
  other.exec('BEGIN IMMEDIATE')
  const began = performance.now()
  // One after the other, as a request makes them.
  for (let n = 0; n < 4; n++)
    await assert.rejects(store.create('spent', spent(`jti-${n}`, 4_000_000_000)), {
      code: 'unavailable',
      retryAfter: 1,
    })
  const took = performance.now() - began
  assert.ok(took > 300 && took < 1000, `${took} ms, and four times 300 are 1200`)
  const create = () => store.create('spent', spent('jti-then', 4_000_000_000))
  // A lock that is let go of soon is waited for all the same.
  const waits = create()
  await new Promise((next) => setTimeout(next, 20))
  other.exec('COMMIT')
  await waits
  other.exec('BEGIN IMMEDIATE')
  const again = performance.now()
  await assert.rejects(store.delete('spent', 'jti-then'), { code: 'unavailable' })
  assert.ok(performance.now() - again > 300, 'another lock is waited for as long as the first')
  other.exec('COMMIT')
})

test('who starts while another process brings the store to this version waits for its end, however long', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-turns-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const path = join(dir, 'store.db')
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
  prepareFile(path, masterKey)
  const whileHeld = async () => {
    const other = new Worker(holding, { eval: true, workerData: path })
    await once(other, 'message')
    const said: string[] = []
    try {
      prepareFile(path, masterKey, { say: (line) => said.push(line), patience: 50 })
    } finally {
      await once(other, 'exit')
    }
    return said
  }
  await assert.rejects(whileHeld(), { code: 'unavailable', message: /is held by another process: try again/ })
  const db = new DatabaseSync(path)
  db.exec('PRAGMA user_version = 2')
  db.close()
  assert.match((await whileHeld()).join(), /is of version 2; its tables are written anew for version 4, once/)
  assert.deepEqual(await whileHeld().catch(({ code }) => code), 'unavailable', 'it is of this version now')
})
