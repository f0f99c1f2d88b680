import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { openMasterKey } from '../../../src/secure/key/master-key.ts'
import type { LinkedIdentity } from '../../../src/store/records.ts'
import { openSqliteSource } from '../../../src/store/sqlite/backup.ts'
import { schemaVersion } from '../../../src/store/sqlite/file.ts'
import { openSqlite } from '../../../src/store/sqlite/sqlite.ts'
import { account, delivery, epoch, policy, setting, user } from '../sample.ts'
import { open, sqlitePlace } from '../sqlite-place.ts'

async function place(t: TestContext): Promise<{ dir: string; file: string }> {
  const { dir, remove } = await sqlitePlace()
  t.after(remove)
  return { dir, file: join(dir, 'data', 'store.db') }
}

const unavailable = (message: RegExp) => ({ name: 'Problem', code: 'unavailable', message })

test('the directory is 0700 and every file in it 0600', async (t) => {
  const { dir } = await place(t)
  const store = await open(dir)
  await store.create('setting', setting('a'))
  const data = join(dir, 'data')
  assert.equal(statSync(data).mode & 0o777, 0o700)
  assert.ok(readdirSync(data).length >= 2)
  for (const name of readdirSync(data)) assert.equal(statSync(join(data, name)).mode & 0o777, 0o600, name)
  await store.close()
})

test('a store that was closed is one file', async (t) => {
  const { dir, file } = await place(t)
  const store = await open(dir)
  await store.create('setting', setting('a'))
  await store.close()
  assert.deepEqual(readdirSync(join(dir, 'data')), [basename(file)])
})

test('a file that others could read is made private', async (t) => {
  const { dir, file } = await place(t)
  await (await open(dir)).close()
  chmodSync(file, 0o644)
  await (await open(dir)).close()
  assert.equal(statSync(file).mode & 0o777, 0o600)
})

test('a store of a newer version is refused and left as it is', async (t) => {
  const { dir, file } = await place(t)
  await (await open(dir)).close()
  const db = new DatabaseSync(file)
  db.exec('PRAGMA user_version = 99')
  db.close()
  await assert.rejects(open(dir), unavailable(/version 99 .*start the newer program/))
})

test('a store of an earlier version is brought up to this one, with all that is in it', async (t) => {
  const { dir, file } = await place(t)
  const first = await open(dir)
  const ada = user('AIDA1', { email: 'ada@example.com', groups: ['AGPA1'], identities: [identity] })
  await first.create('user', ada)
  await first.close()
  const db = new DatabaseSync(file)
  // As version 1 had it: without some kinds, without a lookup, and one kind under its former name.
  db.exec(
    `DROP TABLE "delivery"; DROP TABLE "user_identity"; DROP INDEX "user by email"; ALTER TABLE "user" DROP COLUMN "by_email"`,
  )
  db.exec(
    `DROP TABLE "identityProvider"; CREATE TABLE "openIdProvider" (id TEXT PRIMARY KEY, version INTEGER, body TEXT)`,
  )
  const { name: _none, ...former } = provider
  db.prepare('INSERT INTO "openIdProvider" VALUES (?, 1, ?)').run(former.id, JSON.stringify(former))
  db.exec('PRAGMA user_version = 1')
  db.close()
  const stores = await Promise.all([open(dir), open(dir)])
  t.after(() => Promise.all(stores.map((store) => store.close())))
  for (const store of stores) {
    const by = async (lookup: 'email' | 'identity' | 'group', value: string) =>
      (await store.find('user', { by: lookup, value }, { limit: 9 })).records.map(({ id }) => id)
    assert.deepEqual(await by('email', `${account}/ada@example.com`), ['AIDA1'])
    assert.deepEqual(
      await by('identity', JSON.stringify([identity.provider, identity.issuer, identity.subject])),
      ['AIDA1'],
    )
    assert.deepEqual(await by('group', 'AGPA1'), ['AIDA1'])
    assert.equal(
      (await store.getBy('identityProvider', 'url', `${account} https://ci.example`))?.id,
      provider.id,
    )
  }
  await stores[0].create('delivery', delivery('d'))
  assert.deepEqual(await stores[1].get('delivery', 'd'), delivery('d'))
})

test('a store of version 2, whose rows lie in the index over their ids, becomes as a new one is, and loses nothing', async (t) => {
  const { dir, file } = await place(t)
  const { artifact, accessKey } = await import('../sample.ts')
  const first = await open(dir)
  const people = Array.from({ length: 30 }, (_, n) =>
    user(`AIDA${n}`, { email: `u${n}@example.com`, groups: ['AGPA1'] }),
  )
  for (const one of people) await first.create('user', one)
  await first.create('accessKey', accessKey('AKIA1', 'the secret'))
  await first.create('artifact', artifact('Session:1', { uid: 'u', subject: 'AIDA1', expiresAt: epoch * 2 }))
  await first.close()
  const db = new DatabaseSync(file)
  const schema = () =>
    db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all()
  const inIndex = () =>
    db
      .prepare('PRAGMA table_list')
      .all()
      .flatMap(({ name, wr }) => (wr === 1 ? [String(name)] : []))
  const asNew = schema()
  for (const { type, name, sql } of asNew) {
    if (type !== 'table' || inIndex().includes(String(name))) continue
    const indexes = asNew.filter((one) => one['tbl_name'] === name && one['type'] === 'index' && one['sql'])
    db.exec(`${String(sql).replace(`"${name}"`, '"then"')} WITHOUT ROWID`)
    db.exec(`INSERT INTO "then" SELECT * FROM "${name}"; DROP TABLE "${name}"`)
    db.exec(`ALTER TABLE "then" RENAME TO "${name}"`)
    for (const index of indexes) db.exec(String(index['sql']))
  }
  db.exec('PRAGMA user_version = 2')
  assert.ok(inIndex().includes('user') && inIndex().includes('artifact'))
  const stores = await Promise.all([open(dir), open(dir)])
  t.after(() => Promise.all(stores.map((store) => store.close())))
  assert.deepEqual(schema(), asNew)
  assert.ok(!inIndex().includes('user'))
  assert.equal(db.prepare('PRAGMA user_version').get()?.['user_version'], schemaVersion)
  assert.equal(db.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok')
  db.close()
  const [store] = stores
  assert.equal((await store.get('accessKey', 'AKIA1'))?.secret.reveal(), 'the secret')
  assert.equal((await store.getBy('artifact', 'uid', 'Session u'))?.id, 'Session:1')
  assert.equal((await store.find('user', { by: 'group', value: 'AGPA1' }, { limit: 99 })).records.length, 30)
  assert.equal((await store.getBy('user', 'name', `${account}/aida7`))?.email, 'u7@example.com')
  await assert.rejects(store.create('user', user('AIDA7')), { code: 'conflict' })
  await assert.rejects(store.create('user', user('AIDA99', { name: 'aida7' })), { code: 'conflict' })
})

test('a store of version 3, which counted nothing, is counted once and then kept right', async (t) => {
  const { dir, file } = await place(t)
  const first = await open(dir)
  for (const n of [1, 2, 3]) await first.create('user', user(`AIDA${n}`, { attached: ['arn:p'] }))
  await first.create('policy', policy('ANPA1'))
  await first.close()
  const db = new DatabaseSync(file)
  t.after(() => db.close())
  const schema = () => db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()
  const asNew = schema()
  for (const { type, name } of asNew) if (type === 'trigger') db.exec(`DROP TRIGGER "${name}"`)
  db.exec('DROP TABLE "store_count"; DROP TABLE "policy_versions"; PRAGMA user_version = 3')
  db.exec('DROP INDEX "identityProvider by kind"; ALTER TABLE "identityProvider" DROP COLUMN "by_kind"')
  db.exec('DROP INDEX "mfaDevice by inUse"; ALTER TABLE "mfaDevice" DROP COLUMN "by_inUse"')
  const stores = await Promise.all([open(dir), open(dir)])
  t.after(() => Promise.all(stores.map((store) => store.close())))
  const names = (rows: readonly Record<string, unknown>[]) => rows.map(({ type, name }) => `${type} ${name}`)
  assert.deepEqual(names(schema()), names(asNew))
  const [one, two] = stores
  await one.delete('user', 'AIDA3')
  assert.equal(await two.count('user', { by: 'account', value: account }), 2)
  assert.equal(await two.count('user', { by: 'attached', value: `${account} arn:p` }), 2)
  assert.equal(await two.count('policy', { by: 'versions', value: `${account} 1` }), 1)
})

test('after an upgrade that fails the store is as it was', async (t) => {
  const { dir, file } = await place(t)
  const first = await open(dir)
  await first.create('setting', setting('a'))
  await first.close()
  const db = new DatabaseSync(file)
  t.after(() => db.close())
  db.exec(
    `CREATE TABLE "then" (id TEXT PRIMARY KEY, version INTEGER, expires INTEGER, body TEXT) WITHOUT ROWID; INSERT INTO "then" SELECT * FROM "setting"; DROP TABLE "setting"; ALTER TABLE "then" RENAME TO "setting"; PRAGMA user_version = 2`,
  )
  const schema = () => db.prepare('SELECT sql FROM sqlite_schema ORDER BY rootpage').all()
  const before = schema()
  db.exec('CREATE TABLE "store_anew" (a)')
  await assert.rejects(open(dir), unavailable(/cannot be read as a store/))
  db.exec('DROP TABLE "store_anew"')
  assert.deepEqual(schema(), before)
  const store = await open(dir)
  t.after(() => store.close())
  assert.deepEqual(await store.get('setting', 'a'), setting('a'))
})

const identity: LinkedIdentity = {
  provider: 'arn:p',
  issuer: 'https://p.example',
  subject: '1',
  label: 'ada',
  owns: false,
  groups: [],
  joinedAt: epoch,
  lastUsed: epoch,
}
const provider = {
  kind: 'openid',
  id: `arn:aws:iam::${account}:oidc-provider/ci.example`,
  accountId: account,
  name: undefined,
  url: 'https://ci.example',
  clientIds: ['sts'],
  thumbprints: [],
  keys: { from: 'discovery' },
  once: false,
  disabled: false,
  createdAt: epoch,
  tags: [],
} as const

test('a backup leaves the store as it is: one of an earlier version is refused, saying what to do', async (t) => {
  const { dir, file } = await place(t)
  await (await open(dir)).close()
  const source = () => openSqliteSource(file, openMasterKey(join(dir, 'keys'), { storeExists: true }))
  const db = new DatabaseSync(file)
  t.after(() => db.close())
  db.exec('PRAGMA user_version = 2')
  assert.throws(source, {
    name: 'Problem',
    code: 'conflict',
    message: /back it up with the program that runs/,
  })
  assert.equal(db.prepare('PRAGMA user_version').get()?.['user_version'], 2)
})

test('an earlier version under another master key is refused as it is', async (t) => {
  const { dir, file } = await place(t)
  await (await open(dir)).close()
  const db = new DatabaseSync(file)
  t.after(() => db.close())
  db.exec('DROP TABLE "delivery"; PRAGMA user_version = 1')
  rmSync(join(dir, 'keys'), { recursive: true })
  await assert.rejects(open(dir), unavailable(/another master key: set CHANCERY_KEYS/))
  assert.equal(db.prepare('PRAGMA user_version').get()?.['user_version'], 1)
})

test('a database of another program is refused and left as it is', async (t) => {
  for (const sql of ['CREATE TABLE theirs (a)', 'PRAGMA application_id = 7', 'PRAGMA user_version = 3']) {
    const { dir, file } = await place(t)
    mkdirSync(join(dir, 'data'))
    const db = new DatabaseSync(file)
    db.exec(sql)
    db.close()
    const before = readFileSync(file)
    await assert.rejects(open(dir), unavailable(/another program: set CHANCERY_STORE/))
    assert.deepEqual(readFileSync(file), before)
  }
})

test('what is no database is refused and left as it is', async (t) => {
  const { dir, file } = await place(t)
  mkdirSync(join(dir, 'data'))
  writeFileSync(file, 'my diary\n'.repeat(1000))
  await assert.rejects(open(dir), unavailable(/cannot be read as a store/))
  assert.match(readFileSync(file, 'utf8'), /^my diary/)
})

test('a store sealed under another master key is refused, saying so', async (t) => {
  const { dir } = await place(t)
  await (await open(dir)).close()
  rmSync(join(dir, 'keys'), { recursive: true })
  await assert.rejects(open(dir), unavailable(/another master key: set CHANCERY_KEYS/))
})

test('a store that may not be opened is not called damaged', async (t) => {
  const { dir, file } = await place(t)
  await (await open(dir)).close()
  // As for a user who may not write beside the store; tests may run as one who may do everything.
  mkdirSync(`${file}-wal`)
  const said = unavailable(
    /the store .* cannot be opened: the user this server runs as must own it and its directory; CHANCERY_DATA and CHANCERY_STORE name another$/,
  )
  await assert.rejects(open(dir), said)
  assert.throws(() => openSqliteSource(file, openMasterKey(join(dir, 'keys'), { storeExists: true })), said)
})

test('a path that cannot be made is refused, saying so', async (t) => {
  const { dir } = await place(t)
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
  writeFileSync(join(dir, 'file'), '')
  await assert.rejects(
    openSqlite(join(dir, 'file', 'store.db'), { masterKey }),
    unavailable(/cannot be opened \(E[A-Z]+\)/),
  )
  await assert.rejects(openSqlite(dir, { masterKey }), unavailable(/cannot be opened/))
})

test('a full disk fails the write as unavailable, loses nothing, and writing goes on when there is room', async (t) => {
  const { dir, file } = await place(t)
  const store = await open(dir)
  t.after(() => store.close())
  await store.create('setting', setting('before'))
  // The writer meets a table that is gone, as it would meet an error of the disk: the whole group is undone.
  const db = new DatabaseSync(file)
  db.exec('ALTER TABLE "counter" RENAME TO "away"')
  const all = await Promise.allSettled([
    store.create('setting', setting('a')),
    store.create('counter', { id: 'c', accountId: '1', count: 0, since: 0, expiresAt: 9e9 }),
  ])
  for (const one of all) {
    assert.equal(one.status, 'rejected')
    assert.equal(one.reason.code, 'unavailable')
  }
  await assert.rejects(store.get('counter', 'c'), { code: 'unavailable' })
  assert.equal(await store.get('setting', 'a'), undefined)
  db.exec('ALTER TABLE "away" RENAME TO "counter"')
  db.close()
  await store.create('setting', setting('a'))
  await store.create('counter', { id: 'c', accountId: '1', count: 0, since: 0, expiresAt: 9e9 })
  assert.deepEqual(await store.get('setting', 'before'), setting('before'))
  assert.ok(existsSync(file))
})

test('a sealed value moved to another record does not open', async (t) => {
  const { dir, file } = await place(t)
  const store = await open(dir)
  t.after(() => store.close())
  const { accessKey } = await import('../sample.ts')
  await store.create('accessKey', accessKey('AKIA1', 'one'))
  await store.create('accessKey', accessKey('AKIA2', 'two'))
  const db = new DatabaseSync(file)
  db.exec(
    `UPDATE accessKey SET body = json_set(body, '$.secret', (SELECT json_extract(body, '$.secret') FROM accessKey WHERE id = 'AKIA1')) WHERE id = 'AKIA2'`,
  )
  db.close()
  await assert.rejects(store.get('accessKey', 'AKIA2'), { code: 'unavailable' })
})

test('a change that moves nothing in an index writes no index', async (t) => {
  const { dir, file } = await place(t)
  const first = await open(dir)
  for (let n = 0; n < 300; n++) await first.create('user', user(`AIDA${n}`, { email: `u${n}@example.com` }))
  await first.close()
  const store = await open(dir)
  t.after(() => store.close())
  const pages = () => Math.round((statSync(`${file}-wal`).size - 32) / (4096 + 24))
  await store.update('user', 'AIDA7', (old) => ({ ...old, emailVerified: true }))
  // The record's page and the revision's.
  assert.equal(pages(), 2)
  assert.equal((await store.get('user', 'AIDA7'))?.emailVerified, true)
  await store.update('user', 'AIDA7', (old) => ({ ...old, email: 'other@example.com' }))
  assert.ok(pages() > 4)
  const by = (value: string) =>
    store.find('user', { by: 'email', value: `${account}/${value}` }, { limit: 2 })
  assert.equal((await by('other@example.com')).records.length, 1)
  assert.equal((await by('u7@example.com')).records.length, 0)
})

test('a sweep copies the log into the file in small portions', async (t) => {
  const { dir, file } = await place(t)
  const { spent } = await import('../sample.ts')
  const first = await open(dir)
  const many = Array.from({ length: 6000 }, () => spent(randomUUID()))
  await Promise.all(many.map((one) => first.create('spent', one)))
  await first.close()
  const store = await open(dir)
  t.after(() => store.close())
  assert.equal(await store.sweep(epoch + 7200), many.length)
  const pages = Math.round((statSync(`${file}-wal`).size - 32) / (4096 + 24))
  assert.ok(pages >= 500 && pages < 800, `${pages} pages`)
})

test('a page is an index range scan, never a sort', async (t) => {
  const { dir, file } = await place(t)
  await (await open(dir)).close()
  const { layouts } = await import('../../../src/store/sqlite/layout.ts')
  const { findSql, rangeOf } = await import('../../../src/store/sqlite/reader.ts')
  const { cursorAt } = await import('../../../src/store/cursor.ts')
  const db = new DatabaseSync(file)
  t.after(() => db.close())
  const after = cursorAt({ sort: '/a', id: 'x' })
  for (const layout of layouts)
    for (const { name } of [...layout.singles, ...layout.sides])
      for (const page of [{ limit: 1 }, { limit: 1, after }, { limit: 1, after, descending: true }])
        for (const prefix of [undefined, '/a']) {
          const sql = findSql(layout, name, rangeOf(prefix, page))
          const plan = db
            .prepare(`EXPLAIN QUERY PLAN ${sql}`)
            .all()
            .map((row) => String(row['detail']))
          const text = `${layout.kind} ${name}: ${plan.join('; ')}`
          assert.doesNotMatch(text, /SCAN|TEMP B-TREE/)
        }
})
