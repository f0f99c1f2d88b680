// A store given whole and taken whole, within and between engines; and what is refused as a backup.
import assert from 'node:assert/strict'
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type TestContext, test } from 'node:test'
import { createGzip } from 'node:zlib'
import { type MasterKey, openMasterKey, rotateMasterKey } from '../../../src/secure/key/master-key.ts'
import { expansion, readBackup, writeBackup } from '../../../src/store/backup/file.ts'
import {
  type BackupKey,
  backUp,
  readingOrder,
  type Source,
  type Target,
} from '../../../src/store/backup/format.ts'
import { type Restored, restore } from '../../../src/store/backup/restore.ts'
import { kinds } from '../../../src/store/kinds.ts'
import { openMongo, openMongoSource, openMongoTarget } from '../../../src/store/mongo/mongo.ts'
import type { Kind } from '../../../src/store/records.ts'
import { openSqliteSource, openSqliteTarget } from '../../../src/store/sqlite/backup.ts'
import { openSqlite } from '../../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../../src/store/store.ts'
import { testDatabase, withoutServer } from '../../support/databases/mongo-server.ts'
import { isLongForm } from '../../support/long-form.ts'
import { anyRecord, idsPerKind } from '../any-record.ts'
import { accessKey, epoch, setting, spent, user } from '../sample.ts'

interface Place {
  readonly open: () => Promise<Store>
  readonly source: () => Promise<Source>
  readonly target: () => Promise<Target>
}

function scratch(t: TestContext): { readonly dir: string; readonly keys: string; readonly key: MasterKey } {
  const dir = mkdtempSync(join(tmpdir(), 'backup-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const keys = join(dir, 'keys')
  return { dir, keys, key: openMasterKey(keys, { storeExists: false }) }
}

const clock = () => epoch
const sqliteAt = (path: string, masterKey: MasterKey): Place => ({
  open: () => openSqlite(path, { masterKey, clock }),
  source: async () => openSqliteSource(path, masterKey),
  target: async () => openSqliteTarget(path, masterKey),
})

async function mongoAt(t: TestContext, masterKey: MasterKey): Promise<Place & { readonly url: string }> {
  const { url, drop } = await testDatabase()
  t.after(drop)
  return {
    url,
    open: async () => (await openMongo(url, { masterKey: () => masterKey, clock })).store,
    source: () => openMongoSource(url, masterKey),
    target: () => openMongoTarget(url, masterKey),
  }
}

async function textOf(source: Source, key: BackupKey): Promise<string> {
  try {
    return (await Array.fromAsync(backUp(source, key, { now: epoch, counts: new Map() }))).join('')
  } finally {
    await source.close()
  }
}

/** A source that holds just these lines. */
const holding = (bodies: Partial<Record<Kind, readonly string[]>>): Source => ({
  engine: 'sqlite',
  name: 'lines',
  consistency: 'snapshot',
  bodies: (kind) => bodies[kind] ?? [],
  close: async () => undefined,
})

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  // Odd pieces, so that lines stand across them.
  for (let at = 0; at < bytes.length; at += 1009) yield bytes.subarray(at, at + 1009)
}

const restored = (text: string, key: BackupKey, place: Place): Promise<Restored> =>
  restore(bytesOf(text), key, place.target)

/** All records with their secrets, as text to compare. */
async function everything(place: Place, ids: ReadonlyMap<Kind, readonly string[]>): Promise<string[]> {
  const store = await place.open()
  try {
    const all: string[] = []
    for (const [kind, list] of ids)
      for (const id of list) {
        const record = await store.get(kind, id)
        const { sealed } = kinds[kind] as { readonly sealed: readonly string[] }
        const secrets = sealed.map((field) =>
          (record as unknown as Record<string, { reveal(): string } | undefined>)?.[field]?.reveal(),
        )
        all.push(JSON.stringify([kind, id, record, secrets]))
      }
    return all
  } finally {
    await store.close()
  }
}

async function filled(place: Place, seed: number): Promise<ReadonlyMap<Kind, readonly string[]>> {
  const store = await place.open()
  for (const kind of readingOrder)
    for (let n = 0; n < idsPerKind; n++) await store.create(kind, anyRecord(kind, seed, n))
  await store.close()
  return new Map(
    readingOrder.map((kind) => [
      kind,
      Array.from({ length: idsPerKind }, (_, n) => anyRecord(kind, seed, n).id),
    ]),
  )
}

test('every kind is read, and whatever refers to another before that', () => {
  assert.deepEqual([...readingOrder].sort(), Object.keys(kinds).sort())
  const place = (kind: Kind) => readingOrder.indexOf(kind)
  for (const [from, to] of [
    ['accessKey', 'user'],
    ['mfaDevice', 'user'],
    ['user', 'group'],
    ['user', 'policy'],
    ['role', 'policy'],
    ['user', 'identityProvider'],
    ['policy', 'account'],
    ['auditEntry', 'key'],
    ['artifact', 'key'],
  ] as const)
    assert.ok(place(from) < place(to), `${from} refers to ${to}`)
})

for (const seed of isLongForm ? [1, 2, 3] : [1]) {
  test(`random records of every kind are restored from SQLite to SQLite (seed ${seed})`, async (t) => {
    const { dir, key } = scratch(t)
    const from = sqliteAt(join(dir, 'a.db'), key)
    const ids = await filled(from, seed)
    const to = sqliteAt(join(dir, 'b.db'), key)
    const { counts } = await restored(await textOf(await from.source(), key), key, to)
    assert.equal(counts.size, readingOrder.length)
    assert.deepEqual(await everything(to, ids), await everything(from, ids))
    assert.equal(statSync(join(dir, 'b.db')).mode & 0o777, 0o600)
  })
}

/** MongoDB is tried in the long form: `npm test` starts no server of it. */
const skip = isLongForm && (await withoutServer())
const places = async (t: TestContext, path: string, key: MasterKey): Promise<readonly Place[]> =>
  isLongForm ? [sqliteAt(path, key), await mongoAt(t, key)] : [sqliteAt(path, key)]

const throughMongo = async (t: TestContext): Promise<void> => {
  const { dir, key } = scratch(t)
  const first = sqliteAt(join(dir, 'a.db'), key)
  const ids = await filled(first, 4)
  const middle = await mongoAt(t, key)
  const text = await textOf(await first.source(), key)
  await restored(text, key, middle)
  assert.deepEqual(await everything(middle, ids), await everything(first, ids))
  const last = sqliteAt(join(dir, 'b.db'), key)
  const again = await textOf(await middle.source(), key)
  await restored(again, key, last)
  assert.deepEqual(await everything(last, ids), await everything(first, ids))
  // In whatever order the engine reads fastest.
  const records = (whole: string) => whole.split('\n').slice(1, -2).sort()
  assert.deepEqual(records(again), records(text))
}
if (isLongForm)
  test('records restored from SQLite to MongoDB to SQLite are unchanged', { skip }, throughMongo)

test('lookups and unique names hold after a restore', async (t) => {
  const { dir, key } = scratch(t)
  const made = user('AIDA1', { name: 'Ann', groups: ['AGPA1', 'AGPA2'] })
  const text = await textOf(holding({ user: [JSON.stringify(made)] }), key)
  const place = sqliteAt(join(dir, 'a.db'), key)
  await restored(text, key, place)
  const store = await place.open()
  t.after(() => store.close())
  for (const value of made.groups)
    assert.equal((await store.find('user', { by: 'group', value }, { limit: 5 })).records[0]?.id, 'AIDA1')
  await assert.rejects(store.create('user', user('AIDA2', { name: 'ann' })), { code: 'conflict' })
  await store.update('user', 'AIDA1', (old) => ({ ...old, groups: [] }))
  assert.equal((await store.find('user', { by: 'group', value: 'AGPA1' }, { limit: 5 })).records.length, 0)
})

test('a backup is a snapshot, blocks no writer, and omits expired records', async (t) => {
  const { dir, key } = scratch(t)
  const place = sqliteAt(join(dir, 'a.db'), key)
  const store = await place.open()
  t.after(() => store.close())
  await store.create('setting', setting('before', 'old'))
  await store.create('spent', { id: 'gone', accountId: '111122223333', expiresAt: epoch - 1e6 })
  await store.create('spent', { id: 'live', accountId: '111122223333', expiresAt: epoch + 1 })
  const source = await place.source()
  await store.create('setting', setting('after'))
  await store.update('setting', 'before', (old) => ({ ...old, value: 'new' }))
  const text = await textOf(source, key)
  assert.match(text, /"id":"before","accountId":"\d+","value":"old"/)
  assert.doesNotMatch(text, /"id":"(after|gone)"/)
  assert.match(text, /"id":"live"/)
})

test('what ends within a second, or after the last date, is restored', { skip }, async (t) => {
  const { dir, key } = scratch(t)
  const ends = [epoch + 10.5, 1e300]
  const records = ends.map((end) => spent(`until ${end}`, end))
  const text = await textOf(holding({ spent: records.map((record) => JSON.stringify(record)) }), key)
  for (const place of await places(t, join(dir, 'to.db'), key)) {
    await restored(text, key, place)
    const store = await place.open()
    t.after(() => store.close())
    for (const record of records) assert.deepEqual(await store.get('spent', record.id), record)
  }
})

test('no secret stands in a backup', async (t) => {
  const { dir, key } = scratch(t)
  const place = sqliteAt(join(dir, 'a.db'), key)
  const store = await place.open()
  await store.create('accessKey', accessKey('AKIA1', 'tell-nobody-0123456789'))
  await store.close()
  const text = await textOf(await place.source(), key)
  assert.match(text, /"id":"AKIA1"/)
  assert.ok(!text.includes('tell-nobody'))
})

const refusals: readonly (readonly [string, (whole: string) => string, RegExp])[] = [
  ['nothing', () => '', /the backup is empty/],
  ['another file', () => 'PK\u0003\u0004 something\n', /line 1 of the backup: this is not a backup/],
  ['other JSON lines', () => '{"a":1}\n', /line 1 of the backup: this is not a backup/],
  ['a newer format', (w) => w.replace('backup/1', 'backup/2'), /made by a newer version \(backup\/2\)/],
  ['a kind of tomorrow', (w) => w.replace('"kinds":[', '"kinds":["robot",'), /newer version .*`robot`/],
  ['one cut between lines', (w) => `${w.split('\n').slice(0, 3).join('\n')}\n`, /ends at line 3, before/],
  ['one cut within a line', (w) => w.slice(0, w.length - 9), /ends at line 5, before/],
  ['only a header', (w) => `${w.split('\n')[0]}\n`, /ends at line 1, before/],
  ['a changed value', (w) => w.replace('"value":"v"', '"value":"w"'), /the backup was changed/],
  ['a line less', (w) => w.split('\n').toSpliced(2, 1).join('\n'), /the backup was changed/],
  ['more after the end', (w) => `${w}{"kind":"setting"}\n`, /line 6 of the backup: follows the last line/],
  [
    'a line of no JSON',
    (w) => w.split('\n').with(2, '{"kind"').join('\n'),
    /line 3 of the backup: is not a JSON/,
  ],
  [
    'an unknown kind',
    (w) => w.replace('"kind":"setting"', '"kind":"constructor"'),
    /line \d of .*`constructor` is not a kind/,
  ],
  ['a record without id', (w) => w.replace('"id":"AIDA1",', ''), /line \d of the backup: has no id/],
  [
    'a record of the wrong shape',
    (w) => w.replace('"path":"/"', '"path":7,"name":null'),
    /is not a valid record of kind `user`/,
  ],
  [
    'a secret that is not sealed',
    (w) => w.replace(/"secret":"[^"]+"/, '"secret":"plain"'),
    /line 2 of .*`secret` is not sealed/,
  ],
]

test('what is refused as a backup leaves nothing', async (t) => {
  const { dir, key } = scratch(t)
  const from = sqliteAt(join(dir, 'from', 'a.db'), key)
  const store = await from.open()
  await store.create('setting', setting('one'))
  await store.create('user', user('AIDA1'))
  await store.create('accessKey', accessKey('AKIA1', 'hush'))
  await store.close()
  const whole = await textOf(await from.source(), key)
  for (const [n, [what, change, message]] of refusals.entries())
    await t.test(what, async () => {
      const changed = change(whole)
      assert.notEqual(changed, whole)
      const at = join(dir, `to-${n}`)
      await assert.rejects(restored(changed, key, sqliteAt(join(at, 'a.db'), key)), {
        name: 'Problem',
        message,
      })
      assert.deepEqual(existsSync(at) ? readdirSync(at) : [], [])
    })
})

test('an id or a unique value that stands twice is refused with its line', { skip }, async (t) => {
  const { dir, key } = scratch(t)
  const same = [setting('a'), setting('b'), setting('a')].map((one) => JSON.stringify(one))
  const clash = [user('AIDA1', { name: 'x' }), user('AIDA2', { name: 'X' })].map((one) => JSON.stringify(one))
  for (const [bodies, line] of [
    [{ setting: same }, 4],
    [{ user: clash, counter: [] }, 3],
    [{ user: clash, spent: [JSON.stringify({ id: 's', accountId: 'a', expiresAt: epoch })] }, 4],
  ] as const) {
    const text = await textOf(holding(bodies), key)
    for (const place of await places(t, join(dir, 'a.db'), key))
      await assert.rejects(restored(text, key, place), {
        message: new RegExp(`^line ${line} of the backup: its id or one of its unique values`),
      })
  }
})

test('another master key, or one from before a rotation, is refused before anything is made', async (t) => {
  const { dir, keys, key } = scratch(t)
  const older = openMasterKey(keys, { storeExists: true })
  const otherKey = openMasterKey(join(dir, 'other'), { storeExists: false })
  const text = await textOf(holding({ setting: [JSON.stringify(setting('a'))] }), key)
  const message = /^this backup was made under another master key: set CHANCERY_KEYS/
  const refused = (from: string, under: BackupKey) =>
    assert.rejects(
      restore(bytesOf(from), under, () => assert.fail('a target was made')),
      { message },
    )
  await refused(text, otherKey)
  const copied = join(dir, 'copied')
  openMasterKey(copied, { storeExists: false })
  writeFileSync(join(copied, 'master-key.json'), JSON.stringify(keyFile(keys)), { mode: 0o600 })
  rotateMasterKey(keys)
  const newer = openMasterKey(keys, { storeExists: true })
  await refused(await textOf(holding({}), newer), openMasterKey(copied, { storeExists: true }))
  await restored(text, newer, sqliteAt(join(dir, 'a.db'), older))
})

test('a store that is there is not restored into', { skip }, async (t) => {
  const { dir, key } = scratch(t)
  const text = await textOf(holding({ setting: [JSON.stringify(setting('a', 'backup'))] }), key)
  for (const place of await places(t, join(dir, 'a.db'), key)) {
    const store = await place.open()
    await store.create('setting', setting('a', 'mine'))
    await assert.rejects(restored(text, key, place), {
      code: 'conflict',
      message: /^a restore creates a new store/,
    })
    assert.equal((await store.get('setting', 'a'))?.value, 'mine')
    await store.close()
  }
})

test('the log of a store that was moved away is not played into the new one', async (t) => {
  const { dir, key } = scratch(t)
  writeFileSync(join(dir, 'a.db-wal'), 'old')
  assert.throws(() => openSqliteTarget(join(dir, 'a.db'), key), { message: /a\.db-wal` exists/ })
})

test('no server starts during a restore, which never replaces a store created meanwhile', async (t) => {
  const { dir, key } = scratch(t)
  const place = sqliteAt(join(dir, 'a.db'), key)
  const other = sqliteAt(join(dir, 'b.db'), key)
  await (await other.open()).close()
  const target = await place.target()
  await assert.rejects(place.open(), {
    code: 'unavailable',
    message: /is not complete: wait for `chancery restore`/,
  })
  renameSync(join(dir, 'b.db'), join(dir, 'a.db'))
  await assert.rejects(target.finish(), { code: 'conflict' })
  await target.abandon()
  assert.deepEqual(
    readdirSync(dir).filter((name) => name.includes('restoring')),
    [],
  )
})

test('what a killed restore left beside the store is swept by the next', async (t) => {
  const { dir, key } = scratch(t)
  // No process has the highest number there is.
  writeFileSync(join(dir, 'a.db.restoring.4194304.0123456789ab'), 'half')
  await restored(await textOf(holding({}), key), key, sqliteAt(join(dir, 'a.db'), key))
  assert.deepEqual(readdirSync(dir).sort(), ['a.db', 'keys'])
})

const afterInterruption = async (t: TestContext): Promise<void> => {
  const { key } = scratch(t)
  const place = await mongoAt(t, key)
  const body = JSON.stringify(setting('half'))
  const half = await place.target()
  await half.write([{ kind: 'setting', record: setting('half'), body }])
  for (const open of [place.open, place.source])
    await assert.rejects(open(), { message: /is not complete: wait for `chancery restore`/ })
  await restored(await textOf(holding({ setting: [JSON.stringify(setting('whole'))] }), key), key, place)
  await assert.rejects(half.finish(), { code: 'conflict', message: /another restore into/ })
  await half.abandon()
  const store = await place.open()
  t.after(() => store.close())
  assert.equal(await store.get('setting', 'half'), undefined)
  assert.ok(await store.get('setting', 'whole'))
}
if (isLongForm)
  test(
    'an interrupted restore cannot be opened, and the next restore starts again',
    { skip },
    afterInterruption,
  )

const afterRefusal = async (t: TestContext): Promise<void> => {
  const { key } = scratch(t)
  const place = await mongoAt(t, key)
  const text = await textOf(holding({ setting: [JSON.stringify(setting('a'))] }), key)
  await assert.rejects(restored(text.replace('"value":"v"', '"value":"w"'), key, place))
  await restored(text, key, place)
}
if (isLongForm) test('a refused restore leaves the database empty', { skip }, afterRefusal)

test('there is no backup of a store that is not there, and none is made', { skip }, async (t) => {
  const { dir, key } = scratch(t)
  for (const place of await places(t, join(dir, 'a.db'), key))
    await assert.rejects(place.source(), { code: 'not_found', message: /^there is no store/ })
  assert.ok(!existsSync(join(dir, 'a.db')))
})

for (const name of ['b.jsonl', 'b.jsonl.gz']) {
  test(`${name} is private, whole or not there, and never written over`, async (t) => {
    const { dir, key } = scratch(t)
    const path = join(dir, name)
    const source = holding({ setting: [JSON.stringify(setting('a'))] })
    const text = () => backUp(source, key, { now: epoch, counts: new Map() })
    async function* failing(): AsyncGenerator<string> {
      yield* text()
      throw new Error('the store went away')
    }
    await assert.rejects(writeBackup(path, failing()), /went away/)
    assert.deepEqual(readdirSync(dir), ['keys'])
    await writeBackup(path, text())
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(dir).sort(), [name, 'keys'].sort())
    await assert.rejects(writeBackup(path, text()), { code: 'conflict', message: /name another file/ })
    await restore(readBackup(path), key, sqliteAt(join(dir, 'a.db'), key).target)
  })
}

test('46: an archive that unpacks to far more than its size is refused while it is read, and nothing is left', {
  timeout: 60_000,
}, async (t) => {
  const { dir, key } = scratch(t)
  const [header = ''] = (await textOf(holding({}), key)).split('\n')
  const { accountId } = user('u')
  // Records that are in order but for the last line, which never comes; as a stream, so that sixty megabytes are not held.
  const filler = 'x'.repeat(60_000)
  function* text() {
    yield `${header}\n`
    for (let n = 0; n < 1_000; n++)
      yield `{"kind":"setting","record":{"id":"s${n}","accountId":"${accountId}","value":"${filler}"}}\n`
  }
  const path = join(dir, 'bomb.gz')
  await pipeline(text, createGzip({ level: 9 }), createWriteStream(path))
  const size = statSync(path).size
  assert.ok(size < 400_000, `${size}`)
  let unpacked = 0
  async function* counted() {
    for await (const piece of readBackup(path)) {
      unpacked += piece.length
      yield piece
    }
  }
  const store = join(dir, 'a.db')
  await assert.rejects(restore(counted(), key, sqliteAt(store, key).target), {
    code: 'invalid_input',
    message: /unpacks to more than 100 times its size/,
  })
  assert.ok(unpacked <= expansion.free + expansion.factor * size, `${unpacked} of ${size}`)
  assert.deepEqual(readdirSync(dir).sort(), ['bomb.gz', 'keys'])
})

test('gzip that was cut off, and a file that is not there, are refused in words', async (t) => {
  const { dir, key } = scratch(t)
  const path = join(dir, 'b.gz')
  await writeBackup(path, backUp(holding({}), key, { now: epoch, counts: new Map() }))
  const { readFileSync } = await import('node:fs')
  const cut = join(dir, 'cut.gz')
  writeFileSync(cut, readFileSync(path).subarray(0, -12))
  const to = sqliteAt(join(dir, 'a.db'), key).target
  await assert.rejects(restore(readBackup(cut), key, to), {
    message: /was cut off or changed: take a whole copy/,
  })
  await assert.rejects(restore(readBackup(join(dir, 'none')), key, to), { message: /^cannot read `.*none`/ })
})

function keyFile(keys: string): unknown {
  const { readFileSync } = process.getBuiltinModule('node:fs')
  return JSON.parse(readFileSync(join(keys, 'master-key.json'), 'utf8'))
}
