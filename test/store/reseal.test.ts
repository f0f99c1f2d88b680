// The rotation of the master key: every secret is sealed anew beside running servers, interrupted anywhere it goes on, and at
// the end the earlier key opens nothing.
import assert from 'node:assert/strict'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openMasterKey, sealedVersion } from '../../src/secure/key/master-key.ts'
import { Secret } from '../../src/secure/secret.ts'
import { kinds, ruleOf } from '../../src/store/kinds.ts'
import { openExistingStore, type StorePlace } from '../../src/store/open.ts'
import type { Kind } from '../../src/store/records.ts'
import { prepareMasterKey, type ResealContext, resealStore } from '../../src/store/reseal.ts'
import { openSqliteSource } from '../../src/store/sqlite/backup.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { anyRecord } from './any-record.ts'
import { accessKey, epoch } from './sample.ts'

const timeout = 90_000
const sealed = (Object.keys(kinds) as Kind[]).filter((kind) => ruleOf(kind).sealed.length > 0)
/** Longer than it takes a process to notice that the key file has changed. */
const settleMs = 2100

interface Place {
  readonly place: StorePlace
  readonly keys: string
  /** The store as another process opens it. */
  open(keys?: string): Promise<Store>
  context(more?: Partial<ResealContext>): ResealContext
  /** Versions under which fields of the store are sealed. */
  versions(): Promise<ReadonlySet<number>>
  /** Records with a sealed field. */
  sealedRecords(): Promise<number>
}

async function placeOf(t: TestContext): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'reseal-'))
  const [path, keys] = [join(dir, 'store.db'), join(dir, 'keys')]
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const open = async (from = keys) => {
    const store = await openSqlite(path, {
      masterKey: openMasterKey(from, { storeExists: from !== keys || false }),
      clock: () => epoch,
    })
    t.after(() => store.close())
    return store
  }
  /** For each record, the versions under which its fields are sealed; none for a record without its secret. */
  const fieldVersions = async () => {
    const source = openSqliteSource(path, openMasterKey(keys, { storeExists: true }))
    const found: number[][] = []
    for (const kind of sealed)
      for await (const body of source.bodies(kind, 0)) {
        const record = JSON.parse(body)
        const values = ruleOf(kind).sealed.map((field): unknown => record[field])
        found.push(values.filter((value) => typeof value === 'string').map(sealedVersion))
      }
    await source.close()
    return found
  }
  const place: StorePlace = { store: { engine: 'sqlite', path }, keysDir: keys }
  return {
    place,
    keys,
    open,
    context: (more = {}) => ({
      ...place,
      report: () => {},
      progress: () => {},
      stopped: new AbortController().signal,
      settleMs,
      ...more,
    }),
    versions: async () => new Set((await fieldVersions()).flat()),
    sealedRecords: async () => (await fieldVersions()).filter((versions) => versions.length > 0).length,
  }
}

async function filled(store: Store): Promise<void> {
  for (const kind of sealed) for (let n = 0; n < 20; n++) await store.create(kind, anyRecord(kind, 1, n))
}

test('every kind with secrets is sealed anew, expired records too, while another process writes', {
  timeout,
}, async (t) => {
  const { open, context, versions, sealedRecords, keys, place } = await placeOf(t)
  const other = await open()
  await filled(other)
  const sealedBefore = await sealedRecords()
  const before = await Promise.all(sealed.map((kind) => other.get(kind, anyRecord(kind, 1, 3).id)))
  const copy = join(keys, '..', 'before')
  cpSync(keys, copy, { recursive: true })
  await other.create('arrival', { ...anyRecord('arrival', 1, 99), expiresAt: 1000 })
  let writing = true
  let written = 0
  const writer = (async () => {
    while (writing) {
      await other.create('accessKey', accessKey(`AKIA${written++}`, `secret ${written}`))
      await pause(20)
    }
  })()
  const done = await resealStore(context())
  writing = false
  await writer
  assert.equal(done.version, 2)
  assert.ok(sealedBefore > 10 * sealed.length)
  assert.ok(done.records >= sealedBefore)
  assert.deepEqual(await versions(), new Set([2]))
  assert.deepEqual(openMasterKey(keys, { storeExists: true }).versions, [2])
  const fresh = await open()
  const after = await Promise.all(sealed.map((kind) => fresh.get(kind, anyRecord(kind, 1, 3).id)))
  const plain = (records: readonly unknown[]) =>
    JSON.stringify(records, (_, value) => (value instanceof Secret ? value.reveal() : value))
  assert.equal(plain(after), plain(before))
  assert.equal((await fresh.get('accessKey', 'AKIA0'))?.secret.reveal(), 'secret 1')
  // The key from before opens nothing of it any more.
  await assert.rejects(openExistingStore({ ...place, keysDir: copy }), {
    code: 'unavailable',
    message: /sealed under another master key/,
  })
})

test('interrupted at any record it is run again and ends, and both versions are open meanwhile', {
  timeout,
}, async (t) => {
  const { open, context, versions, keys } = await placeOf(t)
  const store = await open()
  await filled(store)
  for (const after of [1, 40, 100]) {
    const stopping = new AbortController()
    let reported = 0
    const stoppedAt = context({
      stopped: stopping.signal,
      progress: () => {
        reported += 32
        if (reported >= after) stopping.abort()
      },
    })
    await assert.rejects(resealStore(stoppedAt), { code: 'unavailable', message: /run the command again/ })
    assert.deepEqual(openMasterKey(keys, { storeExists: true }).versions, [1, 2])
    for (const kind of sealed) assert.ok(await store.get(kind, anyRecord(kind, 1, 7).id), kind)
  }
  assert.equal((await versions()).size, 2)
  assert.equal((await resealStore(context({ settleMs: 0 }))).version, 2)
  assert.deepEqual(await versions(), new Set([2]))
})

test('a prepared version is not used until the rotation, then by servers with a copy of the file too', {
  timeout,
}, async (t) => {
  const { open, context, versions, keys, place } = await placeOf(t)
  const here = await open()
  await filled(here)
  assert.equal(prepareMasterKey(place), 2)
  assert.throws(() => prepareMasterKey(place), { code: 'conflict' })
  const copy = join(keys, '..', 'copy')
  mkdirSync(copy, { mode: 0o700 })
  copyFileSync(join(keys, 'master-key.json'), join(copy, 'master-key.json'))
  const elsewhere = await open(copy)
  await elsewhere.create('accessKey', accessKey('AKIABEFORE', 'x'))
  assert.deepEqual(await versions(), new Set([1]))
  await resealStore(context({ settleMs: 0 }))
  // It has read one record of the new version: from then on it writes with it.
  assert.equal((await elsewhere.get('accessKey', 'AKIABEFORE'))?.secret.reveal(), 'x')
  await elsewhere.create('accessKey', accessKey('AKIAAFTER', 'y'))
  assert.deepEqual(await versions(), new Set([2]))
  assert.match(readFileSync(join(copy, 'master-key.json'), 'utf8'), /"current": 1/)
})
