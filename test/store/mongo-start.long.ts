// What the MongoDB engine refuses to start on, and what it does while its server is away.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { inspect } from 'node:util'
import { createConnection, mongo } from 'mongoose'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { schemaVersion } from '../../src/store/mongo/init.ts'
import { indexesOf, uniqueValues } from '../../src/store/mongo/layout.ts'
import { openMongo, startProblem } from '../../src/store/mongo/mongo.ts'
import { checkServer } from '../../src/store/mongo/server.ts'
import { placeOf } from '../../src/store/mongo/url.ts'
import type { Store } from '../../src/store/store.ts'
import { ferretdb, withoutServer } from '../support/databases/mongo-server.ts'
import { settlesBefore, until } from '../support/waiting.ts'
import { mongoPlace, open } from './mongo-place.ts'
import { accessKey, account, policy, setting, user } from './sample.ts'

const skip = await withoutServer()

const unavailable = (message: RegExp) => ({ name: 'Problem', code: 'unavailable', message })

async function place(t: TestContext) {
  const at = await mongoPlace()
  t.after(() => at.remove())
  return at
}

async function change(
  url: string,
  run: (db: NonNullable<ReturnType<typeof createConnection>['db']>) => Promise<unknown>,
) {
  const connection = await createConnection(url).asPromise()
  assert.ok(connection.db)
  try {
    await run(connection.db)
  } finally {
    await connection.close()
  }
}

test('a database of another program is refused and left as it is', { skip }, async (t) => {
  const { url, keys } = await place(t)
  await change(url, (db) => db.collection('user').insertOne({ name: 'theirs' }))
  await assert.rejects(open(url, keys), unavailable(/belongs to another program: set CHANCERY_STORE/))
  await change(url, async (db) => {
    assert.deepEqual(
      (await db.listCollections().toArray()).map(({ name }) => name),
      ['user'],
    )
    assert.deepEqual(
      (await db.collection('user').find().toArray()).map(({ name }) => name),
      ['theirs'],
    )
  })
})

test('a store of a newer version is refused', { skip }, async (t) => {
  const { url, keys } = await place(t)
  await (await open(url, keys)).close()
  await change(url, (db) =>
    db.collection('store_about').updateOne({ schema: { $gt: 0 } }, { $set: { schema: 99 } }),
  )
  await assert.rejects(open(url, keys), unavailable(/version 99 .*start the newer program/))
})

test('a store of version 1 gets the fields that later versions look records up by', { skip }, async (t) => {
  const { url, keys } = await place(t)
  const first = await open(url, keys)
  await first.create('policy', policy('ANPA1'))
  await first.create('policy', policy('ANPA2'))
  await first.close()
  await change(url, async (db) => {
    await db.collection('policy').updateMany({}, { $unset: { by_versions: 1 } })
    await db.collection('store_about').updateOne({ schema: { $gt: 0 } }, { $set: { schema: 1 } })
  })
  const stores = await Promise.all([open(url, keys), open(url, keys)])
  t.after(() => Promise.all(stores.map((store) => store.close())))
  assert.equal(await stores[0].count('policy', { by: 'versions', value: `${account} 1` }), 2)
  await change(url, async (db) =>
    assert.equal(
      (await db.collection('store_about').findOne({ schema: { $gt: 0 } }))?.['schema'],
      schemaVersion,
    ),
  )
})

test('a store sealed under another master key is refused, and a missing one is not made anew', {
  skip,
}, async (t) => {
  const { url, keys } = await place(t)
  await (await open(url, keys)).close()
  rmSync(keys, { recursive: true })
  await assert.rejects(open(url, keys), unavailable(/master key .* is missing, but the store is there/))
  openMasterKey(keys, { storeExists: false })
  await assert.rejects(open(url, keys), unavailable(/another master key: set CHANCERY_KEYS/))
})

test('a sealed value moved to another record does not open', { skip }, async (t) => {
  const { url, keys } = await place(t)
  const store = await open(url, keys)
  t.after(() => store.close())
  await store.create('accessKey', accessKey('AKIA1', 'one'))
  await store.create('accessKey', accessKey('AKIA2', 'two'))
  await change(url, async (db) => {
    const body = async (id: string) =>
      JSON.parse(String((await db.collection('accessKey').findOne({ _id: id as never }))?.['body']))
    const [one, two] = [await body('AKIA1'), await body('AKIA2')]
    assert.doesNotMatch(JSON.stringify([one, two]), /"one"|"two"/)
    const moved = JSON.stringify({ ...two, secret: one.secret })
    await db.collection('accessKey').updateOne({ _id: 'AKIA2' as never }, { $set: { body: moved } })
  })
  await assert.rejects(store.get('accessKey', 'AKIA2'), { code: 'unavailable' })
})

test('a server that lets two of racing requests win is refused', { skip }, async (t) => {
  const bare = await ferretdb({ ungated: true })
  if (!bare) return t.skip('no Go here')
  t.after(() => bare.stop())
  const dir = mkdtempSync(join(tmpdir(), 'store-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  await assert.rejects(
    open(`${bare.url}chancery`, join(dir, 'keys')),
    unavailable(/atomically.*use MongoDB 6/),
  )
})

test('a server that stops and comes back is used again within five seconds; meanwhile requests fail as unavailable', {
  skip,
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-away-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const first = await ferretdb({ dir })
  if (!first) return t.skip('no Go here')
  const url = `${first.url}chancery?serverSelectionTimeoutMS=500`
  const store = await open(url, join(dir, 'keys'))
  t.after(() => store.close())
  await store.create('user', user('AIDA1'))
  await first.stop()
  for (const ask of [
    () => store.get('user', 'AIDA1'),
    () => store.create('setting', setting('lost')),
    () => store.update('user', 'AIDA1', (old) => ({ ...old, displayName: 'x' })),
    () => store.take('user', 'AIDA1'),
    () => store.ping(),
  ])
    await assert.rejects(ask, { name: 'Problem', code: 'unavailable', retryAfter: 1 })
  const second = await ferretdb({ dir, port: first.port })
  assert.ok(second)
  t.after(() => second.stop())
  await isBackWithin(store, 5000)
  assert.equal((await store.get('user', 'AIDA1'))?.id, 'AIDA1')
  await store.update('user', 'AIDA1', (old) => ({ ...old, displayName: 'back' }))
})

test('a server that hangs: every request is answered as unavailable within five seconds', async (t) => {
  const hung = await ferretdb()
  if (!hung) return t.skip('no Go here')
  const dir = mkdtempSync(join(tmpdir(), 'chancery-hung-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  // Whoever runs the server may be more patient than those who wait for it.
  const url = `${hung.url}chancery?serverSelectionTimeoutMS=6000&socketTimeoutMS=7000`
  const store = await open(url, join(dir, 'keys'))
  t.after(async () => {
    await hung.stop()
    await store.close()
  })
  await store.create('user', user('AIDA1'))
  hung.process.kill('SIGSTOP')
  const isRefused = (ask: () => Promise<unknown>) =>
    assert.rejects(settlesBefore(5700, ask()), { name: 'Problem', code: 'unavailable', retryAfter: 1 })
  const asked = [
    () => store.get('user', 'AIDA1'),
    () => store.getBy('user', 'name', '111122223333/aida1'),
    () => store.find('user', { by: 'account', value: '111122223333' }, { limit: 10 }),
    () => store.create('setting', setting('lost')),
    () => store.create('user', user('AIDA2')),
    () => store.update('user', 'AIDA1', (old) => ({ ...old, displayName: 'x' })),
    () => store.take('user', 'AIDA1'),
    () => store.delete('setting', 'lost'),
    () => store.sweep(0),
    () => store.ping(),
    // More than the driver has connections.
    ...Array.from({ length: 150 }, (_, n) => () => store.get('user', `AIDA${n}`)),
  ]
  await Promise.all(asked.map(isRefused))
  hung.process.kill('SIGCONT')
  await isBackWithin(store, 10_000)
})

test('an unreachable server is reported within seconds, without user or password', async () => {
  const url = 'mongodb://anna:pa%24%24word@127.0.0.1:1/accounts?serverSelectionTimeoutMS=300'
  const masterKey = () => assert.fail('asked for the master key')
  await assert.rejects(openMongo(url, { masterKey }), (error: Error) => {
    assert.match(error.message, /no MongoDB answers for the store `accounts at 127.0.0.1:1`: start it/)
    assert.doesNotMatch(inspect(error, { depth: 10 }), /anna|pa%24|pa\$\$/)
    return true
  })
})

test('a wrong user or password and a missing permission are reported', () => {
  const place = placeOf('mongodb://anna:pa%24%24word@auth.example/accounts')
  const failed = (message: string, more: object) =>
    startProblem(new mongo.MongoServerError({ message, ...more }), place) as Error
  const wrong = /refused the user or the password of CHANCERY_STORE: correct them, .* `authSource`$/
  assert.match(failed('Authentication failed.', { code: 18 }).message, wrong)
  assert.match(failed('bad auth : authentication failed', { code: 8000 }).message, wrong)
  assert.match(
    failed('not authorized on accounts', { code: 13 }).message,
    /grant it `readWrite` on the database$/,
  )
  const other = failed('no such thing as pa$$word for anna', { code: 1 })
  assert.match(
    other.message,
    /accounts at auth\.example` cannot be opened: MongoServerError 1: no such thing as \[hidden\]/,
  )
  assert.match(
    (startProblem(new mongo.MongoNetworkError('getaddrinfo auth.example'), place) as Error).message,
    /^no MongoDB answers/,
  )
})

test('connection strings are accepted, or refused without repeating them', () => {
  assert.equal(placeOf('mongodb://a,b:27018').database, 'chancery')
  assert.equal(placeOf('mongodb+srv://u:p@cluster.example/mine?appName=x').name, 'mine at cluster.example')
  assert.equal(placeOf('mongodb://h/?w=majority&TLS=true').given.get('tls'), 'true')
  assert.equal(
    placeOf('mongodb://anna:s%40cret@h/').redacted('auth of anna with s@cret failed'),
    'auth of [hidden] with [hidden] failed',
  )
  for (const url of [
    'mongodb://',
    'mongodb://anna:hidden@word@h/x',
    'mongodb://anna:hid/den@h/x',
    'mongodb://anna:hidden%zz@h/x',
    'mongodb://anna:hidden@h/a.b',
    'mongodb://anna:hidden@h/a%zz',
    'mongodb://anna:hidden@h/x?w=1',
    'mongodb://anna:hidden@h/x?journal=false',
    'mongodb://anna:hidden@h/x?readPreference=secondary',
    'mongodb://anna:hidden@h/x?readConcernLevel=local',
  ])
    assert.throws(
      () => placeOf(url),
      (error: Error & { code: string }) =>
        error.code === 'invalid_input' && !/anna|hidden|hid\/den/.test(error.message),
      url,
    )
})

test('what a server must be', () => {
  const replica = { isWritablePrimary: true, setName: 'rs0', logicalSessionTimeoutMinutes: 30 }
  const build = { version: '8.0.4' }
  assert.equal(checkServer({ hello: replica, build }, 's'), 'mongodb')
  assert.equal(
    checkServer({ hello: { ...replica, setName: undefined, msg: 'isdbgrid' }, build }, 's'),
    'mongodb',
  )
  const alone = { isWritablePrimary: true, logicalSessionTimeoutMinutes: 30 }
  assert.equal(
    checkServer({ hello: alone, build: { version: '7.0.42', ferretdbVersion: 'v1' } }, 's'),
    'compatible',
  )
  const refused = [
    [{ hello: replica, build: { version: '5.0.31' } }, /MongoDB 5.0.31: version 6 or newer/],
    [{ hello: replica, build: {} }, /version 6 or newer/],
    [{ hello: { ...replica, isWritablePrimary: false }, build }, /cannot be written/],
    [{ hello: alone, build }, /standalone MongoDB.*rs\.initiate/],
    [{ hello: { isWritablePrimary: true, setName: 'rs0' }, build }, /no sessions/],
  ] as const
  for (const [facts, message] of refused) assert.throws(() => checkServer(facts, 's'), unavailable(message))
})

test('indexes are declared from kinds.ts: unique ones pass over records without a value, what expires has grace', () => {
  const [uid] = indexesOf('artifact')
  assert.deepEqual(uid, { name: 'unique_uid', key: { unique_uid: 1 }, unique: true, sparse: true })
  assert.deepEqual(
    indexesOf('user').find(({ name }) => name === 'by_group'),
    {
      name: 'by_group',
      key: { by_group: 1, sort_group: 1, _id: 1 },
      partialFilterExpression: { by_group: { $exists: true } },
    },
  )
  assert.deepEqual(
    indexesOf('spent').find(({ name }) => name === 'expires'),
    {
      name: 'expires',
      key: { expires: 1 },
      expireAfterSeconds: 3600,
    },
  )
  assert.deepEqual(uniqueValues('artifact', { _id: 'a', version: 1, body: '', unique_uid: 'u' }), [
    ['unique_uid', 'u'],
  ])
})

function isBackWithin(store: Store, ms: number): Promise<void> {
  const answers = () =>
    store.ping().then(
      () => true,
      () => false,
    )
  return settlesBefore(ms, until('the store answers', answers, { every: 1 }))
}
